import Foundation
import SluiceEncoding
import Testing

@Suite("What quickstart shows")
struct QuickstartTests {
  /// Names with blanks, so that what is not quoted does not work.
  static let command = [
    "quickstart", "my model", "--release", "ana/tiny", "--as", "ana", "--key", "my key", "--yes",
    "--home", "my home", "--gated", "golden.json",
  ]

  @Test func `can be typed instead of it, and after it`() throws {
    let stage = try Stage(files: [("my model/golden.json", "{}")])
    defer { HelpTests.leave(stage) }
    let files = FileManager.default
    for name in ["config.json", "model.safetensors"] {
      try files.copyItem(at: file("tiny/\(name)", stage), to: file("my model/\(name)", stage))
    }
    for end in ["", ".pub"] {
      try files.moveItem(at: file("ana\(end)", stage), to: file("my key\(end)", stage))
    }
    let seen = try stage.run("sluice", Self.command)
    #expect(seen.status == 0, "\(seen.stderr)")

    let shown = seen.stderr.split(separator: "\n").filter { $0.hasPrefix("$ sluice ") }
      .map { String($0.dropFirst(2)) }
    let words = shown.map { $0.split(separator: " ")[1] }
    #expect(
      words == ["init", "release", "approve", "bind", "bind", "open", "approve", "open", "approve"]
    )
    // Played from the beginning: only the files that are there to be edited are kept, with the key of
    // the new deployment's clerk in them.
    try files.moveItem(at: file("my home", stage), to: file("kept", stage))
    for line in shown {
      let sure = line.contains("sluice approve") ? " --yes" : ""
      try type(line + sure, stage)
      guard line.contains("sluice init") else { continue }
      try files.copyItem(at: file("kept/releases", stage), to: file("my home/releases", stage))
      let roster = file("my home/releases/ana/tiny/roster.yaml", stage)
      let clerk = try type("sluice signers export --home 'my home'", stage)
      let key = try #require(clerk.firstMatch(of: /ssh-ed25519 \S+/)).output
      let text = try String(contentsOf: roster, encoding: .utf8)
        .replacing(/service:clerk: {keys: \["[^"]+"/, with: #"service:clerk: {keys: ["\#(key)""#)
      try Data(text.utf8).write(to: roster)
    }
    let cases = try type("sluice cases --json --home 'my home'", stage)
    let states = try HelpTests.only(cases)["items"]?.arrayValue?
      .map { $0.objectValue?["state"]?.stringValue }
    #expect(states == ["approved", "approved", "approved"])
    try type("sluice audit verify --home 'my home'", stage)

    let next = seen.stdout.split(separator: "\n").filter { $0.hasPrefix("  ") }.map(String.init)
    let local = next.filter { $0.contains("'my home'") && !$0.contains(/sluice (serve|approve N)/) }
    #expect(local.count == 3)
    for line in local { try type(line, stage) }
  }

  /// Types a line into a shell.
  @discardableResult
  private func type(_ line: String, _ stage: Stage) throws -> String {
    let program = "sluice() { '\(Stage.program)' \"$@\"; }"
    let seen = try stage.run("sh", ["-c", "\(program)\n\(line)"])
    #expect(seen.status == 0, "\(line): \(seen.stderr)")
    return seen.stdout
  }

  private func file(_ name: String, _ stage: Stage) -> URL {
    stage.folder.appending(path: name, directoryHint: .notDirectory)
  }
}
