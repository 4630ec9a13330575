internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

/// The cases that somebody may see, in the order in which lists show them, found without folding one.
///
/// First those that wait before a gate at which the reader has a seat and has not spoken, and the
/// reader's own open ones; then all others; each by number.
struct CaseShelf {
  /// After which case a part begins.
  struct Place: Hashable, CustomStringConvertible {
    /// Whether those that come first are not at their end.
    let isFirst: Bool
    /// After this number.
    let number: Int

    var description: String { "\(isFirst ? "first" : "rest")-\(number)" }

    init(isFirst: Bool, number: Int) {
      self.isFirst = isFirst
      self.number = number
    }

    /// Reads ``description``; without a text it is the beginning.
    init(_ text: String?) throws(Malformed) {
      guard let text else {
        self.init(isFirst: true, number: 0)
        return
      }
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, ["first", "rest"].contains(parts[0]), let number = Int(parts[1]),
        number > 0
      else { throw Malformed("query", "after: no place that a list gave as next") }
      self.init(isFirst: parts[0] == "first", number: number)
    }
  }

  /// A case and where it stands.
  struct Line {
    let row: CaseRow
    let place: Place
  }

  let ledger: Ledger
  let filter: CaseFilter
  let seats: [Seat]
  let now: Instant

  /// The next cases after a place.
  func lines(after place: Place, limit: Int) async throws -> [Line] {
    var lines: [Line] = []
    if place.isFirst {
      let found = try await merged(limit) { seat in
        try await first(for: seat, after: place.number, limit: limit)
      }
      lines = found.map { Line(row: $0, place: Place(isFirst: true, number: $0.number)) }
    }
    guard lines.count < limit else { return lines }
    let left = limit - lines.count
    let others = try await merged(left) { seat in
      try await rest(for: seat, after: place.isFirst ? 0 : place.number, limit: left)
    }
    return lines + others.map { Line(row: $0, place: Place(isFirst: false, number: $0.number)) }
  }

  private func merged(
    _ limit: Int,
    _ find: (Seat) async throws -> [CaseRow]
  ) async throws -> [CaseRow] {
    var rows: [CaseRow] = []
    for seat in seats { rows += try await find(seat) }
    return Array(rows.sorted { $0.number < $1.number }.prefix(limit))
  }

  private func first(for seat: Seat, after number: Int, limit: Int) async throws -> [CaseRow] {
    guard let reader = seat.principal else { return [] }
    var rows: [CaseRow] = []
    for state in [Case.State.open, .returned] {
      rows += try await ledger.cases(
        of: seat.release.id,
        state: state,
        party: reader,
        after: number
      )
    }
    rows += try await waiting(for: seat, after: number, limit: limit) { _ in true }
    return rows.filter { admits($0, to: seat) }.sorted { $0.number < $1.number }
  }

  private func rest(for seat: Seat, after number: Int, limit: Int) async throws -> [CaseRow] {
    var rows: [CaseRow] = []
    var last = number
    while rows.count < limit {
      let part = try await ledger.cases(
        of: seat.release.id,
        state: filter.state,
        kind: filter.kind,
        stage: filter.stage,
        tier: filter.tier,
        requester: filter.requester,
        party: filter.isMine || seat.seesOnlyOwn ? seat.principal : nil,
        isOverdue: filter.isOverdue,
        after: last,
        limit: limit
      )
      guard let end = part.last?.number else { break }
      var earlier: Set<Int> = []
      if part.contains(where: { $0.state == .open }) {
        let waiting = try await waiting(for: seat, after: last, limit: .max) { $0.number <= end }
        earlier = Set(waiting.map(\.number))
      }
      rows += part.filter { row in
        admits(row, to: seat) && !earlier.contains(row.number) && !(isOwn(row, of: seat))
      }
      last = end
      if part.count < limit { break }
    }
    return rows
  }

  /// What stands before a gate at which the reader has a seat and has not judged that wording.
  private func waiting(
    for seat: Seat,
    after number: Int,
    limit: Int,
    while isMeant: (CaseRow) -> Bool
  ) async throws -> [CaseRow] {
    guard let reader = seat.principal, seat.hasRole else { return [] }
    var rows: [CaseRow] = []
    var place: Queue.Place? = Queue.Place(isMine: true, number: number)
    while let begin = place, begin.isMine, rows.count < limit {
      let part = try await ledger.queue(
        of: seat.release.id,
        for: reader,
        after: begin,
        limit: min(limit, Slice.most),
        at: now
      )
      let mine = part.lines.prefix { $0.isMine && isMeant($0.case) }
      rows += mine.filter { !$0.hasSpoken && admits($0.case, to: seat) }.map(\.case)
      if mine.count < part.lines.count { break }
      place = part.next
    }
    return rows
  }

  /// Whether a case is the reader's own and not at its end.
  private func isOwn(_ row: CaseRow, of seat: Seat) -> Bool {
    guard let reader = seat.principal, [.open, .returned].contains(row.state) else { return false }
    return row.requester == reader || row.beneficiary == reader
  }

  private func admits(_ row: CaseRow, to seat: Seat) -> Bool {
    (filter.state == nil || row.state == filter.state)
      && (filter.kind == nil || row.kind == filter.kind)
      && (filter.stage == nil || row.stage == filter.stage)
      && (filter.tier.map { row.tiers.contains($0) } ?? true)
      && (filter.requester == nil || row.requester == filter.requester)
      && (!filter.isMine || row.requester == seat.principal || row.beneficiary == seat.principal)
      && (!filter.isOverdue || row.isOverdue && row.endedAt == nil)
      && seat.sight(of: row.outline) >= .page
  }
}
