public import SluiceEncoding

extension Release {
  /// The texts that people agree to where a version of the policy counts: name → digest of the bytes.
  ///
  /// A case keeps the version under which it was filed, and a grant the one under which it was issued:
  /// what they ask for stays what that version named, whatever came after it (governance-domain 14).
  ///
  /// - Parameter policy: The digest of the version; one that was never adopted is judged by the texts in
  ///   force.
  /// - Returns: The texts as they were last adopted with it.
  public func terms(under policy: SHA256Digest) -> [Terms.ID: SHA256Digest] {
    (adoptions.last { $0.policy.digest == policy } ?? adoption)?.terms ?? [:]
  }

  /// A text can be agreed to while it is in force, and while something that is pinned to an earlier
  /// version asks the signer for it.
  func checkAcceptance(_ statement: Statement, at now: Instant) throws(Refusal) {
    guard let adoption else { throw .unknownRelease(id) }
    let digest = statement.subject.digest
    guard
      adoption.terms.values.contains(digest) || isAsked(for: digest, of: statement.by, at: now)
    else { throw .termsChanged(statement.subject.name) }
  }

  /// Whether an open case of somebody, a grant of a group in which they are, or a grant after which
  /// they owe something asks them for a text.
  private func isAsked(
    for digest: SHA256Digest,
    of signer: Principal.ID,
    at now: Instant
  ) -> Bool {
    cases.values.contains { asked in
      guard asked.isOpen, asked.agreeing == signer, let policy = policy(of: asked) else {
        return false
      }
      let texts = terms(under: asked.policy)
      return policy.branches(of: asked.gate).flatMap(\.parts).contains { part in
        guard case .accept(let terms) = part.requirement else { return false }
        return texts[terms] == digest
      }
    } || grants.values.contains { binds(signer, to: digest, $0, at: now) }
  }

  private func binds(
    _ signer: Principal.ID,
    to digest: SHA256Digest,
    _ grant: Grant,
    at now: Instant
  ) -> Bool {
    switch grant.terms.audience {
    case .everyone: return false
    case .group(let group):
      return grant.terms.terms.values.contains(digest) && groups(of: signer).contains(group)
        && grant.endsAt.map { now < $0 } ?? true
    case .principal(let holder):
      let texts = terms(under: grant.terms.policy)
      return holder == signer
        && obligations(of: grant).contains { owed in
          guard case .accept(let terms) = owed.act else { return false }
          return texts[terms] == digest
        }
    }
  }
}

extension Case {
  /// Who accepts: the beneficiary, of a group the manager who asks for it.
  var agreeing: Principal.ID? {
    if case .group = party { requester } else { beneficiary }
  }
}
