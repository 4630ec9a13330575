internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Writes all rows of a release, from the fold and from nothing else.
  func project(_ whole: Release, at now: Instant, in db: Database) throws {
    for asked in whole.cases.values { try project(asked, of: whole, at: now, in: db) }
    for grant in whole.grants.values { try project(grant, of: whole, in: db) }
    for hold in whole.holds { try project(hold, of: whole.id, in: db) }
    for (principal, digests) in whole.acceptances {
      for digest in digests.keys {
        try projectAcceptance(of: digest, by: principal, in: whole, in: db)
      }
    }
    for member in Set(whole.memberships.values.joined().map(\.member)) {
      try projectMemberships(of: member, in: whole, in: db)
    }
    let roster = whole.adoption?.roster.principals.map(\.id) ?? []
    for person in Set(whole.organisations.keys).union(roster) {
      try projectAffiliation(of: person, in: whole, in: db)
    }
  }

  /// Writes the row of a hold, from the fold and from nothing else.
  func project(_ hold: Hold?, of release: Release.ID, in db: Database) throws {
    guard let hold else { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO hold
          (id, release, subject, code, text, placed_by, placed_at, until, since, lifted_at)
        VALUES (:id, :release, :subject, :code, :text, :by, :at, :until, :since, :lifted)
        ON CONFLICT (id) DO UPDATE SET lifted_at = excluded.lifted_at
        """
    ).execute(
      arguments: [
        "id": hold.id.rawValue, "release": release.rawValue,
        "subject": hold.subject.description, "code": hold.code.rawValue, "text": hold.text,
        "by": hold.placedBy?.rawValue, "at": hold.placedAt.seconds, "until": hold.until?.seconds,
        "since": hold.since?.seconds, "lifted": hold.liftedAt?.seconds,
      ]
    )
  }

  /// Writes what somebody agreed to last.
  func projectAcceptance(
    of digest: SHA256Digest,
    by principal: Principal.ID,
    in release: Release,
    in db: Database
  ) throws {
    guard let said = release.acceptances[principal]?[digest] else { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO acceptance (release, principal, sha256, statement, at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET statement = excluded.statement, at = excluded.at
        """
    ).execute(
      arguments: [
        release.id.rawValue, principal.rawValue, digest.hex, said.statement.rawValue,
        said.at.seconds,
      ]
    )
  }

  /// Writes the places that somebody has and had in groups; `place` counts those of one group.
  func projectMemberships(
    of member: Principal.ID,
    in release: Release,
    in db: Database
  ) throws {
    for (group, list) in release.memberships {
      for (place, membership) in list.filter({ $0.member == member }).enumerated() {
        let fields = JSONObject(
          membership.fields.map { .init(name: $0.key, value: .string($0.value)) }
        )
        try db.cachedStatement(
          sql: """
            INSERT INTO membership
              (release, team, member, invited_at, invited_by, fields, left_at, ended_by, place)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET left_at = excluded.left_at, ended_by = excluded.ended_by
            """
        ).execute(
          arguments: [
            release.id.rawValue, group.rawValue, member.rawValue, membership.invitedAt.seconds,
            membership.invitedBy.rawValue, JSONValue.object(fields).text,
            membership.leftAt?.seconds, membership.endedBy?.rawValue, place,
          ]
        )
      }
    }
  }

  /// Writes the organisation that a person has in a release, by the roster or the registry.
  func projectAffiliation(
    of person: Principal.ID,
    in release: Release,
    in db: Database
  ) throws {
    guard let organisation = release.organisation(of: person) else {
      return try db.execute(
        sql: "DELETE FROM affiliation WHERE release = ? AND principal = ?",
        arguments: [release.id.rawValue, person.rawValue]
      )
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO affiliation (release, principal, organisation) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET organisation = excluded.organisation
        """
    ).execute(
      arguments: [release.id.rawValue, person.rawValue, organisation.rawValue]
    )
  }

  /// Writes anew the organisations of everybody whom an adopted roster lists or the one before it did.
  func projectAffiliations(after adoptions: [Release.Adoption], in id: Release.ID, in db: Database)
    throws
  {
    let people = Set(adoptions.suffix(2).flatMap { $0.roster.principals.map(\.id) })
    for person in people {
      try projectAffiliation(of: person, in: try fold(id, .person(person), in: db), in: db)
    }
  }

  /// The organisation that the registry gives a principal.
  func registeredOrganisation(of principal: Principal.ID, in db: Database) throws -> Principal.ID? {
    try String.fetchOne(
      db,
      sql: "SELECT organisation FROM principal WHERE id = ? AND organisation IS NOT NULL",
      arguments: [principal.rawValue]
    ).map { Principal.ID($0) }
  }
}
