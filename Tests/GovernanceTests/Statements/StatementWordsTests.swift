import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("The words of a statement")
struct StatementWordsTests {
  @Test(arguments: Utterance.all)
  func `say in one line what is signed`(said: Utterance) {
    var lines = ["person:ana \(said.words)", "  release   ana/tiny"]
    if said.body.type == .keychange { lines.removeLast() }
    lines += [
      "  at        2019-03-01T00:00:00Z",
      "  audience  sluice.example.org/audit, log of 3 entries seen",
      "  sha256    \(said.statement.id)",
    ]
    #expect(said.statement.words.split(separator: "\n").map(String.init) == lines)
  }

  static let tricks: [(String, String)] = [
    ("good\n  sha256    0000", #"good\n  sha256    0000"#), ("a\rb", #"a\u{D}b"#),
    ("a\u{1B}[2Kb", #"a\u{1B}[2Kb"#), ("a\u{85}b", #"a\u{85}b"#),
    ("a\u{2028}b\u{2029}c", #"a\u{2028}b\u{2029}c"#), ("a\u{202E}b", #"a\u{202E}b"#),
    ("a\u{2066}b\u{200F}c", #"a\u{2066}b\u{200F}c"#), ("a\u{0}b", #"a\u{0}b"#),
    (#"a\nb"#, #"a\\nb"#), ("naïve 👩‍🔬 かな", "naïve 👩‍🔬 かな"),
  ]

  @Test(arguments: tricks)
  func `show a text in its line and in its direction`(text: String, shown: String) {
    let statement = Utterance.statement(
      .comment(text: text, isPublic: true),
      about: .named("tier:weights")
    )
    #expect(
      statement.words.hasPrefix("person:ana comments on tier:weights in public: \(shown)\n")
    )
    #expect(statement.words.split(whereSeparator: \.isNewline).count == 5)
  }

  @Test func `keep values apart by their quotation marks`() {
    let statement = Utterance.statement(
      .join("person:bob", fields: ["a": #"x", b = "y"#, "c": "\n"]),
      about: .named("group:g")
    )
    #expect(
      statement.words.hasPrefix(
        #"person:ana takes person:bob into group:g: a = "x\", b = \"y", c = "\n""# + "\n"
      )
    )
  }

  /// Whoever composes a statement may have it from a server.
  @Test func `do not let any name begin a line`() {
    let statement = Statement(
      by: "person:ana\nx",
      at: Utterance.march,
      audience: "a\nx",
      nonce: [],
      release: "ana/tiny\nx",
      seen: .init(size: 0, root: Utterance.one),
      subject: .named("stage:gated\nx"),
      body: .file(
        .access("gated\nx", tiers: ["t\nx"], beneficiary: .group("g\nx"), purpose: "p\nx")
      )
    )
    #expect(statement.words.split(separator: "\n").count == 5)
    #expect(
      statement.words.hasPrefix(
        #"person:ana\nx asks for t\nx (stage gated\nx) for group:g\nx: p\nx"# + "\n"
      )
    )
  }

  @Test func `of an emptied purpose say so`() {
    let statement = Utterance.statement(
      .revise(.init(revision: .init(Utterance.two.hex), purpose: "", manifests: [:])),
      about: .recorded("case")
    )
    #expect(
      statement.words.hasPrefix(
        "person:ana words case 7692c3ad3540 anew, instead of revision 3fc4ccfe7458;"
          + " no manifests; purpose: none\n"
      )
    )
  }

  @Test func `of evidence say who may read the attachments`() {
    let statement = Utterance.statement(
      .evidence(
        .init(kind: "k", metrics: [:], method: "", attachments: [#"a"b"#: Utterance.two])
      ),
      about: .recorded("manifest")
    )
    #expect(statement.words.contains(#"attachments (not public): "a\"b" = 3fc4ccfe7458"#))
  }
}
