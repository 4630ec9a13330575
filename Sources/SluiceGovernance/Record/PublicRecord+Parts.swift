public import SluiceEncoding

extension PublicRecord {
  /// One version of policy and roster, with the texts that it names.
  public struct Version: Sendable {
    /// Somebody with a place in the roster.
    public struct Person: Hashable, Sendable {
      /// As the roster shows them.
      public let name: String
      /// The organisation, if the roster names one.
      public let organisation: String?
      /// The roles.
      public let roles: [Role.ID]
    }

    /// A text that people agree to.
    public struct Text: Hashable, Sendable {
      /// Its name.
      public let id: Terms.ID
      /// The digest of its bytes.
      public let sha256: SHA256Digest
      /// The text; `nil` if the ledger does not have it.
      public let text: String?
    }

    /// The rules, as they were written.
    public let policy: Policy
    /// The digest of the roster.
    public let roster: SHA256Digest
    /// The version of the roster.
    public let rosterVersion: Int
    /// The roster as it was written; `nil` if it shows somebody under another name than it has.
    public let rosterText: String?
    /// The people.
    public let people: [Person]
    /// The texts, in the order of the policy.
    public let terms: [Text]
    /// When it was adopted.
    public let at: Instant
    /// The number of the case.
    public let `case`: Int

    init(_ adoption: Release.Adoption, texts: [SHA256Digest: String], in release: Release) {
      policy = adoption.policy
      let roster = adoption.roster
      self.roster = roster.digest
      rosterVersion = roster.version
      let isOpen = roster.principals.allSatisfy { member in
        member.shown.map { $0.utf8.elementsEqual(member.id.name.utf8) } ?? true
      }
      rosterText = isOpen ? roster.text : nil
      let listed = roster.principals.map(\.id)
      let seated = roster.roles.flatMap(\.members).filter { !listed.contains($0) }
      people = (listed + seated.removingDuplicates).map { id in
        let member = roster.principal(id)
        return Person(
          name: member?.shown ?? id.name,
          organisation: member?.organisation?.name,
          roles: roster.roles(of: id)
        )
      }
      terms = adoption.policy.terms.compactMap { terms in
        adoption.terms[terms.id].map { Text(id: terms.id, sha256: $0, text: texts[$0]) }
      }
      at = adoption.at
      `case` = release.cases[adoption.case]?.number ?? 0
    }
  }

  /// A stage that has opened.
  public struct Stage: Hashable, Sendable {
    /// Its name.
    public let id: SluiceGovernance.Stage.ID
    /// Its place among the openings, from 0.
    public let order: Int
    /// When it opened.
    public let at: Instant
    /// Whether it admits everyone.
    public let isForEveryone: Bool
    /// Tier → manifest.
    public let tiers: [Tier.ID: SHA256Digest]

    init(_ id: SluiceGovernance.Stage.ID, _ opening: Release.Opening, in release: Release) {
      self.id = id
      order = opening.order
      at = opening.at
      isForEveryone = opening.isForEveryone
      tiers = opening.manifests
    }
  }

  /// A measurement, or a breach that was confirmed.
  public struct Measurement: Hashable, Sendable {
    /// The statement; `nil` of a breach, because who reported it is not part of the record.
    public let statement: Statement.ID?
    /// Who measured; `nil` of a breach.
    public let by: String?
    /// When it was taken in.
    public let at: Instant
    /// The kind.
    public let kind: String
    /// What it is about.
    public let manifest: SHA256Digest
    /// The tiers that stand for it.
    public let tiers: [Tier.ID]
    /// Name → decimal text.
    public let metrics: [String: String]
    /// How it was measured; empty of a breach.
    public let method: String
    /// File name → digest.
    public let attachments: [String: SHA256Digest]
    /// Whether everybody may read the attachments.
    public let publishes: Bool
    /// Who checked it.
    public let confirmedBy: [String]

    /// - Returns: `nil` of a report of a leak that nobody has confirmed.
    init?(_ evidence: Evidence, names: Names, in release: Release) {
      guard !evidence.isReport || !evidence.confirmations.isEmpty else { return nil }
      statement = evidence.isReport ? nil : evidence.id
      by = evidence.isReport ? nil : names.name(of: evidence.by)
      at = evidence.isReport ? evidence.confirmations[0].at : evidence.at
      kind = evidence.kind
      manifest = evidence.manifest
      tiers = (release.adoption?.policy.tiers ?? []).map(\.id)
        .filter { release.standing(of: $0) == evidence.manifest }
      metrics = evidence.metrics
      method = evidence.isReport ? "" : evidence.method
      attachments = evidence.attachments
      publishes = evidence.publishes
      confirmedBy = evidence.confirmations.map { names.name(of: $0.by) }
    }
  }

  /// A hold on a tier or a stage; never who placed it.
  public struct Closing: Hashable, Sendable {
    /// What was held, such as `tier:weights`.
    public let subject: String
    /// Why.
    public let code: ReasonCode
    /// Why, in words.
    public let text: String
    /// When it was placed.
    public let at: Instant
    /// When it ends by itself.
    public let until: Instant?
    /// When it was lifted.
    public let liftedAt: Instant?

    init(_ hold: Hold) {
      subject = hold.subject.description
      code = hold.code
      text = hold.text
      at = hold.placedAt
      until = hold.until
      liftedAt = hold.liftedAt
    }
  }

  /// A group: what its members are described by, and never who they are.
  public struct Described: Hashable, Sendable {
    /// The group.
    public let id: Group.ID
    /// Of each member who is or was in it: field → text, sorted.
    public let members: [[String: String]]

    init(_ group: Group, members: [[String: String]]) {
      id = group.id
      self.members = members.map { fields in
        fields.filter { name, _ in group.describe.contains { $0.utf8.elementsEqual(name.utf8) } }
      }.sorted { $0.list < $1.list }
    }
  }
}

extension [Principal.ID] {
  /// Each one once, where it comes first.
  fileprivate var removingDuplicates: [Principal.ID] {
    var seen: Set<Principal.ID> = []
    return filter { seen.insert($0).inserted }
  }
}
