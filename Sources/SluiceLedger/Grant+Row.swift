internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Grant {
  /// The columns of `grant_row`, in the order in which ``init(row:)`` reads them.
  ///
  /// Admissions read rows by place: to find columns by name would take longer than SQLite does.
  static let columns = """
    grant_row.id, grant_row.seq, grant_row.release, grant_row.case_id, grant_row.stage,
    grant_row.audience, grant_row.not_before, grant_row.not_after, grant_row.grace,
    grant_row.cut_at, grant_row.terms, grant_row.policy, grant_row.successor_of,
    grant_row.ended_how, grant_row.ended_by, grant_row.ended_at, grant_row.ended_code,
    grant_row.ended_text
    """
  static let columnCount = 18

  /// Reads a row that begins with ``columns``; the tiers have rows of their own.
  init(row: some PlacedRow) throws {
    let terms = Grant.Terms(
      release: Release.ID(try row.requiredText(2)),
      case: Case.ID(try row.requiredText(3)),
      stage: row.text(4).map { Stage.ID($0) },
      audience: Audience(column: row.text(5)),
      tiers: [:],
      notBefore: Instant(seconds: try row.requiredInteger(6)),
      notAfter: row.integer(7).map { Instant(seconds: $0) },
      terms: try Self.digests(try row.requiredText(10)),
      policy: try SHA256Digest(hex: try row.requiredText(11)),
      successorOf: row.text(12).map { Grant.ID($0) }
    )
    self.init(
      id: Grant.ID(try row.requiredText(0)),
      index: try row.requiredInteger(1),
      terms: terms,
      grace: row.integer(8).map { Duration(seconds: $0) },
      cutAt: row.integer(9).map { Instant(seconds: $0) },
      ending: try Self.ending(row)
    )
  }

  /// The same grant with its tiers.
  func pinning(_ tiers: [Tier.ID: SHA256Digest]) -> Grant {
    Grant(
      id: id,
      index: index,
      terms: Grant.Terms(
        release: terms.release,
        case: terms.case,
        stage: terms.stage,
        audience: terms.audience,
        tiers: tiers,
        notBefore: terms.notBefore,
        notAfter: terms.notAfter,
        terms: terms.terms,
        policy: terms.policy,
        successorOf: terms.successorOf
      ),
      grace: grace,
      cutAt: cutAt,
      ending: ending
    )
  }

  private static func ending(_ row: some PlacedRow) throws -> Ending? {
    guard let at = row.integer(15) else { return nil }
    let (how, name) = (try row.requiredText(13), try row.requiredText(16))
    guard let code = ReasonCode(rawValue: name), let kind = Ending.Kind(rawValue: how) else {
      throw Refusal.logCorrupt("grant_row: ended_code \(name), ended_how \(how)")
    }
    return Ending(
      kind: kind,
      statement: row.text(14).map { Statement.ID($0) },
      at: Instant(seconds: at),
      code: code,
      text: try row.requiredText(17)
    )
  }

  /// Reads an object of name → digest.
  private static func digests<Subject>(
    _ text: String
  ) throws(Malformed) -> [Identifier<Subject>: SHA256Digest] {
    // Most grants ask for no text, and every admission reads some.
    guard text != "{}" else { return [:] }
    let value = try JSONValue(parsing: Array(text.utf8), .document, format: "grant_row")
    var fields = try JSONFields(value, format: "grant_row")
    var map: [Identifier<Subject>: SHA256Digest] = [:]
    for name in value.objectValue?.names ?? [] { map[Identifier(name)] = try fields.digest(name) }
    return map
  }
}
