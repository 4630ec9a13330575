package import SluiceEncoding
package import SluiceGovernance

extension Event {
  /// A statement that was taken in.
  ///
  /// - Parameters:
  ///   - authorised: The statement.
  ///   - number: Of a `file`, the running number of its case.
  ///   - actor: The pseudonym of the signer.
  ///   - release: The state before the statement; of a `keychange` none.
  package init(_ authorised: Authorised, number: Int?, actor: String, in release: Release?) {
    let statement = authorised.statement
    var members: JSONObject = [
      "actor": .string(actor), "credential": .string(authorised.credential),
      "statement_sha256": .string(statement.id.rawValue),
      "strength": .string(authorised.strength.rawValue),
    ]
    members["number"] = number.map { .integer($0) }
    members["release"] = release.map { .string($0.id.rawValue) }
    let place = release.map { $0.place(of: statement) }
    self.init(
      kind: Kind(statement.type),
      members: members,
      release: release?.id,
      case: place?.case,
      person: place?.person,
      statement: statement.id
    )
  }

  /// A decision, with the digest of its explanation's canonical JSON.
  package init(_ decision: Decision, explanation: SHA256Digest, in release: Release.ID) {
    let evaluation = decision.evaluation
    let members: JSONObject = [
      "case": .string(evaluation.case.id.rawValue),
      "counted": .array(decision.counted.map { .string($0.rawValue) }),
      "dissent": .array(decision.dissent.map { .string($0.rawValue) }),
      "explanation_sha256": .string(explanation.hex),
      "outcome": .string(decision.outcome.rawValue),
      "policy": .string(evaluation.policy.digest.hex),
      "release": .string(release.rawValue),
      "revision": .string(evaluation.case.revision.id.rawValue),
      "roster": .string(evaluation.roster.digest.hex),
      "rules": .string(Decision.rules),
    ]
    self.init(.decide, members, about: evaluation.case, in: release)
  }

  /// A grant.
  ///
  /// - Parameters:
  ///   - terms: What is granted.
  ///   - decision: The index of the `decide`.
  ///   - audience: `everyone` or the holder's pseudonym.
  package init(_ terms: Grant.Terms, decision: Int, audience: String) {
    var members: JSONObject = [
      "audience": .string(audience),
      "case": .string(terms.case.rawValue),
      "decision": .integer(decision),
      "not_before": .string(terms.notBefore.description),
      "policy": .string(terms.policy.hex),
      "release": .string(terms.release.rawValue),
      "stage": .string(terms.stage.rawValue),
      "terms": .digests(terms.terms),
      "tiers": .digests(terms.tiers),
    ]
    members["not_after"] = terms.notAfter.map { .string($0.description) }
    let place = terms.place
    self.init(
      kind: .issue,
      members: members,
      release: terms.release,
      case: place.case,
      person: place.person
    )
  }

  /// The end of a case's time to be decided.
  package init(overdue asked: Case, in release: Release.ID) {
    let members: JSONObject = [
      "case": .string(asked.id.rawValue), "release": .string(release.rawValue),
      "revision": .string(asked.revision.id.rawValue),
    ]
    self.init(.overdue, members, about: asked, in: release)
  }

  /// The end of a case that nobody decided.
  package init(lapsed asked: Case, in release: Release.ID) {
    let members: JSONObject = [
      "case": .string(asked.id.rawValue), "release": .string(release.rawValue),
    ]
    self.init(.lapse, members, about: asked, in: release)
  }

  private init(_ kind: Kind, _ members: JSONObject, about asked: Case, in release: Release.ID) {
    self.init(
      kind: kind,
      members: members,
      release: release,
      case: asked.place.case,
      person: asked.place.person
    )
  }
}

/// Where an event belongs: to an access case and its beneficiary, to a person, or to the release.
package struct Place: Hashable, Sendable {
  package var `case`: Case.ID?
  package var person: Principal.ID?
}

extension Case {
  fileprivate var place: Place {
    beneficiary.map { Place(case: id, person: $0) } ?? Place()
  }
}

extension Grant.Terms {
  fileprivate var place: Place {
    switch audience {
    case .everyone: Place()
    case .principal(let holder): Place(case: `case`, person: holder)
    }
  }
}

extension Release {
  fileprivate func place(of statement: Statement) -> Place {
    switch statement.body {
    case .file(.access(_, _, let beneficiary, _)):
      Place(case: Case.ID(statement.id.rawValue), person: beneficiary)
    case .approve(let verdict), .deny(let verdict, _): cases[verdict.case]?.place ?? Place()
    case .answer(let id, _): cases[id]?.place ?? Place()
    case .accept: Place(person: statement.by)
    case .revoke: grants[Grant.ID(statement.subject.digest.hex)]?.terms.place ?? Place()
    case .file, .bind, .keychange: Place()
    }
  }
}
