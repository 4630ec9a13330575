internal import GRDB

extension Schema {
  /// What is kept of those who made themselves known: since when, whether their address is confirmed,
  /// whether somebody vouched for them; and the secrets of the links that confirm, by their SHA-256.
  ///
  /// `mail` is the name of the mail with the link.
  static func registrations(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE registrant (
          principal TEXT PRIMARY KEY REFERENCES principal (id),
          registered_at INTEGER NOT NULL,
          confirmed_at INTEGER CHECK (confirmed_at >= registered_at),
          vetted_at INTEGER CHECK (vetted_at >= registered_at)
        ) STRICT;
        CREATE TABLE confirmation (
          sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
          principal TEXT NOT NULL REFERENCES registrant (principal),
          mail TEXT NOT NULL UNIQUE,
          issued_at INTEGER NOT NULL,
          ends_at INTEGER NOT NULL CHECK (ends_at > issued_at),
          used_at INTEGER CHECK (used_at >= issued_at)
        ) STRICT;
        CREATE INDEX confirmation_by_principal ON confirmation (principal);
        """
    )
  }
}
