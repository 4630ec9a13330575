import Foundation
import SluiceEncoding
import SluiceWeights

/// The story: two people release a model in stages, somebody asks, an auditor looks.
struct DemoStory {
  static let release = "lab/tiny"
  private static let shape = GPT2Shape(
    vocabulary: 1_000,
    positions: 128,
    width: 128,
    layers: 4,
    heads: 4
  )
  private let theatre: DemoTheatre

  init(_ theatre: DemoTheatre) { self.theatre = theatre }

  /// Tells it to the end; with `servesOn` the daemon is left running and Rob keeps his grant.
  func tell(servesOn: Bool) async throws {
    try prepare()
    try adopt()
    try bindAndOpen()
    try refuseStranger()
    try request()
    try receive()
    try await tamper()
    if !servesOn { try revoke() }
    try audit()
  }

  private func prepare() throws {
    theatre.tell(
      "A deployment, a model and people: Ana answers for the release, Ben for its safety."
    )
    try theatre.sluice(["init", "--origin", "models.example.org/log"])
    for name in ["ana", "ben", "cyd"] {
      try theatre.tool("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", theatre.path(name)])
    }
    try files(["model/README.md": "Generated weights in the shape of GPT-2.\n"])
    try RandomCheckpoint(seed: 1, shape: Self.shape, shards: 3).write(to: theatre.path("model"))
    try files([
      "paper/paper.md": "# A small model\n\nHow it was trained and what it can do.\n",
      "code/README.md": "# tiny\n\nA generated model in the shape of GPT-2.\n",
    ])
    for file in ["config.json"] {
      try FileManager.default.copyItem(
        atPath: theatre.path("model/\(file)"),
        toPath: theatre.path("code/\(file)")
      )
    }
  }

  private func adopt() throws {
    theatre.tell("The policy is adopted by two people: Cyd proposes, Ana and Ben sign.")
    try files([
      "policy/policy.yaml": String(decoding: PackageResources.two_person_yaml, as: UTF8.self),
      "policy/terms/weights-agreement.md": String(
        decoding: PackageResources.weights_agreement_md,
        as: UTF8.self
      ),
      "policy/roster.yaml": try roster(),
    ])
    try theatre.sluice([
      "release", "create", Self.release, "--policy", "policy/policy.yaml",
      "--roster", "policy/roster.yaml", "--key", "cyd", "--yes",
    ])
    try approve(1, by: ["ana", "ben"])
  }

  private func bindAndOpen() throws {
    theatre.tell("Tiers are bound: every file is checked, hashed and signed.")
    for (tier, folder) in [("paper", "paper"), ("code", "code"), ("weights", "model")] {
      try theatre.sluice([
        "bind", Self.release, tier, theatre.path(folder), "--key", "cyd", "--yes",
      ])
    }
    theatre.tell("Paper and code open to everyone; the weights open too, but behind a gate.")
    try theatre.sluice([
      "open", Self.release, "announcement", "--key", "cyd", "--yes",
    ])
    try approve(2, by: ["ana"])
    try theatre.sluice(["open", Self.release, "gated", "--key", "cyd", "--yes"])
    try approve(3, by: ["ana", "ben"])
    theatre.tell("The daemon serves; people get tokens.")
    try theatre.startDaemon()
    for name in ["rob", "eve"] {
      theatre[name] = try token(of: name, ["person", "add", name, "--token", "laptop", "--json"])
    }
    theatre["ana"] = try token(of: "ana", ["token", "issue", "ana", "--name", "desk", "--json"])
  }

  private func refuseStranger() throws {
    theatre.tell("A stranger is refused, with the reason; the code is there for everybody.")
    try theatre.sluice(
      ["download", Self.release, "--tier", "weights", "--to", "stranger"],
      atHome: false,
      token: theatre["eve"],
      status: 4
    )
    try theatre.sluice(
      ["download", Self.release, "--tier", "code", "--to", "reader"],
      atHome: false
    )
  }

  private func request() throws {
    theatre.tell("Rob asks. One approval is not enough, and explain says what is missing.")
    try files([
      "answers.yaml": """
      name: Rob
      email: rob@example.org
      purpose: To measure how well its text can be told from ours.
      sector: academia
      keep: "true"

      """
    ])
    try theatre.sluice(
      [
        "request", Self.release, "--tier", "weights", "--answers", "answers.yaml",
        "--accept", "weights-agreement",
      ],
      atHome: false,
      token: theatre["rob"],
      saying: "case 4"
    )
    try approve(4, by: ["ana"])
    try theatre.sluice(["explain", "case", "4"], saying: "1 missing")
    theatre.tell("The second approval grants.")
    try approve(4, by: ["ben"])
  }

  private func receive() throws {
    theatre.tell(
      "Rob downloads over HTTP and verifies: bytes, inventory, and what the model computes."
    )
    try theatre.sluice(
      ["download", Self.release, "--tier", "weights", "--to", "received"],
      atHome: false,
      token: theatre["rob"]
    )
    try theatre.sluice(
      [
        "verify", "received", "--level", "2", "--public-key",
        "home/keys/release.pub.pem",
      ],
      saying: "exact"
    )
    try theatre.sluice(
      [
        "verify", "received", "--public-key",
        "home/keys/release.pub.pem",
      ],
      saying: "level 4"
    )
  }

  private func tamper() async throws {
    theatre.tell("One flipped bit in a copy is caught.")
    try FileManager.default.copyItem(
      atPath: theatre.path("received"),
      toPath: theatre.path("flipped")
    )
    let shard = URL(filePath: theatre.path("flipped/model-00002-of-00003.safetensors"))
    var bytes = try Data(contentsOf: shard)
    bytes[bytes.count - 3] ^= 0x10
    try bytes.write(to: shard)
    try theatre.sluice(
      [
        "verify", "flipped", "--public-key",
        "home/keys/release.pub.pem",
      ],
      status: 1,
      saying: "different"
    )
  }

  private func revoke() throws {
    theatre.tell("Cyd, a steward, revokes; the next download is refused.")
    let grants = try theatre.sluice(["grants", "--release", Self.release, "--json"])
    let items = try JSONValue(parsing: Array(grants.utf8), .document, format: "grants")
      .objectValue?["items"]?.arrayValue
    let rob = items?.first { $0.objectValue?["audience"]?.stringValue == "person:rob" }
    guard let id = rob?.objectValue?["id"]?.stringValue else {
      throw DemoTheatre.Failure(description: "Rob has no grant")
    }
    try theatre.sluice([
      "revoke", String(id.prefix(12)), "The weights were passed on.", "--code", "leak", "--key",
      "cyd", "--yes",
    ])
    try theatre.sluice(
      ["download", Self.release, "--tier", "weights", "--to", "again"],
      atHome: false,
      token: theatre["rob"],
      status: 4
    )
  }

  private func audit() throws {
    theatre.tell("An auditor asks who received what, recomputes everything, and keeps the head.")
    try theatre.sluice(["audit", "who", Self.release, "--tier", "weights"], saying: "rob")
    try theatre.sluice(["audit", "verify"])
    try theatre.sluice(["log", "checkpoint"])
  }

  private func approve(_ number: Int, by names: [String]) throws {
    for name in names {
      try theatre.sluice(["approve", "\(number)", "--key", name, "--yes"])
    }
  }

  private func token(of name: String, _ arguments: [String]) throws -> String {
    let printed = try theatre.sluice(arguments)
    let answer = try JSONValue(parsing: Array(printed.utf8), .document, format: "token")
    return answer.objectValue?["token"]?.stringValue ?? ""
  }

  private func roster() throws -> String {
    let keys = try ["ana", "ben", "cyd"].map { name in
      let line = try String(contentsOfFile: theatre.path("\(name).pub"), encoding: .utf8)
      let words = line.split(separator: " ").prefix(2).joined(separator: " ")
      return "  person:\(name): {keys: [\"\(words)\"]}"
    }
    return """
      sluice: roster/1
      id: two-person
      version: 1
      principals:
      \(keys.joined(separator: "\n"))
      roles:
        release-managers: [person:ana, person:cyd]
        safety-reviewers: [person:ben]
        stewards: [person:cyd]

      """
  }

  private func files(_ files: [String: String]) throws {
    for (name, text) in files {
      let file = theatre.folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: file)
    }
  }
}
