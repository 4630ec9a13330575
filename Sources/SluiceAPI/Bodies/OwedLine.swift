public import SluiceEncoding
public import SluiceGovernance

/// One thing that a holder owes after a grant (governance-domain 8).
public struct OwedLine: Body {
  /// How far it has come.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// The grant has not ended yet.
    case later
    /// It is to be given now.
    case due
    case paid
    /// It was not given in time; it still can be.
    case late
  }

  /// What pays it.
  public let act: Stage.Obligation.Act
  /// Of a text, the digest of its bytes as they were under the policy of the grant.
  public let sha256: SHA256Digest?
  /// By when; `nil` while nobody knows when the grant ends.
  public let dueAt: Instant?
  /// How far it has come.
  public let state: State
  /// What follows if it is not given in time.
  public let then: Stage.Obligation.Consequence

  /// Composes a line.
  public init(
    act: Stage.Obligation.Act,
    sha256: SHA256Digest? = nil,
    dueAt: Instant?,
    state: State,
    then: Stage.Obligation.Consequence
  ) {
    self.act = act
    self.sha256 = sha256
    self.dueAt = dueAt
    self.state = state
    self.then = then
  }

  /// What is owed after `grant`, as it stands at `now`.
  public static func lines(of grant: Grant, in release: Release, at now: Instant) -> [OwedLine] {
    let texts = release.terms(under: grant.terms.policy)
    return release.obligations(of: grant).enumerated().map { place, owed in
      let end = grant.endsAt
      let due = end.map { $0 + owed.within }
      return OwedLine(
        act: owed.act,
        sha256: owed.act.terms.flatMap { texts[$0] },
        dueAt: due,
        state: state(of: owed, at: place, after: grant, in: release, due: due, at: now),
        then: owed.then
      )
    }
  }

  private static func state(
    of owed: Stage.Obligation,
    at place: Int,
    after grant: Grant,
    in release: Release,
    due: Instant?,
    at now: Instant
  ) -> State {
    guard let end = grant.endsAt, let due, end <= now else { return .later }
    if release.isPaid(owed, after: grant, from: end) { return .paid }
    return due <= now || release.unpaid[grant.id]?.contains(place) == true ? .late : .due
  }

  /// `{"act","due_at"?,"sha256"?,"state","subject","then"}`; `act` is `answer` or `accept`, `subject` the name
  /// of the form or of the terms.
  public var json: JSONValue {
    let (act, subject) =
      switch self.act {
      case .answer(let form): ("answer", form.rawValue)
      case .accept(let terms): ("accept", terms.rawValue)
      }
    var members: JSONObject = [
      "act": .string(act), "state": .string(state.rawValue), "subject": .string(subject),
      "then": .string(then.rawValue),
    ]
    members["due_at"] = dueAt.map { .string($0.description) }
    members["sha256"] = sha256.map { .string($0.hex) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "owed")
    let subject = try fields.string("subject")
    switch try fields.string("act") {
    case "answer": act = .answer(Form.ID(subject))
    case "accept": act = .accept(Terms.ID(subject))
    default: throw fields.fault("act", "must be answer or accept")
    }
    sha256 = try fields.optionalDigest("sha256")
    dueAt = try fields.optionalInstant("due_at")
    state = try fields.word("state")
    then = try fields.word("then")
    try fields.finish()
  }
}

extension Stage.Obligation.Act {
  /// The text that is to be agreed to, if one is.
  fileprivate var terms: Terms.ID? { if case .accept(let terms) = self { terms } else { nil } }
}
