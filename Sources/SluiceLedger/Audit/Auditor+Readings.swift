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

  private static func isPseudonym(_ text: String) -> Bool {
    let letters = text.utf8.dropFirst(2)
    return text.utf8.starts(with: "p_".utf8) && letters.count == 10
      && letters.allSatisfy { "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8.contains($0) }
  }
}
