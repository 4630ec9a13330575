internal import Foundation
internal import GRDB
public import SluiceEncoding
internal import SluiceGovernance
internal import SluiceProof

extension Ledger {
  /// Makes a new deployment: keys, ledger, the first entries.
  ///
  /// It is built beside `home` and moved there when it is whole, so that a failure leaves nothing.
  /// `origin` is the name of the log, such as `models.example.org/log`.
  ///
  /// - Throws: ``HomeFault`` if there is something at `home`; `Malformed` for an origin that cannot
  ///   name a key; what the system threw.
  public static func create(
    in home: Home,
    origin: String,
    at now: Instant
  ) async throws -> Ledger {
    let draft = try home.draft(origin: origin, random: systemRandom)
    do {
      let ledger = try connect(draft)
      try await ledger.database.write { db in try ledger.found(at: now, in: db) }
      try ledger.close()
      try draft.move(to: home)
    } catch {
      try FileManager.default.removeItem(at: draft.folder)
      throw error
    }
    return try await open(home)
  }

  /// Opens a deployment, if its log agrees with itself.
  ///
  /// Nothing that is missing is made anew: an empty ledger in the place of a lost one would accept
  /// what the lost one refused.
  ///
  /// - Throws: ``HomeFault``; `Refusal.logCorrupt` if the log is shorter than the last checkpoint or
  ///   has another root at its size; what SQLite threw.
  public static func open(_ home: Home) async throws -> Ledger {
    let ledger = try await openUnchecked(home)
    try await ledger.database.read { db in try ledger.checkHistory(in: db) }
    return ledger
  }

  /// Opens a deployment as it is, so that ``verify(at:blobs:progress:)`` can name what is wrong.
  ///
  /// - Throws: ``HomeFault``; what SQLite threw.
  public static func openUnchecked(_ home: Home) async throws -> Ledger {
    let path = home.database.path(percentEncoded: false)
    guard FileManager.default.fileExists(atPath: path) else {
      throw HomeFault.noLedger(home.folder.path(percentEncoded: false))
    }
    return try connect(home)
  }

  /// A ledger without files, for tests and examples.
  ///
  /// - Throws: What SQLite threw.
  public static func inMemory(
    origin: String = "ledger.invalid/log",
    at now: Instant = Instant(seconds: 0)
  ) throws -> Ledger {
    let keys = Home.Keys(
      log: try LogKey(seed: systemRandom(32), origin: origin),
      clerk: try Ed25519Signer(seed: systemRandom(32))
    )
    let queue = try DatabaseQueue(configuration: configuration)
    try Schema.migrator.migrate(queue)
    let ledger = Ledger(home: nil, database: queue, keys: keys)
    try queue.write { db in try ledger.found(at: now, in: db) }
    return ledger
  }

  /// Closes the file; nothing may be asked afterwards.
  ///
  /// GRDB closes the writer before the readers, and the last connection, which cannot write, leaves
  /// the write-ahead log behind. So it is emptied here, as far as others let it be.
  public func close() throws {
    try database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try database.close()
  }

  /// The `synchronous` setting with which commits are made; 2 is FULL.
  package func synchronous() async throws -> Int? {
    try await database.writeWithoutTransaction { db in
      try Int.fetchOne(db, sql: "PRAGMA synchronous")
    }
  }

  /// The first entries: the log's own name and key, and the clerk's.
  private func found(at now: Instant, in db: Database) throws {
    let vkey = keys.log.verifier.vkey
    let members: JSONObject = ["origin": .string(origin), "vkey": .string(vkey)]
    try append(Event(kind: .opened, members: members), at: now, in: db)
    try enrol(
      Registration(id: "service:clerk", name: "the deployment's clerk"),
      keys: [keys.clerk.publicKey],
      how: .registry,
      at: now,
      in: db
    )
    var receipt = Receipt()
    try appendSigners(at: now, noting: &receipt, in: db)
  }

  private static func connect(_ home: Home) throws -> Ledger {
    let path = home.database.path(percentEncoded: false)
    try FileSystem.refuseNetwork(at: home.folder)
    let keys = try home.keys()
    let pool = try DatabasePool(path: path, configuration: configuration)
    guard try !pool.read(Schema.migrator.hasBeenSuperseded) else { throw HomeFault.newer(path) }
    try Schema.migrator.migrate(pool)
    // Opening a pool sets synchronous to NORMAL after `prepareDatabase`, and a power cut could then
    // take back what was answered; so it is set here, on the one connection that writes. What is
    // overwritten or deleted is zeroed at once, so that erasing leaves no older copy behind.
    try pool.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          PRAGMA synchronous = FULL;
          PRAGMA secure_delete = ON;
          PRAGMA wal_autocheckpoint = 4000;
          PRAGMA journal_size_limit = 67108864;
          """
      )
    }
    let ledger = Ledger(home: home, database: pool, keys: keys)
    try ledger.catchUp()
    return ledger
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 8
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA cache_size = -65536;
          PRAGMA mmap_size = 1073741824;
          PRAGMA trusted_schema = OFF;
          """
      )
    }
    return configuration
  }
}
