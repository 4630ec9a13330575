import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A subject")
struct StatementSubjectTests {
  /// Of what was recorded the digest is the reader's to look up; all other digests follow.
  static let free: Set<String> = [
    "revise", "revise an opening", "revise nothing", "withdraw", "comment for few", "answer",
    "answer what is owed", "accept", "surrender", "report", "renew", "lift", "appeal", "emergency",
    "recuse", "evidence", "evidence without anything", "confirm", "retract", "hold case",
    "hold grant", "revoke",
  ]

  @Test(arguments: Utterance.all)
  func `has the digest that belongs to it`(said: Utterance) throws {
    let other = SHA256Digest(of: "other".utf8)
    let bytes = said.bytes(about: .init(name: said.subject.name, digest: other))
    if Self.free.contains(said.name) {
      #expect(try Statement(canonical: bytes).subject.digest == other)
    } else {
      #expect(throws: Malformed.self) { try Statement(canonical: bytes) }
    }
  }

  @Test(arguments: Utterance.all)
  func `is of its own release`(said: Utterance) throws {
    guard !Self.free.contains(said.name) else { return }
    let elsewhere = Statement.Subject(name: said.subject.name, in: "ana/other")
    #expect(throws: Malformed.self) {
      try Statement(canonical: said.bytes(about: elsewhere))
    }
  }

  static let kinds = [
    "case", "form:x", "grant", "group:x", "hold", "key:\(Utterance.key)", "manifest",
    "person:x", "policy", "revision", "role:x", "stage:x", "statement", "terms:x", "tier:x",
  ]

  static let fitting: [String: Set<String>] = [
    "amend": ["policy"], "amend rehearsed": ["policy"], "open": ["stage:x"],
    "open a service": ["stage:x"],
    "access": ["stage:x"], "access for a group": ["stage:x"], "renew": ["grant"],
    "lift": ["hold"], "appeal": ["case"], "emergency": ["policy"], "revise": ["case"],
    "revise an opening": ["case"], "revise nothing": ["case"], "withdraw": ["case"],
    "return": ["revision"], "approve": ["revision"], "deny": ["revision"], "recuse": ["case"],
    "comment": anything, "comment for few": anything, "report": anything, "answer": ["form:x"],
    "answer what is owed": ["form:x"], "accept": ["terms:x"], "credential": ["person:x"],
    "credential without an end": ["person:x"], "bind": ["tier:x"],
    "evidence": ["manifest", "tier:x"],
    "evidence without anything": ["manifest", "tier:x"], "confirm": ["statement"],
    "retract": ["statement"], "join": ["group:x"], "join without fields": ["group:x"],
    "leave": ["group:x"], "delegate": ["role:x"], "revoke": ["grant"], "surrender": ["grant"],
  ]

  static let anything: Set<String> = [
    "case", "grant", "group:x", "hold", "manifest", "person:x", "stage:x", "statement", "tier:x",
  ]

  static let holdable: Set<String> = [
    "case", "grant", "key:\(Utterance.key)", "person:x", "stage:x", "tier:x",
  ]

  @Test(arguments: Utterance.all)
  func `is of the kind that the body is about`(said: Utterance) throws {
    let isKeychange = said.body.type == .keychange
    var fitting = Self.fitting[said.name] ?? (isKeychange ? [] : Self.holdable)
    if said.name == "hold with instants" { fitting = ["key:\(Utterance.key)"] }
    for kind in Self.kinds {
      let isRecorded = !kind.contains(":") || kind.hasPrefix("form") || kind.hasPrefix("terms")
      let subject: Statement.Subject = isRecorded ? .recorded(kind) : .named(kind)
      let statement = Utterance.statement(refiled(said.body, to: kind), about: subject)
      if fitting.contains(kind) {
        let read = try Statement(canonical: statement.canonical)
        #expect(read.subject == subject, "\(kind)")
      } else {
        #expect(throws: Malformed.self, "\(kind)") {
          try Statement(canonical: statement.canonical)
        }
      }
    }
  }

  static let misspelt = [
    "grants", "Grant", "grant:x", "stage:", "stage:X", "stage:x y", "stage:\u{301}x", "tier:a_b",
    "group:x\n", "person:", "person:*", "role:", "key:SHA256:AAAA", "key:MD5:x", "",
    "key:\(Utterance.key)=", "form:", "form:A", "terms:", "terms:a/b",
  ]

  @Test(arguments: misspelt)
  func `is spelt as it has to be`(name: String) {
    for said in Utterance.all {
      for subject in [Statement.Subject.recorded(name), .named(name)] {
        #expect(throws: Malformed.self, "\(said.name)") {
          try Statement(canonical: said.bytes(about: subject))
        }
      }
    }
  }

  @Test func `of keys is their own principal`() {
    #expect(
      throws: Malformed("statement", "subject: keys are changed by their own principal")
    ) {
      try Statement(
        canonical: Utterance["keychange"].bytes(about: .init(name: "person:bob", in: ""))
      )
    }
  }

  @Test(arguments: Utterance.subjects.map(\.0))
  func `of a hold is what is held`(subject: Statement.Subject) throws {
    let held = try Hold.Subject(subject)
    #expect(try held.subject(in: Utterance.release) == subject)
  }

  /// What a filing takes from its subject goes with the subject.
  private func refiled(_ body: Statement.Body, to kind: String) -> Statement.Body {
    guard kind.hasPrefix("stage:") else { return body }
    return switch body {
    case .file(.open(_, let manifests)): .file(.open("x", manifests: manifests))
    case .file(.access(_, let tiers, let beneficiary, let purpose)):
      .file(.access("x", tiers: tiers, beneficiary: beneficiary, purpose: purpose))
    default: body
    }
  }
}
