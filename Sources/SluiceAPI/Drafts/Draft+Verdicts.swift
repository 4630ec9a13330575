internal import SluiceEncoding
public import SluiceGovernance

extension Draft {
  /// Consents to a case as its page shows it.
  ///
  /// - Throws: The refusal that the ledger would give, as far as the page tells, and `unfit` if the
  ///   page does not agree with itself.
  public func approve(_ page: CasePage, reason: String = "") throws(Refusal) -> Statement {
    try verdict(page, reason: reason) { .approve($0) }
  }

  /// Refuses a case as its page shows it; the reason must say something.
  public func deny(
    _ page: CasePage,
    _ code: ReasonCode,
    reason: String
  ) throws(Refusal) -> Statement {
    try verdict(page, reason: reason) { .deny($0, code) }
  }

  private func verdict(
    _ page: CasePage,
    reason: String,
    _ body: (Statement.Verdict) -> Statement.Body
  ) throws(Refusal) -> Statement {
    try page.check(of: release, at: standing)
    let line = page.case
    guard by != line.requester, by != line.beneficiary else { throw .ownCase(line.number) }
    guard line.state != .returned else { throw .caseReturned(line.number) }
    guard line.state == .open else { throw .caseClosed(line.number, line.state) }
    let revision: SHA256Digest
    do throws(Malformed) { revision = try SHA256Digest(hex: line.revision.rawValue) } catch {
      throw .unfit(error.description)
    }
    return try statement(
      about: .init(name: "revision", digest: revision),
      saying: body(
        Statement.Verdict(
          case: line.id,
          revision: line.revision,
          policy: line.policy,
          manifests: page.manifests,
          reason: reason
        )
      )
    )
  }
}

extension CasePage {
  /// Compares what the page shows with the statement that began the case, and with itself.
  ///
  /// The id of a case is the digest of that statement, so a page that shows other tiers, another
  /// beneficiary, other manifests or another purpose than were asked for is found out here, whoever
  /// made it. What a stage has pinned for the tiers of an access case is not in that statement; the
  /// verdict names it, and the ledger compares.
  ///
  /// - Throws: `Refusal.unfit`, naming what does not agree.
  public func check(of release: Release.ID, at standing: Standing) throws(Refusal) {
    guard SHA256Digest(of: filing).hex == `case`.id.rawValue else {
      throw Self.fault("the id is not the digest of what was filed")
    }
    let filed: Statement
    do throws(Malformed) { filed = try Statement(canonical: filing) } catch {
      throw Self.fault("what was filed cannot be read: \(error)")
    }
    guard filed.release == release, `case`.release == release else {
      throw Self.fault("the case is about another release")
    }
    guard filed.audience.utf8.elementsEqual(standing.origin.utf8) else {
      throw Self.fault("the case was filed at another deployment")
    }
    guard filed.by == `case`.requester else { throw Self.fault("requester") }
    guard `case`.revision.rawValue == `case`.id.rawValue else {
      throw Self.fault("the revision is not what was filed")
    }
    guard case .file(let filing) = filed.body else { throw Self.fault("it was not filed") }
    try check(filing)
    let explained = explanation.objectValue
    guard explained?["subject"]?.stringValue == "case:\(`case`.id)",
      explained?["policy"]?.stringValue == "sha256:\(`case`.policy.hex)"
    else { throw Self.fault("the explanation is about another case or policy") }
  }

  private func check(_ filing: Statement.Filing) throws(Refusal) {
    switch filing {
    case .amend(let policy, _, _):
      try demand(`case`.kind == .amend, "kind")
      try demand(`case`.policy == policy, "policy")
      try demand(manifests.isEmpty && `case`.tiers.isEmpty, "tiers")
    case .open(let stage, let asked):
      try demand(`case`.kind == .open, "kind")
      try demand(`case`.stage == stage, "stage")
      try demand(manifests == asked, "manifests")
      try demand(Set(`case`.tiers) == Set(asked.keys), "tiers")
    case .access(let stage, let tiers, let beneficiary, let purpose):
      try demand(`case`.kind == .access, "kind")
      try demand(`case`.stage == stage, "stage")
      try demand(`case`.tiers == tiers && Set(manifests.keys).isSubset(of: tiers), "tiers")
      try demand(`case`.beneficiary == beneficiary, "beneficiary")
      try demand(`case`.purpose.utf8.elementsEqual(purpose.utf8), "purpose")
    }
  }

  private func demand(_ isAsFiled: Bool, _ what: String) throws(Refusal) {
    guard isAsFiled else { throw Self.fault("\(what) is not what was filed") }
  }

  private static func fault(_ what: String) -> Refusal {
    .unfit("the page of the case does not agree with itself: \(what)")
  }
}
