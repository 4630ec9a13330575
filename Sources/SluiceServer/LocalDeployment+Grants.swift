public import SluiceAPI
internal import SluiceEncoding
public import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// The reader's own grants and, where the reader holds a role, all of the release; in order of
  /// issue.
  public func grants(_ filter: GrantFilter) async throws -> [GrantLine] {
    try requireName()
    let now = clock()
    let at = filter.at ?? now
    var found: [Grant.ID: Grant] = [:]
    if let principal = reader.principal {
      for grant in try await ledger.grants(of: filter.release, heldBy: principal) {
        found[grant.id] = grant
      }
    }
    var releases: [Release.ID] = []
    if let release = filter.release {
      releases = [try await seat(in: release).release.id]
    } else {
      releases = try await ledger.releases()
    }
    if !filter.isMine {
      for id in releases {
        let release = try await ledger.release(id, scope: .levelOnly)
        guard Seat(reader: reader, release: release).hasRole else { continue }
        for grant in try await ledger.grants(of: id) { found[grant.id] = grant }
      }
    }
    let size = at < now ? try await ledger.size(at: at) : Int.max
    let numbers = try await numbers(in: Set(found.values.map(\.terms.release)))
    return found.values.filter { $0.index < size }.sorted { $0.index < $1.index }
      .map { GrantLine($0, number: numbers[$0.terms.case], at: at) }
  }

  /// Who received which weights, for the operator, the release's stewards and auditors.
  public func possessions(_ question: PossessionQuestion) async throws -> [Possession] {
    try requireName()
    var isAuditor = false
    if let principal = reader.principal {
      isAuditor = try await ledger.registration(principal)?.isAuditor ?? false
    }
    if isAuditor {
      _ = try await ledger.release(question.release, scope: .levelOnly)
    } else {
      guard try await seat(in: question.release).isSteward else { throw Refusal.notForYou }
    }
    return try await ledger.possessions(
      of: question.release,
      tier: question.tier,
      file: question.file,
      sha256: question.sha256,
      at: question.at
    )
  }

  private func numbers(in releases: Set<Release.ID>) async throws -> [Case.ID: Int] {
    var numbers: [Case.ID: Int] = [:]
    for release in releases {
      for row in try await ledger.cases(of: release) { numbers[row.id] = row.number }
    }
    return numbers
  }
}
