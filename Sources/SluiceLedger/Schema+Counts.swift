internal import GRDB

extension Schema {
  /// Numbers that are kept, because to count them would take as long as there are rows.
  static func counts(_ db: Database) throws {
    try received(db)
    try requests(db)
  }

  // How many lines `audit who` has of a release and how many people are in them, those who were erased
  // not counted. A delivery adds what no other one has, and takes it along when it goes.
  private static func received(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE received (
          release TEXT PRIMARY KEY,
          lines INTEGER NOT NULL CHECK (lines >= 0),
          recipients INTEGER NOT NULL CHECK (recipients >= 0)
        ) STRICT, WITHOUT ROWID;
        DROP INDEX delivery_by_principal;
        CREATE INDEX delivery_by_principal ON delivery (principal, release);
        INSERT INTO received \(Self.received);
        CREATE TRIGGER delivery_received AFTER INSERT ON delivery BEGIN
          INSERT INTO received VALUES (NEW.release, \(isOnlyLine("NEW")), \(isOnlyOne("NEW")))
            ON CONFLICT DO UPDATE SET lines = lines + excluded.lines,
              recipients = recipients + excluded.recipients;
        END;
        CREATE TRIGGER delivery_erased AFTER UPDATE OF principal ON delivery BEGIN
          UPDATE received SET
            lines = lines - \(isOnlyLine("OLD")) + \(isOnlyLine("NEW")),
            recipients = recipients - \(isOnlyOne("OLD")) + \(isOnlyOne("NEW"))
            WHERE release = NEW.release;
        END;
        CREATE TRIGGER delivery_gone AFTER DELETE ON delivery BEGIN
          UPDATE received SET
            lines = lines - \(isOnlyLine("OLD")), recipients = recipients - \(isOnlyOne("OLD"))
            WHERE release = OLD.release;
        END;
        """
    )
  }

  /// `received` as it must be.
  static let received = """
    SELECT release, COUNT(*) AS lines, COUNT(DISTINCT principal) AS recipients
    FROM (SELECT DISTINCT release, principal, grant_id, tier, file, sha256 FROM delivery)
    GROUP BY release
    """

  private static func isOnlyLine(_ row: String) -> String {
    """
    (NOT EXISTS (SELECT 1 FROM delivery WHERE grant_id = \(row).grant_id
      AND principal IS \(row).principal AND tier = \(row).tier AND file = \(row).file
      AND sha256 = \(row).sha256 AND seq <> \(row).seq))
    """
  }

  private static func isOnlyOne(_ row: String) -> String {
    """
    (\(row).principal IS NOT NULL AND NOT EXISTS (SELECT 1 FROM delivery
      WHERE principal = \(row).principal AND release = \(row).release AND seq <> \(row).seq))
    """
  }

  // How many requests for access there are, of all tiers (`tier` is empty) and for each, by what
  // became of them and in which hour after the filing they were decided (-1 where they were not);
  // `request_wait` tells the seconds. Both follow `case_file` by themselves.
  private static func requests(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE request_total (
          release TEXT NOT NULL,
          tier TEXT NOT NULL,
          hour INTEGER NOT NULL,
          state TEXT NOT NULL,
          is_overdue INTEGER NOT NULL,
          number INTEGER NOT NULL CHECK (number >= 0),
          PRIMARY KEY (release, tier, hour, state, is_overdue)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE request_wait (
          release TEXT NOT NULL,
          tier TEXT NOT NULL,
          wait INTEGER NOT NULL,
          number INTEGER NOT NULL CHECK (number >= 0),
          PRIMARY KEY (release, tier, wait)
        ) STRICT, WITHOUT ROWID;
        \(counting("case_file", in: "case_file,"))
        CREATE TRIGGER request_filed AFTER INSERT ON case_file BEGIN
          \(counting("NEW"))
        END;
        CREATE TRIGGER request_moved AFTER UPDATE ON case_file
          WHEN OLD.state <> NEW.state OR OLD.is_overdue <> NEW.is_overdue
            OR OLD.ended_at IS NOT NEW.ended_at OR OLD.tiers <> NEW.tiers
        BEGIN
          \(discounting("OLD"))
          \(counting("NEW"))
        END;
        CREATE TRIGGER request_gone AFTER DELETE ON case_file BEGIN
          \(discounting("OLD"))
        END;
        """
    )
  }

  private static func isDecided(_ row: String) -> String {
    "\(row).state IN ('approved', 'denied')"
  }

  private static func wait(_ row: String) -> String { "\(row).ended_at - \(row).filed_at" }

  private static func hour(_ row: String) -> String {
    "CASE WHEN \(isDecided(row)) THEN (\(wait(row))) / 3600 ELSE -1 END"
  }

  // The tiers of a case and, for all of them, the empty one. Triggers may not call `json_insert`.
  private static func tiers(_ row: String) -> String {
    """
    json_each(CASE \(row).tiers WHEN '[]' THEN '[""]' \
    ELSE '["",' || substr(\(row).tiers, 2) END) AS each
    """
  }

  private static func counting(_ row: String, in table: String = "") -> String {
    """
    INSERT INTO request_total (release, tier, hour, state, is_overdue, number)
      SELECT \(row).release, each.value, \(hour(row)), \(row).state, \(row).is_overdue, 1
      FROM \(table) \(tiers(row)) WHERE \(row).kind = 'access'
      ON CONFLICT DO UPDATE SET number = number + 1;
    INSERT INTO request_wait (release, tier, wait, number)
      SELECT \(row).release, each.value, \(wait(row)), 1
      FROM \(table) \(tiers(row)) WHERE \(row).kind = 'access' AND \(isDecided(row))
      ON CONFLICT DO UPDATE SET number = number + 1;
    """
  }

  private static func discounting(_ row: String) -> String {
    let place = """
      release = \(row).release AND tier IN (SELECT value FROM \(tiers(row)))
        AND \(row).kind = 'access'
      """
    let key = """
      \(place) AND hour = \(hour(row)) AND state = \(row).state
        AND is_overdue = \(row).is_overdue
      """
    let second = "\(place) AND wait = \(wait(row)) AND \(isDecided(row))"
    return """
      UPDATE request_total SET number = number - 1 WHERE \(key);
      DELETE FROM request_total WHERE number = 0 AND \(key);
      UPDATE request_wait SET number = number - 1 WHERE \(second);
      DELETE FROM request_wait WHERE number = 0 AND \(second);
      """
  }
}
