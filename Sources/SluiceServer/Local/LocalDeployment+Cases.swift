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

  private func cases(_ filter: CaseFilter, for seat: Seat) async throws -> [CaseLine] {
    let scope: Scope = seat.seesEverybody || seat.hasRole ? .whole : .levelOnly
    let seat = try await widened(seat, to: filter.isMine ? .levelOnly : scope)
    let release = seat.release
    let found = release.cases.values.filter { asked in
      seat.sight(of: release.outline(of: asked)) >= .page
        && filter.admits(
          CaseLine(asked, in: release, waitsForMe: false),
          reader: reader.principal
        )
    }
    if found.contains(where: { !seat.isParty(to: $0) && !release.isOnRecord($0.filing) }) {
      try await record(.cases, of: release.id)
    }
    return found.map { asked in
      let evaluation = asked.isOpen ? evaluate(asked, in: release, at: seat.now) : nil
      let waits = seat.principal.map { evaluation?.waits(for: $0, in: release) ?? false }
      return CaseLine(asked, in: release, waitsForMe: waits ?? false)
    }
  }
}
