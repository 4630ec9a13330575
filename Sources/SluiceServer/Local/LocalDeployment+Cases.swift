public import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// A part of the cases that the reader may see: those first that the reader may decide or filed, and
  /// in a part those first that wait for the reader.
  ///
  /// Only what is shown is folded. That others' cases were shown is recorded.
  public func cases(_ filter: CaseFilter, _ slice: Slice) async throws -> Listing<CaseLine> {
    try requireName()
    let place = try CaseShelf.Place(slice.after)
    let seats = try await seats(amongPersonsOf: filter.release)
    if filter.isMine, reader.principal == nil { return Listing([]) }
    let shelf = CaseShelf(ledger: ledger, filter: filter, seats: seats, now: clock())
    // One more than is shown says whether there is another part.
    let found = try await shelf.lines(after: place, limit: slice.count + 1)
    let shown = found.prefix(slice.count)
    var lines: [Case.ID: CaseLine] = [:]
    for seat in seats {
      let rows = shown.map(\.row).filter { $0.release == seat.release.id }
      for line in try await self.lines(rows, for: seat) { lines[line.id] = line }
    }
    let items = shown.compactMap { lines[$0.row.id] }
    return Listing(
      items.filter(\.waitsForMe) + items.filter { !$0.waitsForMe },
      next: found.count > shown.count ? shown.last?.place.description : nil
    )
  }

  private func lines(_ rows: [CaseRow], for seat: Seat) async throws -> [CaseLine] {
    let isOthers = rows.contains { row in
      !row.isOnRecord && row.requester != seat.principal
        && (row.beneficiary == nil || row.beneficiary != seat.principal)
    }
    if isOthers { try await record(.cases, of: seat.release.id) }
    var lines: [CaseLine] = []
    var rest = rows[...]
    while !rest.isEmpty {
      lines += try await folded(rest.prefix(Self.portion), for: seat)
      rest = rest.dropFirst(Self.portion)
    }
    return lines
  }

  /// How many cases are folded at once: what SQLite looks up in one question is limited.
  private static let portion = 64

  private func folded(_ rows: ArraySlice<CaseRow>, for seat: Seat) async throws -> [CaseLine] {
    let scope = rows.filter { !$0.isOnRecord }.reduce(Scope.levelOnly) { scope, row in
      scope.union(.case(row.id))
    }
    let seat = try await widened(seat, to: scope)
    return rows.compactMap { row in
      guard let asked = seat.release.cases[row.id] else { return nil }
      let evaluation = asked.isOpen ? evaluate(asked, in: seat.release, at: seat.now) : nil
      let waits = seat.principal.map { evaluation?.waits(for: $0, in: seat.release) ?? false }
      return CaseLine(
        asked,
        in: seat.release,
        waitsForMe: waits ?? false,
        waitsFor: reader == .operator ? evaluation?.waited(in: seat.release) ?? [] : []
      )
    }
  }
}
