import Testing

/// Where a command acts: at a home and over HTTP alike, or the help says why not.
///
/// The tables are those of the commands about releases, about deciding, and about receiving and auditing;
/// the deployment's own commands act at a home.
@Suite("Where a command acts")
struct PlacesTests {
  static let both = [
    "policy diff", "policy show", "policy adopt", "open", "evidence add", "evidence compute",
    "evidence confirm", "evidence list", "credential add", "retract", "request", "terms", "form",
    "cases", "answer", "accept", "emergency", "show", "approve", "deny", "return", "recuse",
    "revise", "withdraw", "appeal", "renew", "surrender", "comment", "flag", "delegate", "decide",
    "hold", "holds", "lift", "revoke", "group join", "group leave", "group list", "submit",
    "grants",
    "explain case", "explain access", "release list", "release show", "audit who", "audit person",
    "audit grant", "audit exposure", "audit decision", "audit prove", "audit disclose", "report",
    "who",
  ]

  /// Commands that act elsewhere, with the words of their help that say why.
  static let others: [(String, String)] = [
    ("release create", "It goes with --home"), ("bind", "It goes with --home"),
    ("audit verify", "It goes with --home"), ("policy check", "Reads files alone"),
    ("policy test", "Reads files alone"), ("policy digest", "Reads files alone"),
    ("logits", "Reads files alone"),
    ("statement", "over HTTP it is the token's"),
  ]

  /// Commands that only make sense at a server, and `verify`, which reads files and may ask one for the key.
  static let remote = ["register", "download", "login", "verify"]

  @Test(arguments: both)
  func `is a home or a server alike`(name: String) throws {
    let entry = try #require(HelpTests.commands.first { $0.description == name }, "\(name)")
    #expect(entry.options.isSuperset(of: ["--home", "--server"]))
  }

  @Test(arguments: others)
  func `is said by the help where it is not both`(name: String, words: String) throws {
    let entry = try #require(HelpTests.commands.first { $0.description == name }, "\(name)")
    #expect(!entry.options.contains("--server"))
    let said = entry.discussion.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(said.contains(words))
  }

  @Test(arguments: remote)
  func `is a server where there is nothing to do at a home`(name: String) throws {
    let entry = try #require(HelpTests.commands.first { $0.description == name }, "\(name)")
    #expect(entry.options.contains("--server"))
    #expect(!entry.options.contains("--home"))
  }

  /// What is in no table is held to the rule: a new command acts at both, or is put into a table.
  @Test func `is both of every other command`() {
    let own = [
      "quickstart", "init", "serve", "doctor", "person add", "person vet", "person list",
      "person show", "key add", "key retire", "key compromise", "erase answers", "erase person",
      "token issue", "token list", "token revoke", "signers export", "log checkpoint",
      "clock confirm", "clock show", "demo",
    ]
    let known = Set(Self.others.map(\.0) + Self.remote + own)
    let wrong = HelpTests.commands.filter { entry in
      !known.contains(entry.description)
        && !entry.options.isSuperset(of: ["--home", "--server"])
    }
    #expect(wrong.map(\.description) == [])
  }
}
