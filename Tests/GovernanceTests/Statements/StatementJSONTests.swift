import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A statement")
struct StatementJSONTests {
  @Test(arguments: Utterance.all)
  func `has one spelling and is read back from it`(said: Utterance) throws {
    let statement = said.statement
    #expect(said.body.json.text == said.json)
    let read = try Statement(canonical: statement.canonical)
    #expect(read == statement)
    #expect(read.canonical == statement.canonical)
    #expect(read.id.rawValue == SHA256Digest(of: statement.canonical).hex)
  }

  @Test func `is an in-toto statement`() {
    let two = Base64.encode(Utterance.two.bytes)
    #expect(
      String(decoding: Utterance["surrender"].statement.canonical, as: UTF8.self)
        == #"{"_type":"https://in-toto.io/Statement/v1","predicate":{"at":"2019-03-01T00:00:00Z","#
        + #""audience":"sluice.example.org/audit","body":{},"by":"person:ana","#
        + #""nonce":"AAECAwQFBgcICQoLDA0ODw==","release":"ana/tiny","#
        + #""seen":{"root":"\#(two)","size":3}},"predicateType":"https://sluice/surrender/v1","#
        + #""subject":[{"digest":{"sha256":"\#(Utterance.one.hex)"},"name":"grant"}]}"#
    )
  }

  @Test func `of every type and kind is among those that are tried`() {
    #expect(Set(Utterance.all.map(\.body.type)) == Set(StatementType.allCases))
    let kinds = Utterance.all.compactMap { $0.body.json.objectValue?["kind"]?.stringValue }
    #expect(
      Set(kinds).isSuperset(of: ["amend", "open", "access", "renew", "lift", "appeal", "emergency"])
    )
  }

  static let namespaces: [(String, [StatementType])] = [
    (
      "request@sluice",
      [
        .file, .revise, .withdraw, .answer, .accept, .surrender, .join, .leave, .report, .comment,
      ]
    ),
    (
      "approval@sluice",
      [
        .approve, .deny, .return, .recuse, .delegate, .bind, .evidence, .confirm, .retract,
        .credential,
      ]
    ),
    ("revocation@sluice", [.hold, .revoke]), ("keychange@sluice", [.keychange]),
  ]

  @Test(arguments: namespaces)
  func `is signed in the namespace of its authority`(namespace: String, types: [StatementType]) {
    #expect(
      StatementType.allCases.filter { $0.namespace == namespace }.elementsEqual(
        StatementType.allCases.filter(types.contains)
      )
    )
  }

  /// Requesting must be easy; all else takes a key (README join 3).
  static let bySession: Set<String> = [
    "access", "access for a group", "renew", "appeal", "revise", "revise an opening",
    "revise nothing", "withdraw", "comment", "comment for few", "answer", "answer what is owed",
    "accept", "join", "join without fields", "leave", "surrender", "report",
  ]

  @Test(arguments: Utterance.all)
  func `takes at least the strength of its kind`(said: Utterance) {
    #expect(said.body.leastStrength == (Self.bySession.contains(said.name) ? .session : .key))
  }

  /// Everything at its limit, which is still within it.
  static let longest: [Utterance] = [
    spoken(.file(.renew(.init(Utterance.one.hex), purpose: text(2_000))), .recorded("grant")),
    spoken(.withdraw(reason: text(4_000)), .recorded("case")),
    spoken(.recuse(reason: ""), .recorded("case")),
    spoken(.confirm(reason: ""), .recorded("statement")),
    spoken(.retract(reason: text(4_000)), .recorded("statement")),
    spoken(.comment(text: text(4_000), isPublic: false), .named("person:bob")),
    spoken(.report(.other, text: text(4_000)), .named("service:clerk")),
    spoken(.hold(.init(code: .other, text: text(4_000))), .named("org:press")),
    spoken(.join("person:bob", fields: ["x": text(200)]), .named("group:g")),
    spoken(
      .credential(.init(type: name(63), values: many(50, text(200)), assertedAt: Utterance.march)),
      .named("person:bob")
    ),
    spoken(
      .evidence(
        .init(
          kind: name(63),
          metrics: ["a_b.c-9": "-0.5", name(63): String(repeating: "9", count: 64)],
          method: text(4_000),
          attachments: [text(63): Utterance.one, "...": Utterance.two]
        )
      ),
      .recorded("manifest")
    ),
  ]

  @Test(arguments: longest)
  func `may be as long as its limits`(said: Utterance) throws {
    #expect(try Statement(canonical: said.statement.canonical) == said.statement)
  }

  /// Four bytes a scalar: limits count what people count, not bytes.
  private static func text(_ count: Int) -> String { String(repeating: "🜂", count: count) }

  private static func name(_ count: Int) -> String { String(repeating: "a", count: count) }

  private static func many(_ count: Int, _ text: String) -> [String: String] {
    Dictionary(uniqueKeysWithValues: (0..<count).map { ("v\($0)", text) })
  }

  private static func spoken(_ body: Statement.Body, _ subject: Statement.Subject) -> Utterance {
    Utterance(body.type.rawValue, about: subject, body, "", "")
  }
}
