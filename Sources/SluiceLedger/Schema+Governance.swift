internal import GRDB

extension Schema {
  /// The registry, the documents that statements name, and what is read off the folded log.
  ///
  /// `case_file`, `decision`, `grant_row` and `grant_tier` are projections: they repeat the fold,
  /// so that lists need none, and are rebuilt from the log at will.
  static func governance(_ db: Database) throws {
    try registry(db)
    try documents(db)
    try projections(db)
  }

  // `awaits` says that the operator set the name aside for a proposal that has not come yet.
  private static func registry(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE release (
          id TEXT PRIMARY KEY,
          reserved_at INTEGER NOT NULL,
          awaits INTEGER NOT NULL CHECK (awaits IN (0, 1))
        ) STRICT;
        CREATE TABLE principal (
          id TEXT PRIMARY KEY,
          handle TEXT NOT NULL UNIQUE,
          name TEXT NOT NULL,
          email TEXT NOT NULL,
          organisation TEXT,
          is_auditor INTEGER NOT NULL CHECK (is_auditor IN (0, 1)),
          enrolled_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE pseudonym (
          pseudonym TEXT PRIMARY KEY CHECK (length(pseudonym) = 12),
          principal TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE key (
          fingerprint TEXT NOT NULL,
          principal TEXT NOT NULL REFERENCES principal (id),
          line TEXT NOT NULL,
          enrolled_at INTEGER NOT NULL,
          ended_at INTEGER CHECK (ended_at >= enrolled_at),
          how TEXT NOT NULL CHECK (how IN ('registry', 'roster', 'keychange')),
          approves INTEGER NOT NULL CHECK (approves IN (0, 1)),
          PRIMARY KEY (fingerprint, principal)
        ) STRICT;
        CREATE INDEX key_by_principal ON key (principal);
        CREATE TABLE token (
          id TEXT PRIMARY KEY,
          sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
          principal TEXT NOT NULL REFERENCES principal (id),
          name TEXT NOT NULL,
          issued_at INTEGER NOT NULL,
          ends_at INTEGER,
          revoked_at INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX token_by_name ON token (principal, name) WHERE revoked_at IS NULL;
        """
    )
  }

  private static func documents(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE document (
          sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
          kind TEXT NOT NULL CHECK (kind IN ('policy', 'roster', 'terms')),
          bytes BLOB NOT NULL
        ) STRICT;
        CREATE TABLE answer (
          commitment TEXT PRIMARY KEY CHECK (length(commitment) = 64),
          statement TEXT NOT NULL REFERENCES statement (sha256),
          case_id TEXT NOT NULL,
          salt BLOB CHECK (length(salt) = 32),
          body BLOB,
          CHECK ((salt IS NULL) = (body IS NULL))
        ) STRICT;
        CREATE INDEX answer_by_case ON answer (case_id);
        """
    )
  }

  private static func projections(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE case_file (
          id TEXT PRIMARY KEY CHECK (length(id) = 64),
          number INTEGER NOT NULL UNIQUE CHECK (number > 0),
          release TEXT NOT NULL,
          kind TEXT NOT NULL,
          state TEXT NOT NULL,
          stage TEXT,
          tiers TEXT NOT NULL,
          requester TEXT NOT NULL,
          beneficiary TEXT,
          purpose TEXT NOT NULL,
          revision TEXT NOT NULL,
          policy TEXT NOT NULL,
          gate TEXT NOT NULL,
          filed_at INTEGER NOT NULL,
          due_at INTEGER,
          is_overdue INTEGER NOT NULL CHECK (is_overdue IN (0, 1)),
          lapse_at INTEGER,
          next_due INTEGER,
          ended_at INTEGER
        ) STRICT;
        CREATE INDEX case_by_release ON case_file (release, state, number);
        CREATE INDEX case_by_requester ON case_file (requester, number);
        CREATE INDEX case_by_beneficiary ON case_file (beneficiary, number);
        CREATE INDEX case_by_next_due ON case_file (next_due, number) WHERE next_due IS NOT NULL;
        CREATE TABLE decision (
          seq INTEGER PRIMARY KEY REFERENCES event (seq),
          case_id TEXT NOT NULL,
          revision TEXT NOT NULL UNIQUE,
          outcome TEXT NOT NULL CHECK (outcome IN ('approved', 'denied')),
          explanation BLOB NOT NULL
        ) STRICT;
        CREATE INDEX decision_by_case ON decision (case_id);
        CREATE TABLE grant_row (
          id TEXT PRIMARY KEY CHECK (length(id) = 64),
          seq INTEGER NOT NULL UNIQUE REFERENCES event (seq),
          release TEXT NOT NULL,
          case_id TEXT NOT NULL,
          stage TEXT NOT NULL,
          audience TEXT,
          not_before INTEGER NOT NULL,
          not_after INTEGER,
          terms TEXT NOT NULL,
          policy TEXT NOT NULL,
          ended_by TEXT,
          ended_at INTEGER,
          ended_code TEXT,
          ended_text TEXT,
          CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
          CHECK ((ended_at IS NULL) = (ended_code IS NULL)),
          CHECK ((ended_at IS NULL) = (ended_text IS NULL))
        ) STRICT;
        CREATE INDEX grant_by_release ON grant_row (release, audience, seq);
        CREATE INDEX grant_by_case ON grant_row (case_id);
        CREATE TABLE grant_tier (
          grant_id TEXT NOT NULL REFERENCES grant_row (id),
          tier TEXT NOT NULL,
          manifest TEXT NOT NULL CHECK (length(manifest) = 64),
          PRIMARY KEY (grant_id, tier)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX grant_by_manifest ON grant_tier (manifest, grant_id);
        """
    )
  }
}
