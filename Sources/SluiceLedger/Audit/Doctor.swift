internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

/// Reads the log for what an audit, which asks the rules, takes for granted.
///
/// What cannot be read is passed over; an audit names it.
struct Doctor {
  let ledger: Ledger
  let db: Database
  var findings: [Finding] = []

  init(_ ledger: Ledger, in db: Database) {
    self.ledger = ledger
    self.db = db
  }

  mutating func find(_ invariant: Invariant, _ place: AuditFault.Place, _ what: String) {
    findings.append(Finding(invariant, place, what))
  }

  mutating func examine() throws {
    let names = try String.fetchAll(
      db,
      sql: "SELECT DISTINCT release FROM event WHERE folds = 1 ORDER BY release"
    )
    for name in names { try examine(Release.ID(name)) }
    try examinePolicies()
    try examineAnswers()
    try examineRecords()
  }

  private mutating func examine(_ id: Release.ID) throws {
    let whole = try ledger.fold(id, .whole, isLenient: true, in: db)
    var chart = Chart(of: whole)
    for row in try ledger.rows(of: id, .whole, in: db) {
      guard let entry = try? ledger.entry(row, in: db) else { continue }
      chart.read(entry, Self.body(of: row))
    }
    findings += chart.findings
    try examineHeads(in: whole)
    examineVersions(of: whole)
    examineUniqueness(in: whole)
    try examineHolds(in: whole, chart)
    try examineReviews(in: whole)
    if whole.isPublic { try examinePublicity(of: whole) }
  }

  /// The members of an entry's event.
  static func body(of row: Row) -> JSONObject {
    let body: Data? = row["body"]
    return body.flatMap { try? JSONValue(canonical: Array($0), format: "event").objectValue } ?? [:]
  }
}
