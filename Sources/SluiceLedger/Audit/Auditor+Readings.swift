internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Auditor {
  /// Reads an entry about a reading strictly, and keeps when the reader was last recorded.
  mutating func judgeView(_ record: AuditedRecord, _ row: Row) throws {
    var fields = record.fields
    let (actor, what) = (try fields.string("actor"), try fields.string("what"))
    let release: Release.ID = try fields.name("release")
    try fields.finish()
    try compareRelease(release, row)
    guard Viewing(rawValue: what) != nil else {
      throw Malformed("event", "what: \(what) is no reading of this version")
    }
    guard actor.utf8.elementsEqual(Viewing.byOperator.utf8) || Self.isPseudonym(actor) else {
      throw Malformed("event", "actor: must be a pseudonym or \(Viewing.byOperator)")
    }
    let key = [actor, release.rawValue, what]
    if let last = views[key], record.at.seconds - last < Ledger.countedTogether {
      throw Malformed("event", "the same reading was recorded within the hour")
    }
    views[key] = record.at.seconds
  }

  /// Reads an entry about an erasure strictly, and keeps which entries it names.
  mutating func judgeErasure(_ record: AuditedRecord, _ row: Row) throws {
    var fields = record.fields
    let basis = try fields.string("basis")
    let values = try fields.array("indexes")
    try fields.finish()
    let indexes = values.compactMap(\.integerValue)
    guard !basis.isEmpty else { throw Malformed("event", "basis: must say on what ground") }
    guard !indexes.isEmpty, indexes.count == values.count, indexes == Set(indexes).sorted(),
      indexes.allSatisfy({ (0..<record.index).contains($0) })
    else { throw Malformed("event", "indexes: must be entries before it, in order") }
    guard row["release"] == nil, row["case_id"] == nil, row["person"] == nil,
      row["statement"] == nil
    else { throw Malformed("event", "a column of its row is not what its body says") }
    erased.formUnion(indexes)
  }

  private static func isPseudonym(_ text: String) -> Bool {
    let letters = text.utf8.dropFirst(2)
    return text.utf8.starts(with: "p_".utf8) && letters.count == 10
      && letters.allSatisfy { "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8.contains($0) }
  }
}
