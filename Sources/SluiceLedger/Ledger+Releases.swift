internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// Sets the name of a release aside, so that its first policy can be proposed (README join 12).
  ///
  /// Only the operator can, and each time for one proposal: whoever is in the roster that he proposes
  /// himself could otherwise take over a name whose first proposal was denied. Until a proposal is
  /// open or in force this may be called again.
  ///
  /// - Throws: `Refusal.unfit` if the name is taken, or is not OWNER/NAME.
  public func reserve(_ release: Release.ID, at clock: Instant) async throws {
    do throws(Malformed) { _ = try Release.ID(parsing: release.rawValue) } catch {
      throw Refusal.unfit("\(error)")
    }
    try await database.write { db in
      let now = try logTime(clock, in: db)
      let state = try fold(release, .levelOnly, in: db)
      guard state.adoption == nil, !state.cases.values.contains(where: \.isOpen) else {
        throw Refusal.unfit("\(release): the name is taken")
      }
      try db.execute(
        sql: """
          INSERT INTO release (id, reserved_at, awaits) VALUES (?, ?, 1)
          ON CONFLICT DO UPDATE SET awaits = 1
          """,
        arguments: [release.rawValue, now.seconds]
      )
    }
  }

  /// The names that were set aside, sorted.
  public func releases() async throws -> [Release.ID] {
    try await database.read { db in
      try String.fetchAll(db, sql: "SELECT id FROM release ORDER BY id").map { Release.ID($0) }
    }
  }

  func isReserved(_ release: Release.ID, in db: Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: "SELECT EXISTS (SELECT 1 FROM release WHERE id = ?)",
      arguments: [release.rawValue]
    ) ?? false
  }

  /// Whether the name was set aside for a proposal that has not come yet.
  func isAwaited(_ release: Release.ID, in db: Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: "SELECT awaits FROM release WHERE id = ?",
      arguments: [release.rawValue]
    ) ?? false
  }

  /// Refuses a proposal for which the name was not set aside, and takes it otherwise.
  func takeName(of release: Release, for signer: Principal.ID, in db: Database) throws {
    try db.execute(
      sql: "UPDATE release SET awaits = 0 WHERE id = ? AND awaits = 1",
      arguments: [release.id.rawValue]
    )
    guard db.changesCount == 1 else {
      throw release.hasBusiness(signer)
        ? Refusal.stale("the operator has not set the name aside for another proposal")
        : Refusal.unknownRelease(release.id)
    }
  }
}
