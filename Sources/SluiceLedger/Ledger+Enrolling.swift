internal import Foundation
package import GRDB
package import SluiceEncoding
package import SluiceGovernance
package import SluiceProof

extension Ledger {
  /// Registers a principal that may be known already, and keys that may be its own already.
  ///
  /// - Throws: `Refusal.unfit` if NAME or a key is somebody else's, or a key was ended before.
  func enrol(
    _ registration: Registration,
    keys: [PublicKey],
    how way: Registration.Key.Way,
    at now: Instant,
    in db: Database
  ) throws {
    try checkEnrolment(of: registration.id, keys: keys, in: db)
    try db.execute(
      sql: """
        INSERT INTO principal (id, handle, name, email, organisation, is_auditor, enrolled_at)
        VALUES (:id, :handle, :name, :email, :organisation, :auditor, :at)
        ON CONFLICT (id) DO NOTHING
        """,
      arguments: [
        "id": registration.id.rawValue, "handle": registration.id.name, "name": registration.name,
        "email": registration.email, "organisation": registration.organisation?.rawValue,
        "auditor": registration.isAuditor, "at": now.seconds,
      ]
    )
    for key in keys {
      try enrol(key, of: registration.id, how: way, approves: way == .roster, at: now, in: db)
    }
  }

  /// Enrols one key; one that is enrolled may come to approve, never the other way round.
  package func enrol(
    _ key: PublicKey,
    of principal: Principal.ID,
    how way: Registration.Key.Way,
    approves: Bool,
    at now: Instant,
    in db: Database
  ) throws {
    try endClaims(to: key, besides: principal, at: now, in: db)
    try db.execute(
      sql: """
        INSERT INTO key (fingerprint, principal, line, enrolled_at, how, approves)
        VALUES (:fingerprint, :principal, :line, :at, :how, :approves)
        ON CONFLICT DO UPDATE SET approves = MAX(approves, excluded.approves)
        """,
      arguments: [
        "fingerprint": key.fingerprint, "principal": principal.rawValue, "line": key.line,
        "at": now.seconds, "how": way.rawValue, "approves": approves,
      ]
    )
  }

  /// Whether a principal may have its NAME and these keys.
  ///
  /// A NAME that allowed signers cannot show would void the whole file, so it never gets in.
  func checkEnrolment(of id: Principal.ID, keys: [PublicKey], in db: Database) throws {
    do throws(Malformed) { _ = try Principal.ID(parsing: id.rawValue) } catch {
      throw Refusal.unfit("\(id): \(error)")
    }
    let other = try String.fetchOne(
      db,
      sql: "SELECT id FROM principal WHERE handle = ? AND id <> ?",
      arguments: [id.name, id.rawValue]
    )
    if let other { throw Refusal.unfit("\(id): the name belongs to \(other)") }
    for key in keys {
      for known in try self.keys(named: key.fingerprint, in: db) {
        guard known.principal == id else {
          if try isUnvetted(known.principal, in: db) { continue }
          throw Refusal.unfit("\(id): the key \(key.fingerprint) is that of \(known.principal)")
        }
        guard known.until == nil else {
          throw Refusal.unfit("\(id): the key \(key.fingerprint) was ended; make a new one")
        }
      }
    }
  }

  /// Enrols everybody whom an adopted roster lists (README join 11).
  func enrol(
    _ roster: Roster,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    for member in roster.principals {
      let registration = Registration(
        id: member.id,
        name: member.shown,
        organisation: member.organisation
      )
      let keys = try member.publicKeys()
      try enrol(registration, keys: keys, how: .roster, at: now, in: db)
      try replace(member.id, by: keys, at: now, in: db)
    }
    try appendSigners(at: now, noting: &receipt, in: db)
  }
}

extension Roster.Member {
  /// The keys, read.
  ///
  /// - Throws: `Refusal.unfit` for a line that is no key that counts here.
  func publicKeys() throws(Refusal) -> [PublicKey] {
    var read: [PublicKey] = []
    for line in keys {
      do { read.append(try PublicKey(line: line)) } catch {
        throw .unfit("roster: a key of \(id): \(error)")
      }
    }
    return read
  }
}
