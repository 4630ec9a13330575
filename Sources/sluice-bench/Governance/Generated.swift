import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// A generated deployment on the disk: built once, kept, and opened again by later runs.
struct Generated {
  let scale: Scale
  let ledger: Ledger
  let grounds: [Groundwork.Ground]

  /// The ledger's file.
  var path: String { ledger.home?.database.path(percentEncoded: false) ?? "" }

  /// Opens the deployment of a scale in `folder`, and builds it if it is not there.
  static func open(_ scale: Scale, in folder: URL) async throws -> Generated {
    let place = folder.appending(
      path: "deliveries-\(scale.deliveries)",
      directoryHint: .isDirectory
    )
    let home = Home(at: place)
    if !FileManager.default.fileExists(atPath: place.path(percentEncoded: false)) {
      try await build(scale, as: home)
    }
    try Undo.recover(home.database.path(percentEncoded: false))
    let ledger = try await Ledger.open(home)
    let stored = try await Self.schema(of: ledger)
    guard try await stored == Self.schema(of: Ledger.inMemory()) else {
      throw RawDatabase.Fault(
        description: "\(place.path(percentEncoded: false)) has other tables; remove it"
      )
    }
    return Generated(scale: scale, ledger: ledger, grounds: try await Groundwork.find(in: ledger))
  }

  /// Builds under another name, so that what was interrupted is never taken for the whole.
  private static func build(_ scale: Scale, as home: Home) async throws {
    let began = ContinuousClock.now
    let name = home.folder.lastPathComponent + ".part"
    let draft = Home(
      at: home.folder.deletingLastPathComponent().appending(path: name, directoryHint: .isDirectory)
    )
    let path = draft.folder.path(percentEncoded: false)
    if FileManager.default.fileExists(atPath: path) {
      try FileManager.default.removeItem(atPath: path)
    }
    Progress.tell("\(scale.deliveries) deliveries: laying the ground")
    let ledger = try await Ledger.create(in: draft, origin: Scale.origin, at: Scale.start)
    var groundwork = try Groundwork(ledger)
    let grounds = try await groundwork.lay()
    let roster = groundwork.roster.digest.hex
    try ledger.close()
    try fill(draft, scale, grounds, roster: roster)
    try FileManager.default.moveItem(at: draft.folder, to: home.folder)
    Progress.tell("\(scale.deliveries) deliveries: built in \(Progress.since(began))")
  }

  /// Nothing is promised to survive a crash while it is filled, and what looks a table up is made
  /// afterwards; but the indexes of `event`, the longest table, are cheaper to keep than to make.
  private static func fill(
    _ home: Home,
    _ scale: Scale,
    _ grounds: [Groundwork.Ground],
    roster: String
  ) throws {
    let database = try RawDatabase(home.database.path(percentEncoded: false))
    try database.run(
      """
      PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF;
      PRAGMA synchronous = OFF; PRAGMA cache_size = -1500000; PRAGMA threads = 2;
      """
    )
    let which = """
      FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name <> 'event'
        OR type = 'trigger' AND tbl_name = 'delivery' AND sql LIKE '%FROM delivery%'
      ORDER BY name
      """
    let names = try database.texts("SELECT type || ' ' || name \(which)")
    let makings = try database.texts("SELECT sql \(which)")
    for name in names { try database.run("DROP \(name)") }
    let began = ContinuousClock.now
    try Bulk(database, scale, grounds, roster: roster).fill { made in
      Progress.tell("\(made) of \(scale.deliveries) deliveries, \(Progress.since(began))")
    }
    for (name, making) in zip(names, makings) {
      Progress.tell("\(name), \(Progress.since(began))")
      try database.run(making)
    }
    try database.run("PRAGMA journal_mode = WAL")
  }

  private static func schema(of ledger: Ledger) async throws -> [String] {
    try await ledger.database.read { db in
      try String.fetchAll(
        db,
        sql:
          "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name"
      )
    }
  }
}

/// What is told while a run goes on.
enum Progress {
  static func tell(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
  }

  /// Removes a folder that nobody needs any more.
  static func remove(_ folder: URL) {
    do { try FileManager.default.removeItem(at: folder) } catch {
      tell("could not remove \(folder.path(percentEncoded: false)): \(error)")
    }
  }

  static func since(_ began: ContinuousClock.Instant) -> String {
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    return String(format: "%.0f s", seconds)
  }
}
