public import SluiceEncoding
public import SluiceGovernance

extension Draft {
  /// Proposes version 1 of a policy and a roster, with the texts that people will agree to.
  ///
  /// - Parameters:
  ///   - policy: The rules.
  ///   - roster: The people.
  ///   - terms: The texts by name, exactly those of the policy.
  ///   - rehearsal: What was run before, as a document.
  /// - Returns: The statement that begins the case; its documents are those of
  ///   ``documents(policy:roster:terms:rehearsal:)``.
  /// - Throws: `Refusal.unfit` for a text that is missing, not the policy's, or not the one it ties
  ///   down.
  public func amendment(
    policy: Policy,
    roster: Roster,
    terms: [Terms.ID: [UInt8]],
    rehearsal: [UInt8]? = nil
  ) throws(Refusal) -> Statement {
    var digests: [Terms.ID: SHA256Digest] = [:]
    for text in policy.terms {
      guard let bytes = terms[text.id] else {
        throw .unfit("terms.\(text.id): \(text.file) is missing")
      }
      let digest = SHA256Digest(of: bytes)
      guard text.sha256 == nil || text.sha256 == digest else {
        throw .unfit("terms.\(text.id): \(text.file) has not the digest that the policy demands")
      }
      digests[text.id] = digest
    }
    if let other = terms.keys.first(where: { policy.terms($0) == nil }) {
      throw .unfit("terms.\(other): the policy has no such text")
    }
    return try statement(
      about: .init(name: "policy", digest: policy.digest),
      saying: .file(
        .amend(
          policy: policy.digest,
          roster: roster.digest,
          terms: digests,
          rehearsal: rehearsal.map { SHA256Digest(of: $0) }
        )
      )
    )
  }

  /// The documents that go with an amendment, each under its digest.
  public static func documents(
    policy: Policy,
    roster: Roster,
    terms: [Terms.ID: [UInt8]],
    rehearsal: [UInt8]? = nil
  ) -> [SHA256Digest: [UInt8]] {
    var documents = [
      policy.digest: Array(policy.text.utf8), roster.digest: Array(roster.text.utf8),
    ]
    for bytes in terms.values + [rehearsal].compactMap({ $0 }) {
      documents[SHA256Digest(of: bytes)] = bytes
    }
    return documents
  }

  /// Asks that a stage open, with its tiers as they are bound now.
  ///
  /// - Throws: `Refusal.tierUnbound` for a tier that stands for nothing yet; `unfit` or `stale` if
  ///   there is no such stage, or it is open.
  public func opening(_ stage: Stage.ID, on page: ReleasePage) throws(Refusal) -> Statement {
    let policy = try page.rules(of: release)
    guard page.adoptedAt != nil else { throw .stale("no policy of \(release) is in force yet") }
    guard let offer = policy.stage(stage) else {
      throw .unfit("\(release) has no stage \(stage); \(policy.advice(on: stage))")
    }
    guard page.stage(stage)?.isOpen != true else { throw .stale("stage \(stage) is open") }
    var manifests: [Tier.ID: SHA256Digest] = [:]
    for tier in offer.offers where policy.tier(tier)?.kind != .service {
      guard let manifest = page.tier(tier)?.manifest else { throw .tierUnbound(tier) }
      manifests[tier] = manifest
    }
    return try statement(
      about: .init(name: "stage:\(stage)", in: release),
      saying: .file(.open(stage, manifests: manifests))
    )
  }
}

extension Policy {
  /// What to say about a stage that there is not.
  func advice(on stage: Stage.ID) -> String {
    Spelling.advice(on: stage.rawValue, among: stages.map(\.id.rawValue))
  }

  /// What to say about a tier that there is not.
  func advice(on tier: Tier.ID) -> String {
    Spelling.advice(on: tier.rawValue, among: tiers.map(\.id.rawValue))
  }
}

extension ReleasePage {
  /// The policy that the page shows, read from its text and compared with its digest.
  ///
  /// - Throws: `Refusal.unfit` if the page does not agree with itself, or is about another release.
  public func rules(of release: Release.ID) throws(Refusal) -> Policy {
    guard release == self.release else { throw .unfit("the page is about \(self.release)") }
    let read: Policy
    do throws(PolicyFaults) { read = try Policy(text: policy) } catch {
      throw .unfit("the policy that the deployment shows cannot be read: \(error)")
    }
    guard read.digest == policySHA256 else {
      throw .unfit("the policy that the deployment shows has not the digest that it names")
    }
    try check(against: read)
    return read
  }

  /// What the page shows besides must be the policy's: whoever answers a form or agrees to a text
  /// reads it there.
  private func check(against policy: Policy) throws(Refusal) {
    guard forms == policy.forms.map({ FormLine($0) }) else {
      throw .unfit("the forms that the deployment shows are not those of its policy")
    }
    guard groups == policy.groups.map({ GroupLine($0) }) else {
      throw .unfit("the groups that the deployment shows are not those of its policy")
    }
    for (id, text) in texts.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    where SHA256Digest(of: Array(text.utf8)) != terms[id] {
      throw .termsChanged("terms:\(id)")
    }
  }
}
