internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Auditor {
  /// Asks the delivery rule again, with the grants as they were at the entry's place in the log.
  mutating func judgeDelivery(_ record: AuditedRecord, _ row: Row) throws {
    report.counts.deliveries += 1
    var fields = record.fields
    let holder = try fields.string("holder")
    let entry = AuditedDelivery(
      principal: try ledger.principal(of: holder, in: db),
      credential: try fields.string("credential"),
      grant: try fields.name("grant"),
      release: try fields.name("release"),
      tier: try fields.name("tier"),
      file: try fields.string("file"),
      sha256: try fields.digest("sha256"),
      size: try fields.integer("size")
    )
    guard try fields.string("agent").unicodeScalars.count <= 200 else {
      throw Malformed("event", "agent: longer than 200 characters")
    }
    _ = try fields.string("peer")
    try fields.finish()
    try compareRelease(entry.release, row)
    try compare(entry, record)

    let state = try states.release(entry.release, try scope(of: entry))
    guard let grant = state.grants[entry.grant] else { throw Refusal.unknownGrant(entry.grant) }
    guard let manifest = grant.terms.tiers[entry.tier] else {
      throw Malformed("event", "tier: the grant does not pin \(entry.tier)")
    }
    _ = try DeliveryRule.grant(
      among: [grant],
      for: state.asker(entry.principal, key: entry.key),
      manifest: manifest,
      named: grant.id,
      holds: state.holds,
      at: record.at
    )
    let isListed = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM manifest_file
          WHERE manifest = ? AND path = ? AND sha256 = ? AND size = ?)
        """,
      arguments: [manifest.hex, entry.file, entry.sha256.hex, entry.size]
    )
    guard isListed == true else {
      throw Malformed("event", "file: manifest \(manifest) does not list \(entry.file) so")
    }
    let prefix = "token:"
    if entry.credential.hasPrefix(prefix) {
      try judgeToken(
        String(entry.credential.dropFirst(prefix.count)),
        of: entry.principal,
        at: record.at
      )
    }
  }

  /// What is asked: the receiver's own, and the grant, which can be that of a group.
  private func scope(of entry: AuditedDelivery) throws -> Scope {
    let origin = try ledger.grant(entry.grant, in: db)?.terms.case
    let own = entry.principal.map { Scope.person($0) } ?? .levelOnly
    return own.union(origin.map { Scope.bare($0) } ?? .levelOnly)
  }

  private mutating func compare(_ entry: AuditedDelivery, _ record: AuditedRecord) throws {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM delivery WHERE seq = ?"),
      arguments: [record.index]
    )
    let place = AuditFault.Place.row(table: "delivery", key: "\(record.index)")
    guard let row else { return fault(place, "is missing") }
    guard row["principal"] == entry.principal?.rawValue, row["credential"] == entry.credential,
      row["grant_id"] == entry.grant.rawValue, row["release"] == entry.release.rawValue,
      row["tier"] == entry.tier.rawValue, row["file"] == entry.file,
      row["sha256"] == entry.sha256.hex, row["size"] == entry.size,
      row["began_at"] == record.at.seconds
    else { return fault(place, "is not what its entry says") }
  }

  /// Compares the end of a delivery with its beginning and with the stored coverage.
  mutating func judgeEnd(_ record: AuditedRecord, _ row: Row) throws {
    var fields = record.fields
    let delivery = try fields.integer("deliver")
    let outcome = Delivery.Outcome(rawValue: try fields.string("outcome"))
    let evidence = Delivery.Evidence(rawValue: try fields.string("evidence"))
    let (acked, handed) = (try fields.integer("acked"), try fields.integer("handed"))
    let ranges = try fields.array("coverage").map(Self.range)
    try fields.finish()
    let place = AuditFault.Place.row(table: "delivery", key: "\(delivery)")
    let stored = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM delivery WHERE seq = ? AND seq < ?"),
      arguments: [delivery, record.index]
    )
    guard let stored else { throw Malformed("event", "deliver: \(delivery) began no delivery") }
    try compareRelease(Release.ID(stored["release"]), row)
    let size: Int = stored["size"]
    guard let outcome, evidence != nil, acked <= handed, handed <= size,
      outcome != .complete || acked == size, outcome != .unknown || handed == size,
      Coverage(ranges).ranges == ranges, (ranges.last?.upperBound ?? 0) <= size
    else { throw Malformed("event", "its numbers do not agree with each other") }
    if stored["ended_at"] != record.at.seconds || stored["outcome"] != outcome.rawValue
      || stored["closed_by"] != record.index
    {
      fault(place, "its end is not what event \(record.index) says")
    }
    try compareCoverage(of: delivery, ranges, record)
    if ranges.count < Delivery.mostRanges {
      try judgeCoverage(of: stored, Coverage(ranges), outcome, record)
    }
  }

  private mutating func compareCoverage(
    of delivery: Int,
    _ ranges: [Range<Int>],
    _ record: AuditedRecord
  ) throws {
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM coverage WHERE delivery = ? ORDER BY lower"),
      arguments: [delivery]
    )
    let expected = ranges.map { [$0.lowerBound, $0.upperBound, record.at.seconds] }
    let found: [[Int]] = rows.map { [$0["lower"], $0["upper"], $0["at"]] }
    guard found != expected else { return }
    let wrong = zip(found, expected).first { $0 != $1 }?.0 ?? found.dropFirst(expected.count).first
    let lower = wrong?.first.map { "/\($0)" } ?? ""
    fault(
      .row(table: "coverage", key: "\(delivery)\(lower)"),
      "is not what event \(record.index) says"
    )
  }

  /// Whether the bytes that a delivery added are those that no earlier one had.
  private func judgeCoverage(
    of stored: Row,
    _ added: Coverage,
    _ outcome: Delivery.Outcome,
    _ record: AuditedRecord
  ) throws {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT coverage.lower, coverage.upper FROM delivery
          JOIN coverage ON coverage.delivery = delivery.seq
          WHERE grant_id = :grant AND principal IS :principal AND erased_by IS :erased
            AND tier = :tier AND file = :file AND closed_by < :index
          """
      ),
      arguments: [
        "grant": stored["grant_id"] as String, "principal": stored["principal"] as String?,
        "erased": stored["erased_by"] as Int?, "tier": stored["tier"] as String,
        "file": stored["file"] as String,
        "index": record.index,
      ]
    )
    let earlier = Coverage(
      rows.map { row in
        let (lower, upper): (Int, Int) = (row["lower"], row["upper"])
        return lower..<upper
      }
    )
    guard added.subtracting(earlier) == added else {
      throw Malformed("event", "coverage: counts bytes that an earlier delivery covered")
    }
    var all = earlier
    all.formUnion(added)
    let size: Int = stored["size"]
    guard outcome != .unknown && outcome != .complete || all.contains(0..<size) else {
      throw Malformed("event", "coverage: leaves bytes out that may have arrived")
    }
  }

  /// Keeps when somebody was last refused.
  mutating func judgeRefusal(_ record: AuditedRecord, _ row: Row) throws {
    var fields = record.fields
    let holder = try ledger.principal(of: try fields.string("holder"), in: db)
    let release: Release.ID = try fields.name("release")
    let (tier, code) = (try fields.string("tier"), try fields.string("code"))
    try fields.finish()
    try compareRelease(release, row)
    guard let holder else { return }
    let key = [holder.rawValue, release.rawValue, tier, code]
    if let last = refusals[key], record.at.seconds - last < Ledger.countedTogether {
      throw Malformed("event", "the same refusal was recorded within the hour")
    }
    refusals[key] = record.at.seconds
  }

  /// Reads a count strictly; nothing else says the same.
  func judgeCount(_ record: AuditedRecord, _ row: Row) throws {
    var fields = record.fields
    for member in ["bytes", "refused", "served"] { _ = try fields.integer(member) }
    for member in ["file", "tier"] { _ = try fields.string(member) }
    try compareRelease(try fields.name("release"), row)
    try fields.finish()
  }

  func compareRelease(_ release: Release.ID, _ row: Row) throws {
    guard row["release"] == release.rawValue, row["case_id"] == nil, row["person"] == nil,
      row["statement"] == nil, row["is_about_release"] == false
    else { throw Malformed("event", "a column of its row is not what its body says") }
  }

  private static func range(_ value: JSONValue) throws -> Range<Int> {
    let bounds = (value.arrayValue ?? []).compactMap(\.integerValue)
    guard bounds.count == 2, value.arrayValue?.count == 2, bounds[0] < bounds[1] else {
      throw Malformed("event", "coverage: must be pairs of offsets, in order")
    }
    return bounds[0]..<bounds[1]
  }
}

/// What a `deliver` entry says.
private struct AuditedDelivery {
  let principal: Principal.ID?
  let credential: String
  let grant: Grant.ID
  let release: Release.ID
  let tier: Tier.ID
  let file: String
  let sha256: SHA256Digest
  let size: Int

  /// The fingerprint of the key in use, if it was one.
  var key: String? {
    let prefix = "key:"
    return credential.hasPrefix(prefix) ? String(credential.dropFirst(prefix.count)) : nil
  }
}
