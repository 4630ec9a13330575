internal import SluiceEncoding
public import SluiceGovernance

extension CasePage {
  /// Compares what the page shows with the statements that worded the case, and with itself.
  ///
  /// The id of a case is the digest of what was filed and its revision that of what worded it last,
  /// so a page that shows other tiers, another beneficiary, other manifests or another purpose than
  /// were asked for is found out here, whoever made it. What a stage has pinned for the tiers of an
  /// access case, and a grant for those of a renewal, is in neither; the verdict names it, and the
  /// ledger compares.
  ///
  /// - Throws: `Refusal.unfit`, naming what does not agree.
  public func check(of release: Release.ID, at standing: Standing) throws(Refusal) {
    let (filed, revision) = try read()
    guard filed.release == release, `case`.release == release else {
      throw Self.fault("the case is about another release")
    }
    guard filed.audience.utf8.elementsEqual(standing.origin.utf8) else {
      throw Self.fault("the case was filed at another deployment")
    }
    guard filed.by == `case`.requester else { throw Self.fault("requester") }
    if `case`.kind == .review {
      try checkReview(of: filed, revision.filing)
    } else {
      guard filed.id.rawValue == `case`.id.rawValue else {
        throw Self.fault("the id is not the digest of what was filed")
      }
      guard revision.id == `case`.revision else {
        throw Self.fault("the revision is not what was worded last")
      }
      try demand(`case`.kind == revision.filing.kind, "kind")
      try demand(`case`.about == CaseLine.About(revision.filing), "what it is about")
      try check(revision.filing, in: release)
    }
    if let policy = revision.policy { try demand(`case`.policy == policy, "policy") }
    try checkExplanation(revision.filing)
  }

  private func read() throws(Refusal) -> (Statement, Wording.Revision) {
    do throws(Malformed) {
      let all = try wording.revisions()
      let (filed, _) = try wording.statement()
      guard let last = all.last else { throw Malformed("wording", "no revision") }
      return (filed, last)
    } catch { throw Self.fault("what was filed cannot be read: \(error)") }
  }

  /// A review is named after its emergency, and shows what was asked in that.
  private func checkReview(
    of filed: Statement,
    _ emergency: Statement.Filing
  ) throws(Refusal) {
    guard case .emergency(let manifests, let beneficiary, _) = emergency else {
      throw Self.fault("what is reviewed is no emergency")
    }
    let name = Statement.Subject(name: "review:\(filed.id)", in: filed.release)
    guard name.digest.hex == `case`.id.rawValue, `case`.revision.rawValue == `case`.id.rawValue
    else { throw Self.fault("the review is not that of the emergency that it shows") }
    try demand(`case`.about == .case(Case.ID(filed.id.rawValue)), "what it is about")
    try demand(`case`.purpose.isEmpty, "purpose")
    try check(manifests, for: beneficiary, in: filed.release)
  }

  private func check(_ asked: Statement.Filing, in release: Release.ID) throws(Refusal) {
    switch asked {
    case .amend:
      try demand(manifests.isEmpty && `case`.tiers.isEmpty, "tiers")
      try demand(`case`.party == nil, "beneficiary")
    case .open(let stage, let named):
      try demand(`case`.stage == stage, "stage")
      try demand(manifests == named, "manifests")
      try demand(Set(named.keys).isSubset(of: `case`.tiers), "tiers")
      try demand(`case`.party == nil, "beneficiary")
    case .access(let stage, let tiers, let beneficiary, _):
      try demand(`case`.stage == stage, "stage")
      try demand(`case`.tiers == tiers && Set(manifests.keys).isSubset(of: tiers), "tiers")
      try demand(`case`.party == beneficiary, "beneficiary")
    case .renew: try demand(Set(manifests.keys).isSubset(of: `case`.tiers), "tiers")
    case .lift:
      try demand(manifests.isEmpty && `case`.tiers.isEmpty, "tiers")
      try demand(`case`.party == nil, "beneficiary")
    case .appeal(let id, let revision, _): try checkAppeal(against: id, revision)
    case .emergency(let named, let beneficiary, _):
      try check(named, for: beneficiary, in: release)
    case .review: throw Self.fault("a review is not filed")
    }
    try demand(`case`.purpose.utf8.elementsEqual(asked.purpose.utf8), "purpose")
  }

  /// An emergency names what each tier stands for; of a service its name, which no verdict names.
  private func check(
    _ named: [Tier.ID: SHA256Digest],
    for beneficiary: Principal.ID,
    in release: Release.ID
  ) throws(Refusal) {
    let bound = named.filter { tier, digest in
      digest != Statement.Subject(name: "tier:\(tier)", in: release).digest
    }
    try demand(manifests == bound, "manifests")
    try demand(Set(`case`.tiers) == Set(named.keys), "tiers")
    try demand(`case`.party == .principal(beneficiary), "beneficiary")
  }

  /// An appeal is about what the denied case asked for, in the revision that was denied.
  private func checkAppeal(
    against id: Case.ID,
    _ revision: Case.Revision.ID
  ) throws(Refusal) {
    guard let denied else { throw Self.fault("the denied case is not shown") }
    let filed: Statement
    let earlier: Wording.Revision?
    do throws(Malformed) {
      (filed, _) = try denied.statement()
      earlier = try denied.revisions().first { $0.id == revision }
    } catch { throw Self.fault("the denied case cannot be read: \(error)") }
    guard filed.id.rawValue == id.rawValue, let earlier else {
      throw Self.fault("the denied case is not the one that was appealed against")
    }
    switch earlier.filing {
    case .access(let stage, let tiers, let beneficiary, _):
      try demand(`case`.stage == stage && `case`.tiers == tiers, "tiers")
      try demand(Set(manifests.keys).isSubset(of: tiers), "manifests")
      try demand(`case`.party == beneficiary, "beneficiary")
    case .emergency(let named, let beneficiary, _):
      try check(named, for: beneficiary, in: filed.release)
    case .open(let stage, let named):
      try demand(`case`.stage == stage && manifests == named, "manifests")
      try demand(`case`.party == .principal(filed.by), "beneficiary")
    case .amend, .lift:
      try demand(manifests.isEmpty && `case`.tiers.isEmpty, "tiers")
      try demand(`case`.party == .principal(filed.by), "beneficiary")
    case .renew: try demand(Set(manifests.keys).isSubset(of: `case`.tiers), "tiers")
    case .appeal, .review: throw Self.fault("the denied case takes no appeals")
    }
  }

  /// The explanation must be about this case; of an amendment also about what it proposes.
  private func checkExplanation(_ asked: Statement.Filing) throws(Refusal) {
    let explained = explanation.objectValue
    guard explained?["subject"]?.stringValue == "case:\(`case`.id)",
      explained?["policy"]?.stringValue == "sha256:\(`case`.policy.hex)"
    else { throw Self.fault("the explanation is about another case or policy") }
    guard case .amend(let policy, let roster, _, _) = asked else { return }
    let proposed = explained?["successor"]?.objectValue ?? explained
    guard proposed?["policy"]?.stringValue == "sha256:\(policy.hex)",
      proposed?["roster"]?.stringValue == "sha256:\(roster.hex)"
    else { throw Self.fault("the explanation is about another proposal") }
  }

  private func demand(_ isAsFiled: Bool, _ what: String) throws(Refusal) {
    guard isAsFiled else { throw Self.fault("\(what) is not what was filed") }
  }

  private static func fault(_ what: String) -> Refusal {
    .unfit("the page of the case does not agree with itself: \(what)")
  }
}
