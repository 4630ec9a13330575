internal import SluiceEncoding

extension Release {
  func checkAppeal(
    of id: Case.ID,
    _ revision: Case.Revision.ID,
    by signer: Principal.ID,
    at now: Instant
  ) throws(Refusal) {
    let denied = try seen(id, by: signer, at: now)
    guard isParty(signer, of: denied) else { throw .othersCase(denied.number, whose: .party) }
    guard adoption != nil else { throw .stale("no policy is in force that could hear it") }
    guard denied.kind != .appeal, denied.kind != .review else {
      throw .unfit("a case of kind \(denied.kind.rawValue) cannot be appealed against")
    }
    guard denied.state == .denied else {
      throw .stale("case \(denied.number) is \(denied.state.rawValue), not denied")
    }
    guard denied.revision.id == revision else {
      throw .staleRevision(current: denied.revision.id)
    }
    guard !denied.appealed.contains(revision) else {
      throw .stale("the denial of this revision was appealed against before")
    }
    try checkReopening(of: denied, at: now)
  }

  /// Whether a denied case could still be approved if it were open again: nothing that came after it
  /// has taken its place.
  func checkReopening(of denied: Case, at now: Instant) throws(Refusal) {
    if let equal = pending(where: { $0.id != denied.id && denied.isEqual(to: $0) }) {
      throw .duplicate(equal.number)
    }
    switch denied.filing {
    case .open(let stage, let manifests):
      guard openings[stage] == nil else { throw .stale("stage \(stage) is open") }
      try checkAgreement(of: manifests, besides: denied.id)
    case .amend(let policy, let roster, let terms, _):
      try checkAmendment(policy: policy, roster: roster, terms: terms)
    case .renew(let id, _):
      guard let grant = grants[id], grant.ending == nil else {
        throw .stale("the grant was ended")
      }
      guard !grants.values.contains(where: { $0.terms.successorOf == id }) else {
        throw .stale("the grant was renewed before")
      }
    case .lift(let id, _):
      guard holds.contains(where: { $0.id == id && $0.isActive(at: now) }) else {
        throw .stale("the hold has ended")
      }
    case .access, .emergency, .appeal, .review: break
    }
  }

  /// A case that is open, or denied and about to be looked at again, of which a second one would be
  /// a duplicate.
  func pending(where isMeant: (Case) -> Bool) -> Case? {
    cases.values.filter { isMeant($0) && isPending($0) }.min { $0.number < $1.number }
  }

  /// Whether a case can still be approved: it is open, or an appeal against its denial is.
  func isPending(_ asked: Case) -> Bool {
    if asked.isOpen { return true }
    guard asked.state == .denied, asked.appealed.contains(asked.revision.id) else { return false }
    return cases.values.contains { appeal in
      if case .appeal(asked.id, _, _) = appeal.filing { appeal.isOpen } else { false }
    }
  }
}

extension Case {
  /// Whether two cases ask for the same, so that not both may be open.
  fileprivate func isEqual(to other: Case) -> Bool {
    switch (filing, other.filing) {
    case (.amend, .amend): true
    case (.open(let stage, _), .open(let another, _)): stage == another
    case (.access(let stage, _, let party, _), .access(let another, _, let otherParty, _)):
      stage == another && party == otherParty && purpose.utf8.elementsEqual(other.purpose.utf8)
    case (.renew(let grant, _), .renew(let another, _)): grant == another
    case (.lift(let hold, _), .lift(let another, _)): hold == another
    case (.emergency(let manifests, let person, _), .emergency(let others, let another, _)):
      person == another && Set(manifests.keys) == Set(others.keys)
    default: false
    }
  }
}
