import SluiceEncoding

/// What `sluice demo --serve` leaves running, for people and for scripts.
struct DemoState {
  let theatre: DemoTheatre

  /// One line: address, home, release, files, tokens, keys.
  var json: JSONValue {
    .object([
      "address": .string(theatre["address"]), "gated_file": "model-00001-of-00003.safetensors",
      "gated_tier": "weights", "home": .string(theatre.path("home")),
      "log_vkey": .string(theatre["vkey"]), "open_file": "config.json",
      "release": .string(DemoStory.release),
      "release_key": .string(theatre.path("home/keys/release.pub.pem")),
      "tokens": .object([
        "approver": .string(theatre["ana"]), "cleared": .string(theatre["rob"]),
        "uncleared": .string(theatre["eve"]),
      ]),
    ])
  }

  var text: String {
    let address = theatre["address"]
    return """

      The daemon goes on at \(address); Ctrl-C ends it.
        cleared    HF_ENDPOINT=\(address) HF_TOKEN=\(theatre["rob"]) hf download \(DemoStory.release)
        uncleared  HF_ENDPOINT=\(address) HF_TOKEN=\(theatre["eve"]) hf download \(DemoStory.release)
        operator   \(Typed(words: ["audit", "who", DemoStory.release, "--home", theatre.path("home")]).text)
        key        \(theatre.path("home/keys/release.pub.pem"))
      """
  }
}
