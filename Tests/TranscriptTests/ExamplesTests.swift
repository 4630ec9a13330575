import Foundation
import SluiceEncoding
import Testing

/// The examples of the help, typed as they stand there.
///
/// Two deployments are needed: one that is begun step by step, and one that `quickstart` begins. Only
/// what nobody can know beforehand is put in their place: a free port, a token, the id of a grant.
@Suite("The example of every command")
struct ExamplesTests {
  @Test(arguments: [[], ["--json"]])
  func `works as it stands`(further: [String]) throws {
    let manual = try Manual()
    let play = try Play(manual, further: further)
    defer { HelpTests.leave(play.stage) }
    try play.beginByHand()
    try play.beginAtOnce()
    try play.ask()
    try play.receive()
    try play.look()
    // What needs more people than these is played in a transcript.
    let parts = ["Parts/lab.txt", "Parts/gated.txt"]
    let transcripts = try (TranscriptTests.names + parts).map { try TranscriptTests.text($0) }
    let left = manual.commands.map(\.description).filter { command in
      !play.played.contains(command)
        && !transcripts.contains {
          $0.contains("sluice \(command) ") || $0.contains("$SLUICE \(command) ")
        }
    }
    #expect(left == [], "commands that nothing tries")
  }
}

/// One run through all examples.
private final class Play {
  let stage: Stage
  private(set) var played: Set<String> = []
  private let manual: Manual
  private let further: [String]
  private var environment: [String: String] = [:]
  private var replaced: [String: String] = [:]
  private var server: Process?

  init(_ manual: Manual, further: [String]) throws {
    self.manual = manual
    self.further = further
    stage = try Stage(files: [
      ("answers.yaml", "name: Bob\npurpose: To measure it.\n"),
      ("ids.json", #"{"input_ids":[1,2,3]}"#),
    ])
  }

  /// The deployment that is begun step by step: Cho proposes and opens, Ana approves.
  func beginByHand() throws {
    try example("init")
    environment["SLUICE_HOME"] = stage.folder.appending(path: "sluice").path(percentEncoded: false)
    try key("cho")
    try policy()
    try example("policy check", status: [0, 3])
    try example("policy digest")
    try example("release create")
    try plainly(["approve", "1", "--as", "ana", "--key", "ana", "--yes"])
    try FileManager.default.copyItem(at: file("tiny"), to: file("checkpoint"))
    try example("bind")
    try example("open")
  }

  /// The deployment that `quickstart` begins, with Ana as its steward, at the usual place.
  func beginAtOnce() throws {
    environment["SLUICE_HOME"] = file("home").path(percentEncoded: false)
    try key("ana")
    try example("quickstart")
    try example("person add")
    try example("person list")
    try example("token issue")
    try example("token list")
    try example("token revoke")
  }

  /// Bob asks twice; Ana approves once and denies once.
  func ask() throws {
    let issued = try plainly(["token", "issue", "bob", "--name", "phone", "--json"])
    let token = try HelpTests.only(issued)["token"]?.stringValue ?? ""
    try serve()
    defer { server?.terminate() }
    try example("login", typing: [token])
    try asBob { try example("request") }
    try example("cases")
    try example("show")
    try example("explain case")
    try example("approve")
    // The same is granted by now, so this time it is for something else.
    try asBob { try example("request", adding: ["--purpose", "To compare it."]) }
    try example("deny")
    try example("grants")
    try example("explain access")
    try asBob { try example("download") }
  }

  /// What Bob has received, checked and run.
  func receive() throws {
    let home = file("home")
    try FileManager.default.copyItem(
      at: home.appending(path: "keys/release.pub.pem"),
      to: file("release.pub.pem")
    )
    try FileManager.default.removeItem(at: file("checkpoint"))
    try example("verify")
    try example("logits")
  }

  /// What is left: the end of a grant, the auditor, the log, the demo.
  func look() throws {
    let grants = try HelpTests.only(try plainly(["grants", "--json"]))["items"]?.arrayValue
    let id = grants?.compactMap { $0.objectValue?["id"]?.stringValue }.last ?? ""
    replaced["9c2e1f0b7a64"] = String(id.prefix(12))
    try example("revoke")
    try example("audit who")
    try example("audit verify")
    try example("log checkpoint")
    try example("signers export")
    try example("demo")
  }

  private func example(
    _ name: String,
    adding words: [String] = [],
    status: Set<Int32> = [0],
    typing lines: [String]? = nil
  ) throws {
    let entry = try #require(manual.commands.first { $0.description == name })
    let typed = try #require(entry.example).map { word in
      replaced.reduce(word) { $0.replacing($1.key, with: $1.value) }
    }
    let seen = try stage.run(
      "sluice",
      typed + words + further,
      setting: environment,
      typing: lines ?? Array(repeating: "y", count: 4)
    )
    played.insert(name)
    #expect(status.contains(seen.status), "\(name): \(seen.stdout)\(seen.stderr)")
    if further == ["--json"] { _ = try HelpTests.only(seen.stdout) }
  }

  @discardableResult
  private func plainly(_ words: [String]) throws -> String {
    let seen = try stage.run("sluice", words, setting: environment)
    #expect(seen.status == 0, "\(words): \(seen.stderr)")
    return seen.stdout
  }

  private func serve() throws {
    let entry = try #require(manual.commands.first { $0.description == "serve" })
    let words = try #require(entry.example).map { $0.replacing(":8080", with: ":0") }
    let started = try stage.start("sluice", words + further, setting: environment)
    replaced["http://127.0.0.1:8080"] = started.address
    server = started.process
    played.insert("serve")
    if further == ["--json"] { _ = try HelpTests.only(started.line + "\n") }
  }

  private func asBob(_ act: () throws -> Void) throws {
    let home = environment["SLUICE_HOME"]
    environment["SLUICE_HOME"] = ""
    environment["SLUICE_SERVER"] = replaced["http://127.0.0.1:8080"]
    try act()
    environment["SLUICE_SERVER"] = nil
    environment["SLUICE_HOME"] = home
  }

  private func key(_ name: String) throws {
    let folder = file(".ssh")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for end in ["", ".pub"] {
      let target = folder.appending(path: "id_ed25519\(end)")
      if FileManager.default.fileExists(atPath: target.path(percentEncoded: false)) {
        try FileManager.default.removeItem(at: target)
      }
      try FileManager.default.copyItem(at: file(name + end), to: target)
    }
  }

  private func policy() throws {
    let policies = Stage.repository.appending(path: "Policies")
    try FileManager.default.copyItem(
      at: policies.appending(path: "single-steward.yaml"),
      to: file("policy.yaml")
    )
    try FileManager.default.copyItem(at: policies.appending(path: "terms"), to: file("terms"))
    let keys = try ["ana", "cho"].map { name in
      let line = try String(contentsOf: file("\(name).pub"), encoding: .utf8)
      return line.split(separator: " ").prefix(2).joined(separator: " ")
    }
    let roster = """
      sluice: roster/1
      id: single-steward
      version: 1
      principals:
        person:ana: {keys: ["\(keys[0])"]}
        person:cho: {keys: ["\(keys[1])"]}
      roles:
        maintainers: [person:ana, person:cho]
        stewards: [person:ana]

      """
    try Data(roster.utf8).write(to: file("roster.yaml"))
  }

  private func file(_ name: String) -> URL { stage.folder.appending(path: name) }
}
