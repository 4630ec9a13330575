public import SluiceEncoding
public import SluiceGovernance

extension Deployment {
  /// Reads what an instruction is about and composes its statements; nothing is written.
  ///
  /// What both sides of ``drafts(_:)`` use: the server as the asker, a command as its reader.
  ///
  /// - Parameters:
  ///   - instruction: The verb, with its release and who will say it where they must be named.
  ///   - now: The signer's clock.
  ///   - random: So many random bytes.
  /// - Returns: The statements with their documents.
  /// - Throws: `Refusal` as ``Drafting`` does; `noToken` if nobody says who will sign.
  public func compose(
    _ instruction: Instruction,
    at now: Instant,
    random: @escaping @Sendable (Int) -> [UInt8]
  ) async throws -> Drafted {
    let standing = try await standing()
    guard let by = instruction.by ?? standing.principal else { throw Refusal.noToken }
    var pages = try await pages(of: instruction.verb, in: instruction.release)
    guard let release = instruction.release ?? pages.named else {
      throw Refusal.unfit("name the release: OWNER/NAME")
    }
    if case .request(let wish) = instruction.verb, let page = pages.release {
      pages.earlier = try await earlier(
        of: by,
        asking: Asking(for: wish.tiers, through: wish.stage, on: page),
        for: wish.beneficiary,
        in: release
      )
    }
    let drafting = Drafting(
      by: by,
      at: now,
      release: release,
      standing: standing,
      random: random
    )
    return try drafting.statements(of: instruction.verb, on: pages)
  }

  /// What a verb is about, as the deployment shows it.
  ///
  /// - Parameters:
  ///   - verb: The verb.
  ///   - release: The release, where no page says it.
  /// - Returns: The pages of the verb's sources.
  /// - Throws: Whatever the deployment does, and `unfit` where nothing says which release is meant.
  public func pages(of verb: Verb, in release: Release.ID?) async throws -> Pages {
    var pages = Pages()
    for source in verb.sources { try await read(source, into: &pages, in: release) }
    return pages
  }

  private func read(
    _ source: Verb.Source,
    into pages: inout Pages,
    in release: Release.ID?
  ) async throws {
    switch source {
    case .release: pages.release = try await self.release(try named(release, pages))
    case .roster:
      guard let page = pages.release else { return }
      pages.roster = try Roster(text: try await text(page.rosterSHA256, of: page.release))
    case .case(let reference): pages.case = try await self.case(reference)
    case .policyOfCase:
      guard let line = pages.case?.case else { return }
      pages.policy = try Policy(text: try await text(line.policy, of: line.release))
    case .grant(let reference): pages.grant = try await grant(reference, in: release)
    case .policyOfGrant:
      guard let grant = pages.grant else { return }
      pages.policy = try Policy(text: try await text(grant.policy, of: grant.release))
    case .hold(let reference): pages.hold = try await hold(reference, in: release)
    case .evidence(let reference):
      pages.evidence = try await evidence(
        EvidenceFilter(release: release, reference: try digits(reference))
      )
    case .credential(let reference):
      pages.credentials = try await credentials(
        CredentialFilter(release: release, reference: try digits(reference))
      )
    case .members(let group):
      let filter = MemberFilter(release: try named(release, pages), group: group)
      pages.members = try await members(filter)
    }
  }

  /// The one grant whose id begins with `reference`.
  ///
  /// - Throws: `Refusal.unknownGrant` for none, for several and for fewer than six digits.
  public func grant(_ reference: String, in release: Release.ID? = nil) async throws -> GrantLine {
    let unknown = Refusal.unknownGrant(Grant.ID(reference))
    guard Query.isReference(reference) else { throw unknown }
    let found = try await grants(GrantFilter(release: release, reference: reference))
    guard let grant = found.first, found.count == 1 else { throw unknown }
    return grant
  }

  /// The one hold whose id begins with `reference`, ended or not.
  ///
  /// - Throws: `Refusal.unknownHold` for none, for several and for fewer than six digits.
  public func hold(_ reference: String, in release: Release.ID? = nil) async throws -> HoldLine {
    let unknown = Refusal.unknownHold(Hold.ID(reference))
    guard Query.isReference(reference) else { throw unknown }
    let found = try await holds(
      HoldFilter(release: release, reference: reference, includesEnded: true)
    )
    guard let hold = found.first, found.count == 1 else { throw unknown }
    return hold
  }

  private func digits(_ reference: String) throws(Refusal) -> String {
    guard Query.isReference(reference) else { throw .unknownStatement(Statement.ID(reference)) }
    return reference
  }

  private func named(_ release: Release.ID?, _ pages: Pages) throws(Refusal) -> Release.ID {
    guard let release = release ?? pages.named else { throw .unfit("name the release: OWNER/NAME") }
    return release
  }

  private func text(_ sha256: SHA256Digest, of release: Release.ID) async throws -> String {
    let bytes = try await document(sha256, of: release)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Malformed("document", "not text in UTF-8")
    }
    return text
  }
}
