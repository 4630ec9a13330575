internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceProof

extension Auditor {
  /// Collects what `erase` entries name, because they come after it.
  mutating func readErasures() throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT seq, body FROM event WHERE kind = 'erase'")
    while let row = try rows.next() {
      let (index, body): (Int, Data?) = (row["seq"], row["body"])
      // An entry that cannot be read is a fault when its turn comes, and excuses nothing.
      guard let body, var fields = try? AuditedRecord(Array(body), index: index).fields,
        let named = try? fields.array("indexes").compactMap(\.integerValue)
      else { continue }
      erasures.formUnion(named.filter { (0..<index).contains($0) })
    }
  }

  /// Compares an `erase` entry with what is gone: it names no entry that is still there.
  mutating func judgeErasure(_ record: AuditedRecord, _ row: Row) throws {
    var fields = record.fields
    let basis = try fields.string("basis")
    let values = try fields.array("indexes")
    try fields.finish()
    let indexes = values.compactMap(\.integerValue)
    guard basis.contains(where: { !$0.isWhitespace }) else {
      throw Malformed("event", "basis: must say on what ground")
    }
    guard !indexes.isEmpty, indexes.count == values.count,
      zip(indexes, indexes.dropFirst()).allSatisfy({ $0 < $1 }),
      indexes.allSatisfy({ (0..<record.index).contains($0) })
    else { throw Malformed("event", "indexes: must be entries before it, in order") }
    try requireNoPlace(row)
    let left = try Int.fetchAll(
      db,
      sql: """
        SELECT seq FROM event WHERE seq IN (SELECT value FROM json_each(?)) AND body IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM answer
            WHERE answer.statement = event.statement AND answer.body IS NULL)
        """,
      arguments: [JSONValue.array(values).text]
    )
    for index in left {
      fault(.event(index), "is still there, and event \(record.index) says that it was erased")
    }
  }

  /// Looks at an entry without an event.
  ///
  /// That it was erased must be in the log, and nothing of what it said may be left in its row. What is
  /// public is on other people's disks, and is not erased.
  mutating func judgeErased(_ row: Row, _ index: Int) throws {
    let name: String = row["kind"]
    let kind = Event.Kind(rawValue: name)
    try settle(before: kind, at: Instant(seconds: row["at"]))
    if kind == .file { filed += 1 }
    guard erasures.contains(index) else { return fault(.event(index), "its body is missing") }
    report.counts.erased += 1
    let columns = ["salt", "release", "case_id", "person", "statement"]
    guard columns.allSatisfy({ row[$0] as DatabaseValue? == .null }),
      row["folds"] == false, row["is_about_release"] == false, kind?.isPublic == false
    else { return fault(.event(index), "was erased, and a column of its row is not") }
    let entry: Data = row["entry"]
    guard let read = try? SealedEntry(bytes: Array(entry)), case .commitment = read.content else {
      return fault(.event(index), "was erased, and its entry is not a sealed one")
    }
  }

  /// Looks for deliveries whose receiver was erased and still has a name, or the other way round.
  mutating func compareErasedDeliveries() throws {
    let rows = try Int.fetchAll(
      db,
      sql: """
        SELECT delivery.seq FROM delivery JOIN event ON event.seq = delivery.seq
        WHERE (event.body IS NULL) <> (erased_by IS NOT NULL) OR erased_by IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM event AS erasing
            WHERE erasing.seq = erased_by AND erasing.kind = 'erase')
        """
    )
    for key in rows {
      fault(.row(table: "delivery", key: "\(key)"), "is not what the log says of its receiver")
    }
  }
}
