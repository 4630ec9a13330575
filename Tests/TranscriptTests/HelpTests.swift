import Foundation
import SluiceEncoding
import Testing

/// Rules that hold for every command, whatever it does; the list is the program's own.
@Suite("Every command")
struct HelpTests {
  static let manual = try? Manual()

  static var entries: [Manual.Entry] { manual?.entries ?? [] }
  static var commands: [Manual.Entry] { manual?.commands ?? [] }

  @Test func `is in the list`() {
    let paths = Self.entries.map(\.path)
    #expect(paths.first == [])
    for path in [["approve"], ["audit"], ["audit", "who"], ["demo"], ["token", "issue"]] {
      #expect(paths.contains(path))
    }
  }

  @Test(arguments: entries)
  func `has help with one example of itself`(entry: Manual.Entry) throws {
    let stage = try Stage(files: [])
    defer { Self.leave(stage) }
    let seen = try stage.run("sluice", entry.path + ["--help"])
    #expect(seen.status == 0)
    #expect(seen.stderr == "")
    #expect(seen.stdout.contains("Example: sluice"))
    let example = try #require(entry.example, "one line that begins with Example: sluice")
    #expect(example.starts(with: entry.path))
  }

  @Test(arguments: commands)
  func `prints JSON, or results and errors only`(entry: Manual.Entry) {
    #expect(entry.options.isSuperset(of: ["--json", "--quiet"]))
  }

  @Test(arguments: commands)
  func `refuses what it does not have, in words and as JSON`(entry: Manual.Entry) throws {
    let stage = try Stage(files: [])
    defer { Self.leave(stage) }
    let told = try stage.run("sluice", entry.path + ["--qiuet"])
    #expect(told.status == 2)
    #expect(told.stdout == "")
    #expect(told.stderr.contains("sluice: usage: "))
    #expect(told.stderr.contains("did you mean --quiet?"))

    let seen = try stage.run("sluice", entry.path + ["--qiuet", "--json"])
    #expect(seen.status == 2)
    #expect(seen.stderr == "")
    let error = try Self.only(seen.stdout)["error"]?.objectValue
    #expect(error?.names == ["code", "message", "next"])
    #expect(error?["code"] == "usage")
  }

  @Test(arguments: commands)
  func `fails in JSON where there is no deployment`(entry: Manual.Entry) throws {
    let stage = try Stage(files: [])
    defer { Self.leave(stage) }
    // Those that read files first say what is wrong with these.
    let others = ["init", "quickstart", "policy", "submit"]
    guard entry.options.contains("--home"), !others.contains(entry.path[0]) else { return }
    // What it must be given is taken from its example; keys and files are asked for later.
    let words = try #require(entry.example)
    let seen = try stage.run("sluice", words + ["--home", "nowhere", "--json"])
    #expect(seen.status == 1, "\(seen.stderr)")
    let error = try Self.only(seen.stdout)["error"]?.objectValue
    #expect(error?["code"] == "failed")
    #expect(error?["next"]?.arrayValue?.isEmpty == false)
  }

  @Test(arguments: [
    (["aprove", "4"], "did you mean sluice approve?", "sluice approve 4"),
    (
      ["exposure", "9c2e1f0b7a64"], "did you mean sluice audit exposure?",
      "sluice audit exposure 9c2e1f0b7a64"
    ),
    (["audit", "vrify"], "did you mean sluice audit verify?", "sluice audit verify"),
    (["request", "ana/tiny", "--teir", "w"], "--tier?", "sluice request ana/tiny --tier w"),
    (["cases", "--relaese=ana/tiny"], "--release?", "sluice cases --release=ana/tiny"),
  ])
  func `that is misspelt is corrected`(words: [String], sentence: String, act: String) throws {
    let stage = try Stage(files: [])
    defer { Self.leave(stage) }
    let seen = try stage.run("sluice", words)
    #expect(seen.status == 2)
    #expect(seen.stderr.contains(sentence))
    #expect(seen.stderr.contains("If that is meant: \(act)\n"))
  }

  @Test(arguments: [
    (["frobnicate"], "sluice has no command frobnicate\n"),
    (["cases", "--frobnicate"], "sluice cases has no option --frobnicate\n"),
    (["cases", "--state", "nonsense"], "'nonsense' is invalid"),
    (["approve"], "Missing expected argument '<case>'"),
    (["request", "tiny", "--tier", "weights"], "'tiny' is invalid for '<release>'"),
    (["cases", "--home", "a", "--server", "http://b"], "exclude each other"),
    (["audit", "who", "ana/tiny", "--digest", "12"], "'12' is invalid for '--digest"),
  ])
  func `says what is wrong and where to read on`(words: [String], sentence: String) throws {
    let stage = try Stage(files: [])
    defer { Self.leave(stage) }
    let seen = try stage.run("sluice", words)
    #expect(seen.status == 2)
    #expect(seen.stderr.contains(sentence))
    #expect(seen.stderr.contains("--help\n"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `is completed by the shell`(shell: String) throws {
    let stage = try Stage(files: [])
    defer { Self.leave(stage) }
    let seen = try stage.run("sluice", ["--generate-completion-script", shell])
    #expect(seen.status == 0)
    for word in ["quickstart", "approve", "accept"] { #expect(seen.stdout.contains(word)) }
  }

  @Test func `is offered by bash where it has been begun`() throws {
    let stage = try Stage(files: [])
    defer { Self.leave(stage) }
    let program = "'\(Stage.program)'"
    let seen = try stage.run(
      "bash",
      [
        "-c",
        """
        source <(\(program) --generate-completion-script bash)
        COMP_WORDS=(sluice token re) COMP_CWORD=2 COMP_LINE='sluice token re' COMP_POINT=15
        _sluice sluice re token
        echo "${COMPREPLY[@]}"
        """,
      ]
    )
    #expect(seen.stdout == "revoke\n")
    #expect(seen.stderr == "")
  }

  /// The one JSON object that a text is, with its keys sorted and a line feed after it.
  static func only(_ text: String) throws -> JSONObject {
    let rules = JSONRules.document.limited(to: 16 << 20)
    let value = try JSONValue(parsing: Array(text.utf8), rules, format: "output")
    #expect(value.text + "\n" == text, "sorted keys, one line")
    return try #require(value.objectValue)
  }

  static func leave(_ stage: Stage) {
    do { try stage.leave() } catch { Issue.record(error) }
  }
}
