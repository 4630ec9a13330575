public import SluiceEncoding
public import SluiceGovernance

extension Draft {
  /// Proposes the next version of a policy, a roster or both; what is not given stays in force.
  ///
  /// - Parameters:
  ///   - policy: The next rules; `nil` keeps those in force.
  ///   - roster: The next people; `nil` keeps those in force.
  ///   - terms: The texts that the policy names and that are to change; of the others those in force
  ///     stay.
  ///   - rehearsal: What was run before, as a document.
  ///   - page: The release, in force.
  ///   - people: The roster in force.
  /// - Returns: The statement that begins the case, and its documents.
  /// - Throws: `stale` if nothing changes or nothing is in force yet, `unfit` if a version does not
  ///   continue the one before it, if the roster cannot fill the gates, or if a text is missing.
  public func adoption(
    policy: Policy?,
    roster: Roster?,
    terms: [Terms.ID: [UInt8]],
    rehearsal: [UInt8]? = nil,
    on page: ReleasePage,
    people: Roster
  ) throws(Refusal) -> (statement: Statement, documents: [SHA256Digest: [UInt8]]) {
    let rules = try page.rules(of: release)
    guard page.adoptedAt != nil else { throw .stale("no policy of \(release) is in force yet") }
    guard people.digest == page.rosterSHA256 else {
      throw .unfit("the roster that was read is not the one in force")
    }
    let (policy, roster) = (policy ?? rules, roster ?? people)
    var texts = terms
    for text in policy.terms where texts[text.id] == nil {
      texts[text.id] = page.texts[text.id].map { Array($0.utf8) }
    }
    let statement = try amendment(
      policy: policy,
      roster: roster,
      terms: texts,
      rehearsal: rehearsal
    )
    guard
      policy.digest != rules.digest || roster.digest != people.digest
        || texts.mapValues({ SHA256Digest(of: $0) }) != page.terms
    else { throw .stale("this policy, roster and texts are in force") }
    let faults =
      (policy.digest == rules.digest ? [] : policy.check(adopted: rules))
      + (roster.digest == people.digest ? [] : roster.check(adopted: people))
      + policy.conflicts(with: roster)
    if let fault = faults.first {
      throw .unfit(
        "the policy and the roster do not fit: \(fault.code) \(fault.path): \(fault.message)"
      )
    }
    return (
      statement,
      Self.documents(policy: policy, roster: roster, terms: texts, rehearsal: rehearsal)
    )
  }
}
