internal import GRDB

extension Schema {
  /// What tiers consist of, and who was handed what.
  ///
  /// `delivery`, `coverage` and `refusal` are projections of the log. `ongoing`, `progress` and
  /// `tally` hold what the log will say later: of a delivery when it is closed, of a count when its
  /// hour is over.
  static func deliveries(_ db: Database) throws {
    try manifests(db)
    try delivered(db)
    try unsaid(db)
  }

  // `blob` holds what a file was when it was imported, so that a replaced one is not served.
  private static func manifests(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE manifest (
          sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
          release TEXT NOT NULL,
          tier TEXT NOT NULL,
          bundle BLOB NOT NULL,
          kept_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX manifest_by_release ON manifest (release, tier);
        CREATE TABLE manifest_file (
          manifest TEXT NOT NULL REFERENCES manifest (sha256),
          path TEXT NOT NULL,
          sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
          size INTEGER NOT NULL CHECK (size >= 0),
          PRIMARY KEY (manifest, path)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX manifest_file_by_digest ON manifest_file (sha256, manifest);
        CREATE TABLE blob (
          sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
          size INTEGER NOT NULL CHECK (size >= 0),
          inode INTEGER NOT NULL,
          modified INTEGER NOT NULL
        ) STRICT;
        """
    )
  }

  // `seq` is the log index of the `deliver` entry and `closed_by` that of its `delivered`.
  // `coverage` holds only bytes that no earlier-closed delivery of the same principal, grant, tier
  // and file holds, so a sum of it is a union. `principal` can be NULL because erasing clears it.
  private static func delivered(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE delivery (
          seq INTEGER PRIMARY KEY REFERENCES event (seq),
          principal TEXT,
          credential TEXT NOT NULL,
          grant_id TEXT NOT NULL REFERENCES grant_row (id),
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
          CHECK ((ended_at IS NULL) = (outcome IS NULL)),
          CHECK ((ended_at IS NULL) = (closed_by IS NULL))
        ) STRICT;
        CREATE INDEX delivery_by_release ON delivery (release, began_at);
        CREATE INDEX delivery_by_file ON delivery (grant_id, principal, tier, file);
        CREATE INDEX delivery_by_digest ON delivery (release, sha256, began_at);
        CREATE TABLE coverage (
          delivery INTEGER NOT NULL REFERENCES delivery (seq),
          lower INTEGER NOT NULL CHECK (lower >= 0),
          upper INTEGER NOT NULL CHECK (upper > lower),
          at INTEGER NOT NULL,
          PRIMARY KEY (delivery, lower)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE refusal (
          principal TEXT NOT NULL,
          release TEXT NOT NULL,
          tier TEXT NOT NULL,
          code TEXT NOT NULL,
          at INTEGER NOT NULL,
          PRIMARY KEY (principal, release, tier, code)
        ) STRICT, WITHOUT ROWID;
        """
    )
  }

  // A row of `ongoing` stands for each delivery without an end; `outcome` and `evidence` are those
  // of its transfer that ended last.
  private static func unsaid(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE ongoing (
          delivery INTEGER PRIMARY KEY REFERENCES delivery (seq),
          grant_id TEXT NOT NULL,
          credential TEXT NOT NULL,
          principal TEXT NOT NULL,
          tier TEXT NOT NULL,
          file TEXT NOT NULL,
          transfers INTEGER NOT NULL CHECK (transfers >= 0),
          touched_at INTEGER NOT NULL,
          outcome TEXT,
          evidence TEXT,
          UNIQUE (grant_id, credential, principal, tier, file)
        ) STRICT;
        CREATE INDEX ongoing_by_touch ON ongoing (touched_at);
        CREATE TABLE progress (
          delivery INTEGER NOT NULL REFERENCES ongoing (delivery) ON DELETE CASCADE,
          bound TEXT NOT NULL CHECK (bound IN ('handed', 'acked')),
          lower INTEGER NOT NULL CHECK (lower >= 0),
          upper INTEGER NOT NULL CHECK (upper > lower),
          PRIMARY KEY (delivery, bound, lower)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE tally (
          release TEXT NOT NULL,
          tier TEXT NOT NULL,
          file TEXT NOT NULL,
          since INTEGER NOT NULL,
          served INTEGER NOT NULL CHECK (served >= 0),
          bytes INTEGER NOT NULL CHECK (bytes >= 0),
          refused INTEGER NOT NULL CHECK (refused >= 0),
          PRIMARY KEY (release, tier, file)
        ) STRICT, WITHOUT ROWID;
        """
    )
  }
}
