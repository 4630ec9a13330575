/// The insertions of the bulk that are neither entries nor statements.
struct Rows {
  let principal: RawStatement
  let token: RawStatement
  let pseudonym: RawStatement
  let answer: RawStatement
  let caseFile: RawStatement
  let decision: RawStatement
  let grant: RawStatement
  let grantTier: RawStatement
  let acceptance: RawStatement
  let membership: RawStatement
  let hold: RawStatement
  let delivery: RawStatement
  let ongoing: RawStatement
  let coverage: RawStatement
  let received: RawStatement

  init(_ database: RawDatabase) throws {
    func insertion(_ table: String, _ columns: String) throws -> RawStatement {
      let marks = columns.split(separator: ",").map { _ in "?" }.joined(separator: ", ")
      return try database.prepare("INSERT INTO \(table) (\(columns)) VALUES (\(marks))")
    }
    principal = try insertion(
      "principal",
      "id, handle, name, email, is_auditor, enrolled_at"
    )
    token = try insertion("token", "id, sha256, principal, name, issued_at")
    pseudonym = try insertion("pseudonym", "pseudonym, principal")
    answer = try insertion("answer", "commitment, statement, case_id, salt, body")
    caseFile = try insertion(
      "case_file",
      """
      id, number, release, kind, state, stage, tiers, requester, beneficiary, party, purpose,
      revision, policy, gate, filed_at, due_at, is_overdue, lapse_at, next_due, ended_at
      """
    )
    decision = try insertion("decision", "seq, case_id, revision, outcome, explanation")
    grant = try insertion(
      "grant_row",
      """
      id, seq, release, case_id, stage, audience, not_before, not_after, terms, policy,
      ended_how, ended_by, ended_at, ended_code, ended_text
      """
    )
    grantTier = try insertion("grant_tier", "grant_id, tier, manifest")
    acceptance = try insertion("acceptance", "release, principal, sha256, statement, at")
    membership = try insertion(
      "membership",
      "release, team, member, invited_at, invited_by, fields, place"
    )
    hold = try insertion(
      "hold",
      "id, release, subject, code, text, placed_by, placed_at, until"
    )
    delivery = try insertion(
      "delivery",
      """
      seq, principal, credential, grant_id, release, tier, file, sha256, size, began_at, ended_at,
      outcome, closed_by
      """
    )
    ongoing = try insertion(
      "ongoing",
      "delivery, grant_id, credential, principal, tier, file, transfers, touched_at"
    )
    coverage = try insertion("coverage", "delivery, lower, upper, at")
    received = try insertion("received", "release, lines, recipients")
  }
}

/// What a column is to hold.
enum Cell {
  case text(String)
  case number(Int)
  case bytes([UInt8])
  case null

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  init(_ number: Int?) { self = number.map { .number($0) } ?? .null }
}

extension RawStatement {
  /// Inserts one row.
  func insert(_ cells: [Cell]) throws {
    for (place, cell) in cells.enumerated() {
      switch cell {
      case .text(let text): bind(Int32(place + 1), text)
      case .number(let number): bind(Int32(place + 1), number)
      case .bytes(let bytes): bind(Int32(place + 1), blob: bytes)
      case .null: bindNull(Int32(place + 1))
      }
    }
    try run()
  }
}

extension Cell: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .number(value) }
}
