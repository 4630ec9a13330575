import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A statement that is not one")
struct StatementRefusalTests {
  static let optional: Set<String> = [
    "expires_at", "manifests", "purpose", "since", "tiers", "until",
  ]
  static let withOptional: Set<StatementType> = [.credential, .hold, .revise]

  @Test(arguments: Utterance.all)
  func `lacks a member of its body`(said: Utterance) throws {
    for name in said.body.json.objectValue?.names ?? [] {
      let bytes = said.bytes(body: name, nil)
      let isOptional =
        Self.withOptional.contains(said.body.type) && Self.optional.contains(name)
      if isOptional || name == "rehearsal" {
        #expect(try Statement(canonical: bytes).canonical == bytes)
      } else if said.body.type == .answer, name != "commitment" {
        #expect(
          throws: Malformed(
            "statement",
            "predicate.body.case: missing; answers are given for a case or a grant"
          )
        ) { try Statement(canonical: bytes) }
      } else {
        #expect(throws: Malformed("statement", "predicate.body.\(name): missing")) {
          try Statement(canonical: bytes)
        }
      }
    }
  }

  /// No member of any body is a number, and none may be null.
  @Test(arguments: Utterance.all)
  func `has a member of another type`(said: Utterance) {
    for name in said.body.json.objectValue?.names ?? [] {
      for value in [7, .null, [:], [7], ["a": 7]] as [JSONValue] {
        let isMap = said.body.json.objectValue?[name]?.objectValue != nil
        guard !(isMap && value == [:]) else { continue }
        #expect(throws: Malformed.self, "\(name) \(value)") {
          try Statement(canonical: said.bytes(body: name, value))
        }
      }
    }
  }

  @Test(arguments: Utterance.all)
  func `has a member that nobody knows`(said: Utterance) {
    #expect(throws: Malformed("statement", "predicate.body.zeal: no member of this format")) {
      try Statement(canonical: said.bytes(body: "zeal", "x"))
    }
  }

  static let envelopes: [(String, JSONValue?)] = [
    ("_type", "https://in-toto.io/Statement/v0.1"), ("_type", nil), ("zeal", 1),
    ("predicate", nil), ("predicate", []), ("predicateType", nil),
    ("predicateType", "https://sluice/surrender/v2"), ("predicateType", "https://sluice/v1"),
    ("predicateType", "https://sluice/decide/v1"), ("predicateType", "https://sluice/receipt/v1"),
    ("predicateType", "https://sluice/Surrender/v1"), ("predicateType", "surrender"),
    ("subject", nil), ("subject", []), ("subject", [:]), ("subject", [[:]]),
    ("predicate.at", nil), ("predicate.at", "2019-03-01T00:00:00+00:00"),
    ("predicate.audience", nil), ("predicate.audience", 1), ("predicate.body", nil),
    ("predicate.body", []), ("predicate.body", .null), ("predicate.by", nil),
    ("predicate.by", "ana"), ("predicate.by", "person:*"), ("predicate.by", "group:press"),
    ("predicate.nonce", nil), ("predicate.nonce", "AAECAwQFBgcICQoLDA0O"),
    ("predicate.nonce", "AAECAwQFBgcICQoLDA0OD="), ("predicate.release", nil),
    ("predicate.release", ""), ("predicate.release", "tiny"), ("predicate.seen", nil),
    ("predicate.seen.root", nil), ("predicate.seen.size", nil), ("predicate.seen.root", "AAEC"),
    ("predicate.seen.size", "3"), ("predicate.seen.zeal", 1), ("predicate.zeal", 1),
  ]

  @Test(arguments: envelopes)
  func `has another envelope`(path: String, value: JSONValue?) {
    let bytes = Utterance["surrender"].bytes(
      at: path.split(separator: ".").map(String.init),
      value
    )
    #expect(throws: Malformed.self) { try Statement(canonical: bytes) }
  }

  static let subjects: [JSONValue] = [
    [["digest": ["sha256": "x"], "name": "grant"]], [["digest": [:], "name": "grant"]],
    [["digest": ["sha256": .string(Utterance.one.hex)]]],
    [["digest": ["sha256": .string(Utterance.one.hex), "sha512": "x"], "name": "grant"]],
    [["digest": ["sha256": .string(Utterance.one.hex)], "name": "grant", "uri": "x"]],
    [
      ["digest": ["sha256": .string(Utterance.one.hex)], "name": "grant"],
      ["digest": ["sha256": .string(Utterance.one.hex)], "name": "grant"],
    ],
  ]

  @Test(arguments: subjects)
  func `has another form of subject`(subject: JSONValue) {
    #expect(throws: Malformed.self) {
      try Statement(canonical: Utterance["surrender"].bytes(at: ["subject"], subject))
    }
  }

  @Test func `names a release for keys, which belong to none`() {
    #expect(
      throws: Malformed(
        "statement",
        "predicate.release: must be empty: keys belong to no release"
      )
    ) {
      try Statement(
        canonical: Utterance["keychange"].bytes(at: ["predicate", "release"], "ana/tiny")
      )
    }
  }

  @Test func `is spelt otherwise`() {
    let text = String(decoding: Utterance["surrender"].statement.canonical, as: UTF8.self)
    for other in [
      text + "\n", " " + text, text.replacing(":3}", with: ": 3}"),
      text.replacing("grant", with: "\\u0067rant"),
      text.replacing(#""_type":"https://in-toto.io/Statement/v1","#, with: ""),
      "\u{FEFF}" + text,
    ] {
      #expect(throws: Malformed.self, "\(other)") { try Statement(canonical: Array(other.utf8)) }
    }
  }
}
