internal import GRDB

extension Schema {
  /// What attachments and erasing ask for.
  static func privacy(_ db: Database) throws {
    try attachments(db)
    try deliveriesOfTheErased(db)
  }

  private static func attachments(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE document_new (
          sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
          kind TEXT NOT NULL CHECK (kind IN ('policy', 'roster', 'terms', 'attachment')),
          bytes BLOB NOT NULL
        ) STRICT;
        INSERT INTO document_new SELECT sha256, kind, bytes FROM document;
        DROP TABLE document;
        ALTER TABLE document_new RENAME TO document;
        """
    )
  }

  // The grant of somebody who was erased is in no table any more, but what was handed out under it
  // is: `grant_id` is then the digest of an event that nobody can read, and `principal` is NULL.
  private static func deliveriesOfTheErased(_ db: Database) throws {
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
          CHECK ((ended_at IS NULL) = (outcome IS NULL)),
          CHECK ((ended_at IS NULL) = (closed_by IS NULL)),
          CHECK (principal IS NOT NULL OR credential = '')
        ) STRICT;
        INSERT INTO delivery_new SELECT * FROM delivery;
        DROP TABLE delivery;
        ALTER TABLE delivery_new RENAME TO delivery;
        CREATE INDEX delivery_by_release ON delivery (release, began_at);
        CREATE INDEX delivery_by_file ON delivery (grant_id, principal, tier, file);
        CREATE INDEX delivery_by_digest ON delivery (release, sha256, began_at);
        CREATE INDEX delivery_by_principal ON delivery (principal);
        """
    )
  }
}
