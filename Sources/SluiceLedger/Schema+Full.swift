internal import GRDB

extension Schema {
  /// What governance in full asks for: groups and emergencies among the grants, holds, memberships,
  /// acceptances and affiliations as projections, and which events are about a release.
  static func fullGovernance(_ db: Database) throws {
    try grants(db)
    try cases(db)
    try standings(db)
    try legacy(db)
    try db.execute(
      sql: """
        ALTER TABLE event ADD COLUMN is_about_release INTEGER NOT NULL DEFAULT 0
          CHECK (is_about_release IN (0, 1));
        UPDATE event SET is_about_release = 1
          WHERE folds = 1 AND case_id IS NULL AND person IS NULL;
        CREATE INDEX event_of_record ON event (release, seq) WHERE is_about_release = 1;
        """
    )
  }

  // `audience` is a principal, `group:NAME`, or NULL for everyone; `organisation` is the holder's when
  // the grant was issued. An emergency has no stage, and its end by a review no statement.
  private static func grants(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE grant_new (
          id TEXT PRIMARY KEY CHECK (length(id) = 64),
          seq INTEGER NOT NULL UNIQUE REFERENCES event (seq),
          release TEXT NOT NULL,
          case_id TEXT NOT NULL,
          stage TEXT,
          audience TEXT,
          not_before INTEGER NOT NULL,
          not_after INTEGER,
          grace INTEGER CHECK (grace >= 0),
          cut_at INTEGER,
          terms TEXT NOT NULL,
          policy TEXT NOT NULL,
          successor_of TEXT UNIQUE,
          next_due INTEGER,
          ended_how TEXT CHECK (ended_how IN ('revoked', 'surrendered')),
          ended_by TEXT,
          ended_at INTEGER,
          ended_code TEXT,
          ended_text TEXT,
          CHECK (ended_by IS NULL OR ended_at IS NOT NULL),
          CHECK ((ended_at IS NULL) = (ended_how IS NULL)),
          CHECK ((ended_at IS NULL) = (ended_code IS NULL)),
          CHECK ((ended_at IS NULL) = (ended_text IS NULL))
        ) STRICT;
        INSERT INTO grant_new
          (id, seq, release, case_id, stage, audience, not_before, not_after, terms, policy,
           ended_how, ended_by, ended_at, ended_code, ended_text)
          SELECT id, seq, release, case_id, stage, audience, not_before, not_after, terms, policy,
            CASE WHEN ended_at IS NULL THEN NULL ELSE 'revoked' END, ended_by, ended_at,
            ended_code, ended_text
          FROM grant_row;
        DROP TABLE grant_row;
        ALTER TABLE grant_new RENAME TO grant_row;
        CREATE INDEX grant_by_release ON grant_row (release, audience, seq);
        CREATE INDEX grant_by_case ON grant_row (case_id);
        CREATE INDEX grant_by_next_due ON grant_row (next_due, seq) WHERE next_due IS NOT NULL;
        """
    )
  }

  // `party` is a principal or `group:NAME`; `about` is the grant, hold or case that it refers to.
  private static func cases(_ db: Database) throws {
    try db.execute(
      sql: """
        ALTER TABLE case_file ADD COLUMN party TEXT;
        ALTER TABLE case_file ADD COLUMN about TEXT;
        ALTER TABLE case_file ADD COLUMN deadline INTEGER;
        UPDATE case_file SET party = beneficiary;
        CREATE INDEX case_by_party ON case_file (party, release, state);
        CREATE INDEX case_by_gate ON case_file (release, state, policy, gate);
        """
    )
  }

  // Of a ledger that an earlier version began: below which index every entry is sealed that is not
  // public by its kind, and whether the tables that are read off the log were written anew.
  private static func legacy(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE legacy (
          id INTEGER PRIMARY KEY CHECK (id = 0),
          sealed INTEGER NOT NULL CHECK (sealed >= 0),
          is_projected INTEGER NOT NULL CHECK (is_projected IN (0, 1))
        ) STRICT;
        INSERT INTO legacy (id, sealed, is_projected) SELECT 0, COUNT(*), COUNT(*) = 0 FROM event;
        """
    )
  }

  // The columns of a key come first: where a table without row ids has them elsewhere, the integrity
  // check of SQLite 3.40 takes one column for another.
  private static func standings(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE hold (
          id TEXT PRIMARY KEY CHECK (length(id) = 64),
          release TEXT NOT NULL,
          subject TEXT NOT NULL,
          code TEXT NOT NULL,
          text TEXT NOT NULL,
          placed_by TEXT,
          placed_at INTEGER NOT NULL,
          until INTEGER,
          since INTEGER,
          lifted_at INTEGER CHECK (lifted_at >= placed_at)
        ) STRICT;
        CREATE INDEX hold_by_subject ON hold (release, subject);
        CREATE TABLE membership (
          release TEXT NOT NULL,
          team TEXT NOT NULL,
          member TEXT NOT NULL,
          place INTEGER NOT NULL CHECK (place >= 0),
          invited_at INTEGER NOT NULL,
          invited_by TEXT NOT NULL,
          fields TEXT NOT NULL,
          left_at INTEGER CHECK (left_at >= invited_at),
          ended_by TEXT,
          PRIMARY KEY (release, team, member, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX membership_by_member ON membership (release, member) WHERE left_at IS NULL;
        CREATE TABLE acceptance (
          release TEXT NOT NULL,
          principal TEXT NOT NULL,
          sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
          statement TEXT NOT NULL,
          at INTEGER NOT NULL,
          PRIMARY KEY (release, principal, sha256)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE affiliation (
          release TEXT NOT NULL,
          principal TEXT NOT NULL,
          organisation TEXT NOT NULL,
          PRIMARY KEY (release, principal)
        ) STRICT, WITHOUT ROWID;
        """
    )
  }
}
