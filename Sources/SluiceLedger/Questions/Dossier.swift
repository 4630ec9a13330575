internal import GRDB
internal import SluiceEncoding
public import SluiceGovernance

/// All that the ledger has about one person, in every release.
public struct Dossier: Hashable, Sendable {
  /// A place that the person has or had in a group.
  public struct Place: Hashable, Sendable {
    /// The release.
    public let release: Release.ID
    /// The group.
    public let group: Group.ID
    /// The place.
    public let membership: Membership
  }

  /// A hold on the person.
  public struct Held: Hashable, Sendable {
    /// The release.
    public let release: Release.ID
    /// The hold.
    public let hold: Hold
  }

  /// Who.
  public let principal: Principal.ID
  /// What the registry says; `nil` of somebody who is not in it.
  public let registration: Registration?
  /// The keys that were ever enrolled for them.
  public let keys: [Registration.Key]
  /// The cases that they filed or would benefit from, by number.
  public let cases: [CaseRow]
  /// The grants that are given to them, in order of issue.
  public let grants: [Grant]
  /// What they received, earliest first.
  public let possessions: [Possession]
  /// Their places in groups, ended ones included.
  public let places: [Place]
  /// The holds on them, ended ones included.
  public let holds: [Held]
}

extension Ledger {
  /// All that there is about a person.
  public func dossier(of principal: Principal.ID) async throws -> Dossier {
    try await database.read { db in
      let name = principal.rawValue
      return Dossier(
        principal: principal,
        registration: try registration(principal, in: db),
        keys: try keys(of: principal, in: db),
        cases: try Row.fetchAll(
          db,
          sql: """
            \(CaseRow.selection) WHERE requester = :who OR beneficiary = :who ORDER BY number
            """,
          arguments: ["who": name]
        ).map(CaseRow.init),
        grants: try grants(heldBy: principal, in: db),
        possessions: try possessions(PossessionFilter(principal: principal), in: db),
        places: try Row.fetchAll(
          db,
          sql: "SELECT * FROM membership WHERE member = ? ORDER BY release, team, place",
          arguments: [name]
        ).map(Dossier.Place.init),
        holds: try Row.fetchAll(
          db,
          sql: "SELECT \(Hold.columns), release FROM hold WHERE subject = ? ORDER BY placed_at, id",
          arguments: [name]
        ).map { Dossier.Held(release: Release.ID($0["release"]), hold: try Hold(row: $0)) }
      )
    }
  }
}

extension Dossier.Place {
  fileprivate init(row: Row) throws {
    self.init(
      release: Release.ID(row["release"]),
      group: Group.ID(row["team"]),
      membership: try Membership(row: row)
    )
  }
}

extension Membership {
  /// Reads a row.
  init(row: Row) throws {
    let (text, left, ended): (String, Int?, String?) = (
      row["fields"], row["left_at"], row["ended_by"]
    )
    let fields = try JSONValue(parsing: Array(text.utf8), .document, format: "membership")
      .objectValue
    self.init(
      member: Principal.ID(row["member"]),
      fields: Dictionary(
        (fields?.members ?? []).map { ($0.name, $0.value.stringValue ?? "") },
        uniquingKeysWith: { first, _ in first }
      ),
      invitedBy: Principal.ID(row["invited_by"]),
      invitedAt: Instant(seconds: row["invited_at"]),
      leftAt: left.map { Instant(seconds: $0) },
      endedBy: ended.map { Principal.ID($0) }
    )
  }
}
