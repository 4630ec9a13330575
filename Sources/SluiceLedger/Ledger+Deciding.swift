internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Evaluates a case, and records what follows: a decision, a grant, the keys of an adopted roster.
  ///
  /// What `evaluate` sees, and the head that its explanation names, is the prefix of the log that
  /// ends before the `decide`.
  func decide(
    _ asked: Case,
    in release: inout Release,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    guard let evaluation = evaluate(asked, in: release, at: now),
      let decision = Decision(evaluation)
    else { return }
    let explanation = Explanation(evaluation, log: try head(in: db)).json.canonical
    let event = Event(decision, explanation: SHA256Digest(of: explanation), in: release.id)
    let index = try append(event, at: now, noting: &receipt, in: db)
    release.apply(Entry(index: index, at: now, fact: .decided(decision.record)))
    try db.execute(
      sql: """
        INSERT INTO decision (seq, case_id, revision, outcome, explanation) VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        index, asked.id.rawValue, asked.revision.id.rawValue, decision.outcome.rawValue,
        Data(explanation),
      ]
    )
    if let terms = decision.grant(in: release) {
      try issue(terms, decidedAt: index, in: &release, at: now, noting: &receipt, in: db)
    }
    if case .amend = asked.filing, decision.outcome == .approved, let adopted = release.adoption {
      try enrol(adopted.roster, at: now, noting: &receipt, in: db)
    }
  }

  private func issue(
    _ terms: Grant.Terms,
    decidedAt decision: Int,
    in release: inout Release,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    let event = Event(terms, decision: decision, audience: try audience(of: terms, in: db))
    let index = try append(event, at: now, noting: &receipt, in: db)
    let id = Grant.ID(SHA256Digest(of: event.canonical(at: index, on: now)).hex)
    let grant = Grant(id: id, index: index, terms: terms)
    release.apply(Entry(index: index, at: now, fact: .issued(grant)))
    try note(grant, &receipt, in: db)
  }

  /// How the log names to whom something is granted.
  func audience(of terms: Grant.Terms, in db: Database) throws -> String {
    switch terms.audience {
    case .everyone: "everyone"
    case .principal(let holder): try pseudonym(of: holder, in: db)
    }
  }
}
