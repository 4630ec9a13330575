internal import Foundation
internal import GRDB
public import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Whether what the clock says makes things happen.
  public func clockState() async throws -> ClockState {
    try await database.read { db in try clockState(in: db) }
  }

  /// Records that the process's clock jumped forward, and stops what happens by time alone.
  ///
  /// The entry's time is that of the entry before: what the clock shows by now is what is in doubt. A
  /// further jump while the clock is in doubt changes nothing and is not recorded.
  ///
  /// - Parameter seconds: By how much it jumped.
  /// - Returns: The state afterwards.
  /// - Throws: `Refusal.unfit` for a jump of an hour or less; what SQLite threw.
  @discardableResult
  public func noteJump(of seconds: Int) async throws -> ClockState {
    guard seconds > ClockWatch.mostAhead else {
      throw Refusal.unfit("jump: \(seconds) seconds are no jump")
    }
    return try await database.write { db in
      guard try clockState(in: db) == .running else { return try clockState(in: db) }
      let last = try Int.fetchOne(db, sql: "SELECT at FROM event ORDER BY seq DESC LIMIT 1")
      guard let last else { throw Refusal.logCorrupt("the log has no entries") }
      try append(
        Event(clockIs: "paused", jump: seconds),
        at: Instant(seconds: last),
        in: db
      )
      return try clockState(in: db)
    }
  }

  /// Records that the operator says the clock is right, and lets happen what was held up.
  ///
  /// - Throws: `Refusal.stale` if it is not in doubt; `Refusal.clockUntrusted` if it is behind the log.
  public func confirmClock(at clock: Instant) async throws {
    try await database.write { db in
      let now = try logTime(clock, in: db)
      guard case .paused(_, let jump) = try clockState(in: db) else {
        throw Refusal.stale("the clock is not in doubt")
      }
      try append(Event(clockIs: "confirmed", jump: jump), at: now, in: db)
      try settle(at: now, in: db)
      try judgeWaiting(at: now, in: db)
    }
  }

  /// Judges every case that can have waited for the clock.
  private func judgeWaiting(at now: Instant, in db: Database) throws {
    var receipt = Receipt()
    let names = try String.fetchAll(db, sql: "SELECT id FROM release ORDER BY id")
    for name in names {
      let release = try fold(Release.ID(name), .levelOnly, in: db)
      let touched = release.touched(by: .clock(isPaused: false))
      try judge(touched, in: release, at: now, noting: &receipt, in: db)
    }
  }

  func clockState(in db: Database) throws -> ClockState {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT at, body FROM event WHERE kind = 'tick' ORDER BY seq DESC LIMIT 1"
      )
    )
    guard let row, let body: Data = row["body"] else { return .running }
    do {
      var fields = try JSONFields(
        try JSONValue(canonical: Array(body), format: "event"),
        format: "event"
      )
      guard try fields.string("state") == "paused" else { return .running }
      return .paused(since: Instant(seconds: row["at"]), jump: try fields.integer("jump"))
    } catch { throw Refusal.logCorrupt("tick: \(error)") }
  }
}
