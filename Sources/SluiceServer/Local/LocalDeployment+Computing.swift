public import SluiceAPI
internal import SluiceEncoding
public import SluiceGovernance
internal import SluiceLedger
internal import SluiceProof

extension LocalDeployment {
  /// Computes evidence about a tier and, unless it is only looked at, has the clerk sign and record it.
  ///
  /// For whoever has a role in the roster in force, as a `bind` is, and the operator: the numbers are the
  /// log's, so it makes no difference who asks for them. A cost of replication rests on what is declared, so
  /// over HTTP it is shown and not recorded. The clerk says nothing where the roster gives it no role
  /// (README join 12).
  ///
  /// - Throws: `Refusal.notEligible`, of the reader or of the clerk, before anything is written.
  public func compute(
    _ question: ComputeQuestion,
    of release: Release.ID
  ) async throws -> ComputedPage {
    try requireName()
    let seat = try await seat(in: release)
    guard let roster = seat.release.adoption?.roster else {
      throw Refusal.stale("no policy of \(release) is in force yet")
    }
    if let reader = reader.principal, !seat.release.hasRole(reader, in: roster, at: seat.now) {
      throw Refusal.notEligible(reader)
    }
    // What somebody declares is theirs: signed by the clerk it would pass S4 and `evidence-author` by.
    guard question.isDry || question.kind != .replicationCost || reader.principal == nil else {
      throw Refusal.unfit(
        "replication-cost rests on what you declare; see it with --dry-run and sign it as your own "
          + "evidence"
      )
    }
    let finding = try await ledger.finding(
      question.computation,
      about: question.tier,
      in: release,
      at: clock()
    )
    guard !question.isDry else { return ComputedPage(finding, recorded: nil) }
    guard !roster.roles(of: Self.clerk).isEmpty else { throw Refusal.notEligible(Self.clerk) }
    let statement = try Draft(
      by: Self.clerk,
      at: clock(),
      nonce: ledger.random(16),
      release: release,
      standing: try await standing()
    ).evidence(finding, about: question.tier, on: try await self.release(release))
    return ComputedPage(
      finding,
      recorded: try await submit([try signed(statement)], documents: [:])
    )
  }

  /// The deployment's own principal.
  private static let clerk: Principal.ID = "service:clerk"

  private func signed(_ statement: Statement) throws -> Envelope {
    let signature = try ledger.keys.clerk.sign(
      message: statement.canonical,
      namespace: statement.type.namespace
    )
    return Envelope(statement: statement.canonical, signature: Array(signature.armor.utf8))
  }
}

extension Release {
  /// Whether somebody holds a role, or stands in for who does.
  fileprivate func hasRole(
    _ principal: Principal.ID,
    in roster: Roster,
    at now: Instant
  ) -> Bool {
    !roster.roles(of: principal).isEmpty
      || delegations.contains { $0.delegate == principal && $0.isActive(at: now) }
  }
}

extension ComputeQuestion {
  /// The same as the ledger computes it.
  fileprivate var computation: Computation {
    get throws(Refusal) {
      switch kind {
      case .earlyAccess: return .earlyAccess(group)
      case .misuseWatch: return .misuseWatch
      case .uptake: return .uptake
      case .serviceLevel: return .serviceLevel
      case .replicationCost:
        guard let cost else { throw .unfit("replication-cost needs its inputs") }
        return .replicationCost(cost)
      }
    }
  }
}
