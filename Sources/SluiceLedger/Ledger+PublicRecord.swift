internal import Foundation
internal import GRDB
internal import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// The public record of a release; `nil` before its first stage has opened to everyone, and of a
  /// release that does not exist: nobody can tell the two apart.
  ///
  /// - Throws: `Refusal.logCorrupt`, or what SQLite threw.
  public func publicRecord(of id: Release.ID) async throws -> PublicRecord? {
    try await database.read { db in
      let folded = try fold(id, .levelOnly, in: db)
      guard folded.isPublic else { return nil }
      return PublicRecord(
        of: folded,
        from: PublicRecord.Sources(
          log: try head(in: db),
          pseudonyms: try pseudonyms(in: folded, in: db),
          texts: try texts(of: folded, in: db),
          members: try members(in: folded, in: db),
          statistics: try statistics(of: id, in: db),
          openings: try openings(of: id, in: db)
        )
      )
    }
  }

  /// The events about a release: those of sealed entries with the salts that open them.
  private func openings(of id: Release.ID, in db: Database) throws -> [PublicRecord.Opening] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT seq, body, salt FROM event
        WHERE release = ? AND is_about_release = 1 AND body IS NOT NULL ORDER BY seq
        """,
      arguments: [id.rawValue]
    ).map { row in
      let (body, salt): (Data, Data?) = (row["body"], row["salt"])
      return PublicRecord.Opening(
        index: row["seq"],
        event: Array(body),
        salt: salt.map { Array($0) }
      )
    }
  }

  /// The pseudonyms of whoever appears in the record: those who have spoken for the release, and those
  /// for whom there was an emergency.
  private func pseudonyms(
    in folded: Release,
    in db: Database
  ) throws -> [Principal.ID: String] {
    let asked = folded.cases.values.filter { folded.isOnRecord($0.filing) }
    let people =
      asked.flatMap { [$0.requester, $0.beneficiary].compactMap { $0 } + $0.verdicts.map(\.by) }
      + folded.evidence.flatMap { [$0.by] + $0.confirmations.map(\.by) }
    return try Set(people).reduce(into: [:]) { known, principal in
      known[principal] = try knownPseudonym(of: principal, in: db)
    }
  }

  /// The texts that people agree to, of every version.
  private func texts(of folded: Release, in db: Database) throws -> [SHA256Digest: String] {
    try Set(folded.adoptions.flatMap(\.terms.values)).reduce(into: [:]) { texts, digest in
      texts[digest] = try document(digest, in: db).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// What the members of groups are described by, of each member as last described.
  func members(
    in folded: Release,
    in db: Database
  ) throws -> [Group.ID: [[String: String]]] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT team, fields FROM membership AS own
        WHERE release = ? AND place =
          (SELECT MAX(place) FROM membership AS other
           WHERE other.release = own.release AND other.team = own.team AND other.member = own.member)
        ORDER BY team, fields
        """,
      arguments: [folded.id.rawValue]
    )
    return try rows.reduce(into: [:]) { members, row in
      let fields: String = row["fields"]
      let object = try JSONValue(parsing: Array(fields.utf8), .document, format: "membership")
        .objectValue
      let described = (object?.members ?? []).compactMap { member in
        member.value.stringValue.map { (member.name, $0) }
      }
      members[Group.ID(row["team"]), default: []]
        .append(Dictionary(described, uniquingKeysWith: { first, _ in first }))
    }
  }
}
