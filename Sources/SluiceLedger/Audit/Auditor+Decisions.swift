internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceProof

extension Auditor {
  /// Notes which cases a statement must have decided.
  mutating func expectDecisions(
    after statement: Statement,
    in state: Release?,
    _ record: AuditedRecord
  ) throws {
    guard var after = state else { return }
    let number = record.kind == .file ? filed : nil
    after.apply(
      Entry(index: record.index, at: record.at, fact: .accepted(statement, number: number))
    )
    for touched in after.cases(touchedBy: statement) {
      guard let evaluation = evaluate(touched, in: after, at: record.at),
        Decision(evaluation) != nil
      else { continue }
      owed.decisions.append((touched.id, record.index))
    }
  }

  /// Decides a case again from the entries before, and compares event and explanation byte for byte.
  mutating func judgeDecision(_ record: AuditedRecord, _ row: Row) throws {
    report.counts.decisions += 1
    var fields = record.fields
    let id: Case.ID = try fields.name("case")
    owed.decisions.removeAll { $0.id == id }
    var state = try states.release(
      try fields.name("release"),
      person: try beneficiary(of: id)
    )
    guard let asked = state.cases[id], let evaluation = evaluate(asked, in: state, at: record.at),
      let decision = Decision(evaluation)
    else { throw Malformed("event", "case \(id) cannot be decided by the entries before it") }
    guard state.due(asked, at: record.at).isEmpty else {
      throw Malformed("event", "case \(id) was overdue or had lapsed, and no entry says so")
    }
    let head = Statement.Head(size: frontier.size, root: frontier.root)
    let explanation = Explanation(evaluation, log: head).json.canonical
    let event = Event(decision, explanation: SHA256Digest(of: explanation), in: state.id)
    try record.mustSay(event)
    try compareColumns(of: event, row)
    try compare(decision, explanation: explanation, record)

    state.apply(Entry(index: record.index, at: record.at, fact: .decided(decision.record)))
    owed.grant = decision.grant(in: state).map { ($0, record.index) }
  }

  private mutating func compare(
    _ decision: Decision,
    explanation: [UInt8],
    _ record: AuditedRecord
  ) throws {
    let key = "\(record.index)"
    let row = try Row.fetchOne(
      db,
      sql: "SELECT * FROM decision WHERE seq = ?",
      arguments: [record.index]
    )
    guard let row else { return fault(.row(table: "decision", key: key), "is missing") }
    let stored: Data = row["explanation"]
    let asked = decision.evaluation.case
    if !stored.elementsEqual(explanation) {
      fault(.row(table: "decision", key: key), "its explanation is not the recomputed one")
    }
    guard row["case_id"] == asked.id.rawValue, row["revision"] == asked.revision.id.rawValue,
      row["outcome"] == decision.outcome.rawValue
    else { return fault(.row(table: "decision", key: key), "is not what its entry says") }
  }

  /// Compares a grant with what its decision grants.
  mutating func judgeGrant(_ record: AuditedRecord, _ row: Row) throws {
    report.counts.grants += 1
    guard let (terms, decision) = owed.grant else {
      throw Malformed("event", "no decision before it grants anything")
    }
    owed.grant = nil
    let audience: String =
      switch terms.audience {
      case .everyone: "everyone"
      case .principal(let holder): try pseudonym(of: holder) ?? ""
      }
    let event = Event(terms, decision: decision, audience: audience)
    try record.mustSay(event)
    try compareColumns(of: event, row)
  }

  /// Compares what time alone made happen with what was due.
  mutating func judgeDue(_ record: AuditedRecord, _ row: Row) throws {
    var fields = record.fields
    let id: Case.ID = try fields.name("case")
    let state = try states.release(try fields.name("release"), person: try beneficiary(of: id))
    guard let asked = state.cases[id] else { throw Refusal.unknownCase(id) }
    let due = state.due(asked, at: record.at).contains { fact in
      switch fact {
      case .overdue: record.kind == .overdue
      case .lapsed: record.kind == .lapse
      case .accepted, .decided, .issued: false
      }
    }
    guard due else { throw Malformed("event", "case \(id) was not due") }
    let event =
      record.kind == .overdue
      ? Event(overdue: asked, in: state.id) : Event(lapsed: asked, in: state.id)
    try record.mustSay(event)
    try compareColumns(of: event, row)
  }

  private func compareColumns(of event: Event, _ row: Row) throws {
    guard event.release?.rawValue == row["release"], event.case?.rawValue == row["case_id"],
      event.person?.rawValue == row["person"], row["statement"] == nil
    else { throw Malformed("event", "a column of its row is not what its body says") }
  }

  /// Compares the entries that the service makes about itself.
  mutating func judgeService(_ record: AuditedRecord) throws {
    var fields = record.fields
    switch record.kind {
    case .opened:
      guard record.index == 0 else { throw Malformed("event", "is not the first entry") }
      let origin = try fields.string("origin")
      let vkey = try fields.string("vkey")
      guard origin.utf8.elementsEqual(ledger.origin.utf8),
        vkey.utf8.elementsEqual(ledger.verifierKey.utf8)
      else { throw Malformed("event", "is of another log") }
    case .signers: signers = (record.index, try fields.digest("allowed_signers_sha256"))
    default: break
    }
    try fields.finish()
  }

  /// Compares the keys that count by now with what the log last said of them.
  mutating func compareSigners() throws {
    let now: SHA256Digest
    do {
      now = SHA256Digest(of: Array(try ledger.allowedSigners(in: db).text.utf8))
    } catch let malformed as Malformed {
      return fault(.row(table: "key", key: "*"), "\(malformed)")
    }
    guard let signers else { return fault(.event(0), "the log says nothing of allowed signers") }
    guard signers.digest == now else {
      return fault(
        .row(table: "key", key: "*"),
        "the keys that count are not those of event \(signers.index)"
      )
    }
  }
}
