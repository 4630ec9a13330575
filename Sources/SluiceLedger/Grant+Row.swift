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
  init(row: Row) throws {
    let (stage, old): (String?, String?) = (row[4], row[12])
    let (until, grace, cut): (Int?, Int?, Int?) = (row[7], row[8], row[9])
    let terms = Grant.Terms(
      release: Release.ID(row[2]),
      case: Case.ID(row[3]),
      stage: stage.map { Stage.ID($0) },
      audience: Audience(column: row[5]),
      tiers: [:],
      notBefore: Instant(seconds: row[6]),
      notAfter: until.map { Instant(seconds: $0) },
      terms: try Self.digests(row[10]),
      policy: try SHA256Digest(hex: row[11]),
      successorOf: old.map { Grant.ID($0) }
    )
    self.init(
      id: Grant.ID(row[0]),
      index: row[1],
      terms: terms,
      grace: grace.map { Duration(seconds: $0) },
      cutAt: cut.map { Instant(seconds: $0) },
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

  private static func ending(_ row: Row) throws -> Ending? {
    let at: Int? = row[15]
    guard let at else { return nil }
    let (name, how): (String, String) = (row[16], row[13])
    let statement: String? = row[14]
    guard let code = ReasonCode(rawValue: name), let kind = Ending.Kind(rawValue: how) else {
      throw Refusal.logCorrupt("grant_row: ended_code \(name), ended_how \(how)")
    }
    return Ending(
      kind: kind,
      statement: statement.map { Statement.ID($0) },
      at: Instant(seconds: at),
      code: code,
      text: row[17]
    )
  }

  /// Reads an object of name → digest.
  private static func digests<Subject>(
    _ text: String
  ) throws(Malformed) -> [Identifier<Subject>: SHA256Digest] {
    let value = try JSONValue(parsing: Array(text.utf8), .document, format: "grant_row")
    var fields = try JSONFields(value, format: "grant_row")
    var map: [Identifier<Subject>: SHA256Digest] = [:]
    for name in value.objectValue?.names ?? [] { map[Identifier(name)] = try fields.digest(name) }
    return map
  }
}
