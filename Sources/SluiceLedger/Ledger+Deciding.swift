internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Evaluates a case, and records what follows: a decision, a grant, a review, the keys of an adopted
  /// roster.
  ///
  /// What `evaluate` sees, and the head that its explanation names, is the prefix of the log that
  /// ends before the `decide`.
  ///
  /// - Returns: The facts that were recorded.
  func decide(
    _ asked: Case,
    in release: inout Release,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws -> [Entry.Fact] {
    guard let evaluation = evaluate(asked, in: release, at: now),
      let decision = Decision(evaluation)
    else { return [] }
    let explanation = Explanation(evaluation, log: try head(in: db)).json.canonical
    let review = try decision.beginsReview ? nextNumber(in: db) : nil
    let event = Event(
      decision,
      explanation: SHA256Digest(of: explanation),
      review: review,
      in: release
    )
    let index = try append(event, at: now, noting: &receipt, in: db)
    let fact = Entry.Fact.decided(decision.record(review: review))
    release.apply(Entry(index: index, at: now, fact: fact))
    try db.execute(
      sql: """
        INSERT INTO decision (seq, case_id, revision, outcome, explanation) VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        index, asked.id.rawValue, asked.revision.id.rawValue, decision.outcome.rawValue,
        Data(explanation),
      ]
    )
    try note(release.cases[asked.id], of: release, at: now, &receipt, in: db)
    if let terms = decision.grant(in: release) {
      try issue(terms, decidedAt: index, in: &release, at: now, noting: &receipt, in: db)
    }
    try projectEffects(of: decision, in: release, at: now, noting: &receipt, in: db)
    return [fact]
  }

  private func issue(
    _ terms: Grant.Terms,
    decidedAt decision: Int,
    in release: inout Release,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    let event = Event(
      terms,
      decision: decision,
      audience: try audience(of: terms, in: db),
      in: release
    )
    let index = try append(event, at: now, noting: &receipt, in: db)
    let id = Grant.ID(SHA256Digest(of: event.canonical(at: index, on: now)).hex)
    release.apply(
      Entry(index: index, at: now, fact: .issued(Grant(issuing: terms, as: id, at: index)))
    )
    try note(release.grants[id], of: release, &receipt, in: db)
    // What is owed after the grant that it continues is owed later now.
    if let old = terms.successorOf {
      try note(release.grants[old], of: release, &receipt, in: db)
    }
  }

  /// How the log names to whom something is granted.
  func audience(of terms: Grant.Terms, in db: Database) throws -> String {
    switch terms.audience {
    case .everyone: "everyone"
    case .principal(let holder): try pseudonym(of: holder, in: db)
    case .group(let group): "group:\(group)"
    }
  }

  /// Writes the rows that a decision changes besides those of its case and its grant.
  private func projectEffects(
    of decision: Decision,
    in release: Release,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    let asked = decision.evaluation.case
    switch (asked.filing, decision.outcome) {
    case (.amend, .approved):
      guard let adopted = release.adoption else { return }
      try enrol(adopted.roster, at: now, noting: &receipt, in: db)
      try projectAdoption(of: release, at: now, in: db)
    case (.lift(let id, _), .approved):
      try project(release.holds.first { $0.id == id }, of: release.id, in: db)
    case (.appeal(let id, _, _), .approved):
      try note(release.cases[id], of: release, at: now, &receipt, in: db)
    case (.emergency, .approved):
      let review = release.cases.values.first { $0.filing == .review(asked.id) }
      try note(review, of: release, at: now, &receipt, in: db)
    case (.review(let id), .denied):
      try projectGrants(ofCase: id, in: release, noting: &receipt, in: db)
    default: break
    }
  }

  /// The grants of a case as they stand.
  func projectGrants(
    ofCase id: Case.ID,
    in release: Release,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    for grant in release.grants.values where grant.terms.case == id {
      try note(grant, of: release, &receipt, in: db)
    }
  }

  /// Writes anew what the adoption of a next version changes all over the release.
  private func projectAdoption(of release: Release, at now: Instant, in db: Database) throws {
    try projectAffiliations(after: release.adoptions, in: release.id, in: db)
    guard let rules = release.adoption?.policy.onAdoption, release.adoptions.count > 1,
      rules.restartsCases || rules.endsGrantsAfter != nil
    else { return }
    let whole = try fold(release.id, .whole, in: db)
    for asked in whole.cases.values { try project(asked, of: whole, at: now, in: db) }
    for grant in whole.grants.values { try project(grant, of: whole, in: db) }
  }
}
