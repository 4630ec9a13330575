internal import GRDB

extension Schema {
  /// Tells what one erased person received from what another one did.
  ///
  /// What was handed out stays on record when whoever received it is erased: then `principal` is NULL,
  /// `credential` empty and `grant_id` the digest of an event that nobody can read. `erased_by` is the
  /// index of the `erase` entry. No row of before is erased: nothing could erase until now.
  static func erasures(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE delivery_new (
          seq INTEGER PRIMARY KEY REFERENCES event (seq),
          principal TEXT,
          credential TEXT NOT NULL,
          grant_id TEXT NOT NULL,
          release TEXT NOT NULL,
          tier TEXT NOT NULL,
          file TEXT NOT NULL,
          sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
          size INTEGER NOT NULL CHECK (size >= 0),
          began_at INTEGER NOT NULL,
          ended_at INTEGER CHECK (ended_at >= began_at),
          outcome TEXT CHECK (outcome IN ('complete', 'partial', 'stalled', 'revoked', 'drained',
            'io_error', 'unknown')),
          closed_by INTEGER UNIQUE REFERENCES event (seq),
          erased_by INTEGER REFERENCES event (seq),
          CHECK ((ended_at IS NULL) = (outcome IS NULL)),
          CHECK ((ended_at IS NULL) = (closed_by IS NULL)),
          CHECK ((principal IS NULL) = (erased_by IS NOT NULL)),
          CHECK (principal IS NOT NULL OR credential = '')
        ) STRICT;
        INSERT INTO delivery_new SELECT *, NULL FROM delivery;
        DROP TABLE delivery;
        ALTER TABLE delivery_new RENAME TO delivery;
        CREATE INDEX delivery_by_release ON delivery (release, began_at);
        CREATE INDEX delivery_by_file ON delivery (grant_id, principal, tier, file);
        CREATE INDEX delivery_by_digest ON delivery (release, sha256, began_at);
        CREATE INDEX delivery_by_principal ON delivery (principal) WHERE principal IS NOT NULL;
        CREATE INDEX statement_by_principal ON statement (by);
        """
    )
  }
}
