package import GRDB

/// The tables: SQLite is trusted to keep what the types promise.
///
/// A migration that was shipped never changes; the next one amends it.
package enum Schema {
  /// Brings a file of any earlier version to this one.
  package static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("0001 log", migrate: log)
    migrator.registerMigration("0002 governance", migrate: governance)
    migrator.registerMigration("0003 deliveries", migrate: deliveries)
    migrator.registerMigration("0004 full governance", migrate: fullGovernance)
    migrator.registerMigration("0005 privacy", migrate: privacy)
    migrator.registerMigration("0006 erasures", migrate: erasures)
    migrator.registerMigration("0007 questions", migrate: questions)
    migrator.registerMigration("0008 counts", migrate: counts)
    migrator.registerMigration("0009 registrations", migrate: registrations)
    return migrator
  }

  // `case_id` is set for events of access cases only, and `person` for those and for `accept`; so
  // what concerns a whole release has neither, and each scope of a fold is one index look-up.
  // `subtree` holds the hashes of complete subtrees of 256^level leaves, for roots and tiles.
  private static func log(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE statement (
          sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
          bytes BLOB NOT NULL,
          signature BLOB,
          second BLOB,
          strength TEXT NOT NULL CHECK (strength IN ('session', 'key', 'touch', 'pin')),
          type TEXT NOT NULL,
          by TEXT NOT NULL,
          release TEXT NOT NULL,
          nonce BLOB NOT NULL UNIQUE CHECK (length(nonce) = 16),
          token TEXT,
          CHECK ((signature IS NULL) = (strength = 'session')),
          CHECK ((token IS NULL) = (signature IS NOT NULL)),
          CHECK (second IS NULL OR signature IS NOT NULL)
        ) STRICT;
        CREATE INDEX keychange_by_principal ON statement (by) WHERE type = 'keychange';
        CREATE TABLE event (
          seq INTEGER PRIMARY KEY CHECK (seq >= 0),
          kind TEXT NOT NULL,
          at INTEGER NOT NULL,
          body BLOB,
          salt BLOB CHECK (length(salt) = 32),
          entry BLOB NOT NULL,
          leaf BLOB NOT NULL CHECK (length(leaf) = 32),
          release TEXT,
          case_id TEXT,
          person TEXT,
          statement TEXT UNIQUE REFERENCES statement (sha256),
          folds INTEGER NOT NULL CHECK (folds IN (0, 1)),
          CHECK (case_id IS NULL OR release IS NOT NULL),
          CHECK (folds = 0 OR release IS NOT NULL)
        ) STRICT;
        CREATE INDEX event_by_case ON event (release, case_id, person, seq) WHERE folds = 1;
        CREATE INDEX event_by_person ON event (release, person, seq)
          WHERE folds = 1 AND person IS NOT NULL;
        CREATE INDEX event_by_kind ON event (kind, seq);
        CREATE TABLE frontier (
          id INTEGER PRIMARY KEY CHECK (id = 0),
          bytes BLOB NOT NULL CHECK (length(bytes) >= 8)
        ) STRICT;
        CREATE TABLE subtree (
          level INTEGER NOT NULL CHECK (level > 0),
          position INTEGER NOT NULL CHECK (position >= 0),
          hash BLOB NOT NULL CHECK (length(hash) = 32),
          PRIMARY KEY (level, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE checkpoint (
          size INTEGER PRIMARY KEY CHECK (size > 0),
          note BLOB NOT NULL
        ) STRICT;
        """
    )
  }
}
