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

  /// Asks the requester for changes; the reason must say which.
  public func `return`(_ page: CasePage, reason: String) throws(Refusal) -> Statement {
    try judge(page)
    guard page.case.kind != .review else { throw .unfit("a review cannot be worded anew") }
    return try statement(
      about: .init(name: "revision", digest: try digest(of: page.case.revision)),
      saying: .return(case: page.case.id, revision: page.case.revision, reason: reason)
    )
  }

  /// Says that one shall not count in a case; it cannot be taken back.
  public func recuse(_ page: CasePage, reason: String = "") throws(Refusal) -> Statement {
    try page.check(of: release, at: standing)
    try requireOpen(page.case)
    return try statement(
      about: .init(name: "case", digest: try digest(of: page.case.id)),
      saying: .recuse(reason: reason)
    )
  }

  private func verdict(
    _ page: CasePage,
    reason: String,
    _ body: (Statement.Verdict) -> Statement.Body
  ) throws(Refusal) -> Statement {
    try judge(page)
    let line = page.case
    return try statement(
      about: .init(name: "revision", digest: try digest(of: line.revision)),
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

  /// Whether the signer may judge the case, as far as its page tells.
  private func judge(_ page: CasePage) throws(Refusal) {
    try page.check(of: release, at: standing)
    let line = page.case
    guard by != line.requester, by != line.beneficiary else { throw .ownCase(line.number) }
    guard by.kind != .service else { throw .notEligible(by) }
    if let why = page.exclusion(of: by) {
      throw why == .requester || why == .beneficiary
        ? .ownCase(line.number) : .recused(line.number, why: why)
    }
    guard line.state != .returned else { throw .caseReturned(line.number) }
    try requireOpen(line)
  }

  /// Refuses a case that has ended.
  func requireOpen(_ line: CaseLine) throws(Refusal) {
    guard line.state == .open || line.state == .returned else {
      throw .caseClosed(line.number, line.state)
    }
  }

  /// The digest that an identity is.
  func digest(of id: Identifier<some Any>) throws(Refusal) -> SHA256Digest {
    do throws(Malformed) { return try SHA256Digest(hex: id.rawValue) } catch {
      throw .unfit(error.description)
    }
  }
}

extension CasePage {
  /// Why nothing counts that somebody says in the case, as far as the page tells: whoever recused
  /// themself never counts, and its reader is told.
  func exclusion(of head: Principal.ID) -> Evaluation.Exclusion.Reason? {
    if history.contains(where: { $0.kind == "recuse" && $0.by == head }) { return .recused }
    return excluded.flatMap { $0.head == head ? $0.why : nil }
  }
}
