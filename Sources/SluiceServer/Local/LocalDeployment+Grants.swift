public import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// The reader's own grants and those that their seats let them see, in order of issue.
  ///
  /// That others' grants were seen is recorded.
  public func grants(_ filter: GrantFilter) async throws -> [GrantLine] {
    try requireName()
    let seats = try await seats(amongPersonsOf: filter.release)
    if filter.isMine, reader.principal == nil { return [] }
    var lines: [(index: Int, line: GrantLine)] = []
    for seat in seats { lines += try await grants(filter, for: seat) }
    return lines.sorted { $0.index < $1.index }.map(\.line)
  }

  private func grants(
    _ filter: GrantFilter,
    for seat: Seat
  ) async throws -> [(index: Int, line: GrantLine)] {
    let name = seat.release.id
    let size = try await size(at: filter.at)
    let seat = try await widened(seat, to: scope(of: filter, for: seat), after: size)
    let release = seat.release
    let found = release.grants.values.filter { filter.asks(for: $0, in: release) }
      .filter { filter.isMine ? seat.owns($0) : seat.sees($0) }
    if found.contains(where: { $0.terms.audience != .everyone && !seat.owns($0) }) {
      try await record(.grants, of: name)
    }
    let successors = GrantLine.successors(in: release)
    return found.map { grant in
      let line = GrantLine(
        grant,
        number: release.cases[grant.terms.case]?.number,
        in: release,
        successors: successors,
        at: filter.at ?? seat.now
      )
      return (grant.index, line)
    }
  }

  /// How much of a release has to be folded to answer: all of it only for those who see others' grants.
  private func scope(of filter: GrantFilter, for seat: Seat) async throws -> Scope {
    let name = seat.release.id
    if let reference = filter.reference {
      let meant = try await ledger.grants(of: name, beginning: reference)
      return meant.reduce(.levelOnly) { $0.union(.case($1.terms.case)) }
    }
    if let holder = filter.holder { return try await scope(of: holder, in: name) }
    if !filter.isMine, seat.seesEverybody || seat.hasRole { return .whole }
    guard let principal = seat.principal else { return .levelOnly }
    return try await scope(of: principal, in: name)
  }
}

extension Seat {
  /// Whether a grant is the reader's own, in person or through a group.
  func owns(_ grant: Grant) -> Bool {
    if case .group(let group) = grant.terms.audience { isIn(group) } else { holds(grant) }
  }

  /// Whether a grant is the reader's own and nobody else's.
  func holds(_ grant: Grant) -> Bool {
    if case .principal(let holder) = grant.terms.audience { holder == principal } else { false }
  }
}

extension GrantFilter {
  /// Whether a grant is asked for; whose it is and who sees it is another question.
  fileprivate func asks(for grant: Grant, in release: Release) -> Bool {
    guard reference.map({ grant.id.rawValue.hasPrefix($0) }) ?? true else { return false }
    guard let holder else { return true }
    switch grant.terms.audience {
    case .everyone: return false
    case .principal(let principal): return principal == holder
    case .group(let group): return release.groups(of: holder).contains(group)
    }
  }
}
