package import SluiceEncoding
package import SluiceGovernance

extension Event {
  /// A statement that was taken in.
  ///
  /// - Parameters:
  ///   - said: The statement, with what the log says beside it.
  ///   - credential: `key:SHA256:…` or `token:ID`.
  ///   - actor: The pseudonym of the signer.
  ///   - release: The state before the statement; of a `keychange` none.
  package init(_ said: Entry.Said, credential: String, actor: String, in release: Release?) {
    let statement = said.statement
    var members: JSONObject = [
      "actor": .string(actor), "credential": .string(credential),
      "statement_sha256": .string(statement.id.rawValue),
      "strength": .string(said.strength.rawValue),
    ]
    members["number"] = said.number.map { .integer($0) }
    members["organisation"] = said.organisation.map { .string($0.rawValue) }
    members["release"] = release.map { .string($0.id.rawValue) }
    self.init(
      kind: Kind(statement.type),
      members: members,
      release: release?.id,
      place: release.map { $0.place(of: statement) } ?? Place(),
      statement: statement.id,
      isRecordPublic: release?.isPublic ?? false
    )
  }

  /// A decision, with the digest of its explanation's canonical JSON.
  ///
  /// - Parameters:
  ///   - decision: What was decided.
  ///   - explanation: The digest.
  ///   - review: Of an emergency that was granted, the running number of its review.
  ///   - release: The state before the decision.
  package init(
    _ decision: Decision,
    explanation: SHA256Digest,
    review: Int?,
    in release: Release
  ) {
    let evaluation = decision.evaluation
    var members: JSONObject = [
      "case": .string(evaluation.case.id.rawValue),
      "counted": .array(decision.counted.map { .string($0.rawValue) }),
      "dissent": .array(decision.dissent.map { .string($0.rawValue) }),
      "explanation_sha256": .string(explanation.hex),
      "outcome": .string(decision.outcome.rawValue),
      "policy": .string(evaluation.policy.digest.hex),
      "release": .string(release.id.rawValue),
      "revision": .string(evaluation.case.revision.id.rawValue),
      "roster": .string(evaluation.roster.digest.hex),
      "rules": .string(Decision.rules),
    ]
    members["review"] = review.map { .integer($0) }
    self.init(.decide, members, about: evaluation.case, in: release)
  }

  /// A grant.
  ///
  /// - Parameters:
  ///   - terms: What is granted.
  ///   - decision: The index of the `decide`.
  ///   - audience: `everyone`, the holder's pseudonym, or `group:NAME`.
  ///   - release: The state after the decision.
  package init(_ terms: Grant.Terms, decision: Int, audience: String, in release: Release) {
    var members: JSONObject = [
      "audience": .string(audience),
      "case": .string(terms.case.rawValue),
      "decision": .integer(decision),
      "not_before": .string(terms.notBefore.description),
      "policy": .string(terms.policy.hex),
      "release": .string(terms.release.rawValue),
      "terms": .digests(terms.terms),
      "tiers": .digests(terms.tiers),
    ]
    members["not_after"] = terms.notAfter.map { .string($0.description) }
    members["stage"] = terms.stage.map { .string($0.rawValue) }
    members["successor_of"] = terms.successorOf.map { .string($0.rawValue) }
    self.init(
      kind: .issue,
      members: members,
      release: terms.release,
      place: release.place(of: terms),
      isRecordPublic: release.isPublic
    )
  }

  /// The end of a case's time to be decided.
  package init(overdue asked: Case, in release: Release) {
    let members: JSONObject = [
      "case": .string(asked.id.rawValue), "release": .string(release.id.rawValue),
      "revision": .string(asked.revision.id.rawValue),
    ]
    self.init(.overdue, members, about: asked, in: release)
  }

  /// Something that was owed after a grant and not given in time.
  package init(unpaid grant: Grant, owes place: Int, in release: Release) {
    let members: JSONObject = [
      "grant": .string(grant.id.rawValue), "owes": .integer(place),
      "release": .string(release.id.rawValue),
    ]
    self.init(
      kind: .overdue,
      members: members,
      release: release.id,
      place: release.place(of: grant.terms),
      isRecordPublic: release.isPublic
    )
  }

  /// The end of a case that nobody decided.
  package init(lapsed asked: Case, in release: Release) {
    let members: JSONObject = [
      "case": .string(asked.id.rawValue), "release": .string(release.id.rawValue),
    ]
    self.init(.lapse, members, about: asked, in: release)
  }

  /// The clock jumped by so many seconds, and what it jumped to is not believed; or it is.
  package init(clockIs state: String, jump: Int) {
    self.init(kind: .tick, members: ["jump": .integer(jump), "state": .string(state)])
  }

  private init(_ kind: Kind, _ members: JSONObject, about asked: Case, in release: Release) {
    self.init(
      kind: kind,
      members: members,
      release: release.id,
      place: release.place(ofCase: asked.id),
      isRecordPublic: release.isPublic
    )
  }
}
