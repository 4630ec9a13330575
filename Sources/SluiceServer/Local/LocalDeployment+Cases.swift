public import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// The cases that the reader may see, those that wait for the reader first, else by number.
  ///
  /// That others' cases were shown is recorded.
  public func cases(_ filter: CaseFilter) async throws -> [CaseLine] {
    try requireName()
    let seats = try await seats(amongPersonsOf: filter.release)
    if filter.isMine, reader.principal == nil { return [] }
    var lines: [CaseLine] = []
    for seat in seats { lines += try await cases(filter, for: seat) }
    lines.sort { $0.number < $1.number }
    return lines.filter(\.waitsForMe) + lines.filter { !$0.waitsForMe }
  }

  /// The rows are chosen by what they say; only those that are shown are folded, many at once.
  private func cases(_ filter: CaseFilter, for seat: Seat) async throws -> [CaseLine] {
    let name = seat.release.id
    let rows = try await ledger.cases(
      of: name,
      state: filter.state,
      kind: filter.kind,
      stage: filter.stage,
      tier: filter.tier,
      requester: filter.requester,
      party: filter.isMine ? reader.principal : nil,
      isOverdue: filter.isOverdue
    ).filter { seat.sight(of: $0.outline) >= .page }
    let isOthers = rows.contains { row in
      !row.isOnRecord && row.requester != seat.principal
        && (row.beneficiary == nil || row.beneficiary != seat.principal)
    }
    if isOthers { try await record(.cases, of: name) }
    var lines: [CaseLine] = []
    var rest = rows[...]
    while !rest.isEmpty {
      lines += try await self.lines(rest.prefix(Self.portion), for: seat)
      rest = rest.dropFirst(Self.portion)
    }
    return lines
  }

  /// How many cases are folded at once: what SQLite looks up in one question is limited.
  private static let portion = 64

  private func lines(_ rows: ArraySlice<CaseRow>, for seat: Seat) async throws -> [CaseLine] {
    let scope = rows.filter { !$0.isOnRecord }.reduce(Scope.levelOnly) { scope, row in
      scope.union(.case(row.id))
    }
    let seat = try await widened(seat, to: scope)
    return rows.compactMap { row in
      guard let asked = seat.release.cases[row.id] else { return nil }
      let evaluation = asked.isOpen ? evaluate(asked, in: seat.release, at: seat.now) : nil
      let waits = seat.principal.map { evaluation?.waits(for: $0, in: seat.release) ?? false }
      return CaseLine(asked, in: seat.release, waitsForMe: waits ?? false)
    }
  }
}
