internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Refuses to erase whoever is no person here, or on whose word or part something else rests.
  func checkErasable(_ id: Principal.ID, in db: Database) throws {
    guard id.kind == .person, try registration(id, in: db) != nil else {
      throw Refusal.unfit("\(id) is not a person who is registered")
    }
    let names = try String.fetchAll(db, sql: "SELECT id FROM release ORDER BY id")
    for name in names {
      let release = try fold(Release.ID(name), .levelOnly, in: db)
      guard !release.library.rosters.values.contains(where: { $0.lists(id) }) else {
        throw Refusal.unfit("\(id) holds or held a role in \(name)")
      }
      guard !release.delegations.contains(where: { $0.delegate == id }) else {
        throw Refusal.unfit("\(id) acts or acted for somebody in \(name)")
      }
      let isOnRecord = release.cases.values.contains {
        release.isOnRecord($0.filing) && ($0.beneficiary == id || $0.requester == id)
      }
      guard !isOnRecord else {
        throw Refusal.unfit("\(id) is part of the public record of \(name)")
      }
    }
    try checkStanding(of: id, in: db)
    try checkWords(of: id, in: db)
  }

  /// Refuses while a hold keeps them from something, because nothing but its lift ends a hold (S10);
  /// and where a breach of theirs is on record, because gates ask how many there were.
  private func checkStanding(of id: Principal.ID, in db: Database) throws {
    let now = try lastTime(in: db) ?? Instant(seconds: 0)
    let held = try String.fetchOne(
      db,
      sql: """
        SELECT release FROM hold WHERE lifted_at IS NULL AND (until IS NULL OR until > :now)
          AND (subject = :person
            OR subject IN (SELECT 'key:' || fingerprint FROM key WHERE principal = :person))
        """,
      arguments: ["person": id.rawValue, "now": now.seconds]
    )
    if let held { throw Refusal.unfit("\(id) is held in \(held): have the hold lifted first") }
    let breached = try String.fetchOne(
      db,
      sql: """
        SELECT release FROM grant_row
        WHERE audience = ? AND ended_how = 'revoked' AND ended_code IN ('misuse', 'leak')
        """,
      arguments: [id.rawValue]
    )
    if let breached {
      throw Refusal.unfit(
        "\(id) had a grant of \(breached) that was revoked for misuse or a leak: that counts"
      )
    }
  }

  /// Refuses a ground that names somebody: it is in the log for everybody, and for good.
  func check(_ basis: String, isSilentAbout people: [Principal.ID], in db: Database) throws {
    for id in people {
      guard let known = try registration(id, in: db) else { continue }
      guard ![id.name, known.name, known.email].contains(where: basis.names) else {
        throw Refusal.unfit("basis: everybody can read it, so it must not say who it is about")
      }
    }
  }

  /// Refuses if something that they said is about a release, or about others and may have counted.
  private func checkWords(of id: Principal.ID, in db: Database) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT statement.bytes AS bytes, event.is_about_release, event.release AS name
        FROM statement JOIN event ON event.statement = statement.sha256
        WHERE statement.by = :person
          AND (is_about_release = 1 OR folds = 1 AND event.person IS NOT :person)
        """,
      arguments: ["person": id.rawValue]
    )
    while let row = try rows.next() {
      let name: String? = row["name"]
      guard row["is_about_release"] == false else {
        throw Refusal.unfit("\(id) has spoken for \(name ?? ""): that is part of its public record")
      }
      let bytes: Data = row["bytes"]
      let said = try Statement(canonical: Array(bytes))
      guard case .report(let code, _) = said.body,
        code != .leak || !said.subject.name.hasPrefix("tier:")
      else {
        throw Refusal.unfit("\(id) has said in \(name ?? "") what others may be decided on")
      }
    }
  }
}

extension Roster {
  /// Whether somebody has a key or a role here.
  fileprivate func lists(_ id: Principal.ID) -> Bool {
    principal(id) != nil || !roles(of: id).isEmpty
  }
}

extension String {
  /// Whether a name occurs as a whole, however it is capitalised.
  fileprivate func names(_ name: String) -> Bool {
    var rest = self[...]
    while !name.isEmpty, let found = rest.range(of: name, options: .caseInsensitive) {
      let sides = [self[..<found.lowerBound].last, self[found.upperBound...].first]
      if sides.allSatisfy({ side in side.map { !$0.isLetter && !$0.isNumber } ?? true }) {
        return true
      }
      rest = self[index(after: found.lowerBound)...]
    }
    return false
  }
}
