import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A body")
struct StatementLimitTests {
  private static let digest = JSONValue.string(Utterance.one.hex)
  private static let many = JSONValue.object(
    JSONObject((0..<51).map { .init(name: "v\($0)", value: "x") })
  )

  static let blank = ["", " ", "\n\t", "\u{00A0}\u{2003}"]

  static let sayings: [(String, String)] = [
    ("emergency", "purpose"), ("return", "reason"), ("deny", "reason"), ("comment", "text"),
    ("hold tier:weights", "text"), ("revoke", "text"), ("report", "text"),
  ]

  @Test(arguments: sayings, blank)
  func `must say something where it has to`(member: (String, String), text: String) {
    refuse(member.0, member.1, .string(text), "must not be blank")
  }

  static let silences: [(String, String)] = [
    ("access", "purpose"), ("renew", "purpose"), ("lift", "purpose"), ("appeal", "purpose"),
    ("revise", "purpose"), ("withdraw", "reason"), ("approve", "reason"), ("recuse", "reason"),
    ("confirm", "reason"), ("retract", "reason"), ("evidence", "method"),
  ]

  @Test(arguments: silences, blank)
  func `need not say why where nobody has to`(member: (String, String), text: String) throws {
    let bytes = Utterance[member.0].bytes(body: member.1, .string(text))
    #expect(try Statement(canonical: bytes).canonical == bytes)
  }

  static let limits: [(String, String, Int)] =
    ["access", "renew", "lift", "appeal", "emergency", "revise"].map { ($0, "purpose", 2_000) }
    + ["withdraw", "return", "approve", "deny", "recuse", "confirm", "retract"]
    .map { ($0, "reason", 4_000) }
    + ["comment", "hold tier:weights", "revoke", "report"].map { ($0, "text", 4_000) }
    + [("evidence", "method", 4_000)]

  @Test(arguments: limits)
  func `ends where its limit is`(name: String, member: String, limit: Int) throws {
    let longest = Utterance[name].bytes(body: member, .string(text(limit)))
    #expect(try Statement(canonical: longest).canonical == longest)
    refuse(name, member, .string(text(limit + 1)), "longer than \(limit) characters")
  }

  static let notNames: [JSONValue] = [
    "", "A", "9", "a_b", "-a", "a b", "é", "a\u{301}", "a/b",
    .string(String(repeating: "a", count: 64)),
  ]

  @Test(arguments: [("evidence", "kind"), ("credential", "type")], notNames)
  func `has names for kinds`(member: (String, String), value: JSONValue) {
    refuse(member.0, member.1, value, "must be a name, [a-z][a-z0-9.-]{0,62}")
  }

  @Test(
    arguments: [
      ("amend", "terms"), ("open", "manifests"), ("emergency", "manifests"),
      ("approve", "manifests"), ("deny", "manifests"), ("revise an opening", "manifests"),
    ],
    notNames
  )
  func `has names in its maps`(member: (String, String), value: JSONValue) {
    let name = value.stringValue ?? ""
    refuse(
      member.0,
      member.1,
      .object([name: Self.digest]),
      "\(name): must be a name, [a-z][a-z0-9.-]{0,62}"
    )
  }

  @Test(arguments: [("access", "tiers"), ("revise", "tiers")])
  func `has tiers in order and once`(name: String, member: String) {
    let what = "must be names of tiers, sorted, none twice"
    for tiers in [["b", "a"], ["a", "a"], ["A"], ["a", "b", "a"], ["a", 1]] as [JSONValue] {
      refuse(name, member, tiers, what)
    }
    refuse(name, member, [], "names no tier")
  }

  @Test(
    arguments: [
      ("evidence", "metrics"), ("credential", "values"), ("join", "fields"),
    ],
    ["", "A", "9", "_a", "a b", "é", String(repeating: "a", count: 64)]
  )
  func `has labels for values`(member: (String, String), label: String) {
    refuse(
      member.0,
      member.1,
      .object([label: "1"]),
      "\(label): must be a name, [a-z][a-z0-9._-]{0,62}"
    )
  }

  @Test(arguments: [("credential", "values"), ("join", "fields")])
  func `has short values`(name: String, member: String) {
    let what = "a: must be a text of at most 200 characters"
    refuse(name, member, ["a": .string(text(201))], what)
    refuse(name, member, ["a": true], what)
  }

  @Test(arguments: ["", "1.", ".5", "+1", "1e3", "0x1", " 1", "NaN", "1,5", "--1", "true"])
  func `of evidence has decimal numbers`(metric: String) {
    refuse("evidence", "metrics", ["a": .string(metric)], "a: must be a decimal number")
  }

  @Test(
    arguments: [
      "", ".", "..", "a/b", "/a", "a\\b", "a\nb", "a\u{0}", "a\u{7F}",
      String(repeating: "a", count: 256),
    ]
  )
  func `of evidence has files without folders`(file: String) {
    let shown = file.replacing("\n", with: "\\n").replacing("\u{0}", with: "\\u0000")
    #expect(throws: Malformed.self, "\(shown)") {
      try Statement(
        canonical: Utterance["evidence"].bytes(body: "attachments", .object([file: Self.digest]))
      )
    }
  }

  static let refusals: [(String, String, JSONValue, String)] = [
    (
      "amend", "kind", "review",
      "a review is never filed: the decision of its emergency begins it"
    ), ("amend", "kind", "grant", "no kind of case of this version"),
    ("emergency", "manifests", [:], "names no tier"),
    (
      "access", "beneficiary", "group:Press",
      "group: must be followed by a name, [a-z][a-z0-9.-]{0,62}"
    ),
    ("access", "beneficiary", "everyone", "must begin with person:, org: or service:"),
    ("emergency", "beneficiary", "group:press", "must begin with person:, org: or service:"),
    ("emergency", "beneficiary", "everyone", "must begin with person:, org: or service:"),
    ("join", "member", "group:press", "must begin with person:, org: or service:"),
    ("leave", "member", "bob", "must begin with person:, org: or service:"),
    ("delegate", "to", "role:editors", "must begin with person:, org: or service:"),
    ("delegate", "until", "2019-03-01T00:00:00Z", "must be after from"),
    ("delegate", "until", "2019-02-28T00:00:00Z", "must be after from"),
    ("delegate", "until", "2019-03-31T00:00:01Z", "must be at most 30 days after from"),
    ("answer", "grant", digest, "answers are given for a case or a grant, not both"),
    ("hold tier:weights", "since", "2019-03-01T00:00:00Z", "only of a key"),
    ("hold person:bob", "since", "2019-03-01T00:00:00Z", "only of a key"),
    ("credential", "values", many, "more than 50 of them"),
    (
      "evidence", "attachments", ["\u{E9}": digest, "e\u{301}": digest],
      "\u{E9}: is there twice, in two spellings"
    ),
    ("keychange", "action", "replace", "must be add or end"),
    ("keychange", "previous", "x", "must be 64 lower-case hexadecimal digits or empty"),
    ("open", "manifests", ["a": "x"], "a: must be 64 lower-case hexadecimal digits"),
    ("revise", "revision", "x", "must be 64 lower-case hexadecimal digits"),
  ]

  @Test(arguments: refusals)
  func `is refused by its rules`(name: String, member: String, value: JSONValue, what: String) {
    refuse(name, member, value, what)
  }

  @Test(arguments: ["deny", "hold tier:weights", "revoke", "report"])
  func `has a reason of the closed list`(name: String) throws {
    let known = ReasonCode.allCases.map(\.rawValue)
    refuse(name, "code", "spam", "must be one of \(known.joined(separator: ", "))")
    for code in known {
      let bytes = Utterance[name].bytes(body: "code", .string(code))
      #expect(try Statement(canonical: bytes).canonical == bytes)
    }
  }

  private func refuse(_ name: String, _ member: String, _ value: JSONValue, _ what: String) {
    #expect(throws: Malformed("statement", "predicate.body.\(member): \(what)")) {
      try Statement(canonical: Utterance[name].bytes(body: member, value))
    }
  }

  private func text(_ count: Int) -> String { String(repeating: "ä", count: count) }
}
