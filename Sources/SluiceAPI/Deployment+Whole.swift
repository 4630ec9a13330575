public import SluiceEncoding
public import SluiceGovernance

extension Deployment {
  /// All cases that the reader may see, those that wait for the reader first, else by number.
  public func cases(_ filter: CaseFilter) async throws -> [CaseLine] {
    let lines = try await whole { try await cases(filter, $0) }.sorted { $0.number < $1.number }
    return lines.filter(\.waitsForMe) + lines.filter { !$0.waitsForMe }
  }

  /// All who may obtain something of a release at an instant.
  public func who(_ question: WhoQuestion) async throws -> [WhoLine] {
    try await whole { try await who(question, $0) }
  }

  /// All that was received, earliest first.
  public func possessions(_ question: PossessionQuestion) async throws -> [PossessionLine] {
    try await whole { slice in
      let page = try await possessions(question, slice)
      return Listing(page.items, next: page.next)
    }
  }

  /// A list with all its parts.
  private func whole<Item>(
    _ part: (Slice) async throws -> Listing<Item>
  ) async throws -> [Item] {
    var found = try await part(Slice(limit: Slice.most))
    var items = found.items
    while let next = found.next {
      found = try await part(Slice(limit: Slice.most, after: next))
      items += found.items
    }
    return items
  }

  /// Why a case stands where it stands; with an instant, where it stood then.
  public func explanation(of reference: String, at: Instant?) async throws -> ExplanationPage {
    try await explanation(of: reference, ExplanationQuestion(at: at))
  }

  /// Whether `principal`, or the reader, may obtain a tier at an instant, and why.
  public func access(
    of principal: Principal.ID?,
    to release: Release.ID,
    tier: Tier.ID,
    at: Instant?
  ) async throws -> AccessPage {
    try await access(AccessQuestion(principal: principal, release: release, tier: tier, at: at))
  }
}
