internal import SluiceEncoding
public import SluiceGovernance

extension Draft {
  /// Commits to the answers of a form for a case that was filed before.
  ///
  /// - Parameters:
  ///   - answers: The answers.
  ///   - page: The case.
  ///   - policy: The policy that decides it.
  /// - Returns: The statement; its document is the answers'.
  /// - Throws: `othersCase` for somebody else's, `caseClosed` for one that has ended, `stale` for a
  ///   form that is not one of the policy's.
  public func answer(
    _ answers: AnswerDocument,
    on page: CasePage,
    under policy: Policy
  ) throws(Refusal) -> Statement {
    try page.check(of: release, at: standing)
    switch page.case.party {
    case .principal(by), .group: break
    case .principal, nil: throw .othersCase(page.case.number, whose: .beneficiary)
    }
    try requireOpen(page.case)
    try require(answers.form, of: policy, with: page.case.policy)
    return try answer(answers, for: page.case.id)
  }

  /// Commits to the answers of a form that is owed after a grant.
  ///
  /// - Parameters:
  ///   - answers: The answers.
  ///   - grant: The grant, which has ended.
  ///   - policy: The policy under which it was issued.
  /// - Returns: The statement; its document is the answers'.
  /// - Throws: `unknownGrant` for somebody else's, `unfit` for a form that is not owed, `stale`
  ///   before the grant has ended.
  public func answer(
    _ answers: AnswerDocument,
    after grant: GrantLine,
    under policy: Policy
  ) throws(Refusal) -> Statement {
    try requireHolder(of: grant)
    guard grant.owes.contains(where: { $0.act == .answer(answers.form.id) }) else {
      throw .unfit("form:\(answers.form.id) is not owed after this grant")
    }
    guard let end = grant.endsAt, end <= at else {
      throw .stale("nothing is owed before the grant has ended")
    }
    try require(answers.form, of: policy, with: grant.policy)
    return try statement(
      about: .init(name: "form:\(answers.form.id)", digest: answers.form.digest),
      saying: .answer(.grant(grant.id), commitment: answers.commitment)
    )
  }

  /// Agrees to a text of the release, byte for byte as its page shows it.
  ///
  /// - Throws: `unfit` for a text that there is not, `termsChanged` if the text is not what the page
  ///   names.
  public func accept(_ terms: Terms.ID, on page: ReleasePage) throws(Refusal) -> Statement {
    let policy = try page.rules(of: release)
    guard page.adoptedAt != nil else { throw .stale("no policy of \(release) is in force yet") }
    guard policy.terms(terms) != nil, let digest = page.terms[terms] else {
      let known = page.terms.keys.map(\.rawValue).sorted().joined(separator: ", ")
      throw .unfit("\(release) has no terms \(terms), only \(known)")
    }
    return try accept(
      Asking.Agreement(id: terms, sha256: digest),
      text: Array(page.texts[terms, default: ""].utf8)
    )
  }

  /// Agrees to a text that a case asks for, as it was when the policy that decides the case came into
  /// force.
  ///
  /// - Throws: `unknownCase` for somebody else's, `caseClosed` for one that has ended, `unfit` for a text
  ///   that it does not ask for.
  public func accept(_ terms: Terms.ID, on page: CasePage) throws(Refusal) -> Statement {
    try page.check(of: release, at: standing)
    switch page.case.party {
    case .principal(by), .group: break
    case .principal, nil: throw .unknownCase(page.case.id)
    }
    try requireOpen(page.case)
    guard let digest = page.terms[terms] else {
      throw .unfit("case \(page.case.number) asks for no terms \(terms)")
    }
    return try statement(about: .init(name: "terms:\(terms)", digest: digest), saying: .accept)
  }

  /// Agrees to a text that is owed after a grant, as it was under the policy of the grant.
  ///
  /// - Throws: `unknownGrant` for somebody else's, `unfit` for a text that is not owed, `stale` before
  ///   the grant has ended.
  public func accept(_ terms: Terms.ID, after grant: GrantLine) throws(Refusal) -> Statement {
    try requireHolder(of: grant)
    guard let owed = grant.owes.first(where: { $0.act == .accept(terms) }),
      let digest = owed.sha256
    else { throw .unfit("terms:\(terms) is not owed after this grant") }
    guard let end = grant.endsAt, end <= at else {
      throw .stale("nothing is owed before the grant has ended")
    }
    return try statement(about: .init(name: "terms:\(terms)", digest: digest), saying: .accept)
  }

  private func require(
    _ form: Form,
    of policy: Policy,
    with digest: SHA256Digest
  ) throws(Refusal) {
    guard policy.digest == digest else {
      throw .unfit("the policy that was read is not the one that decides here")
    }
    guard policy.form(form.id)?.digest == form.digest else {
      throw .stale("form:\(form.id) is not a form of the policy of this case")
    }
  }
}
