internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceProof

extension Auditor {
  /// Notes which cases an entry must have decided.
  mutating func expectDecisions(
    after fact: Entry.Fact,
    in state: Release,
    _ record: AuditedRecord
  ) throws {
    for id in try candidates(for: state.touched(by: fact), in: state, at: record.at) {
      var after = state
      if state.cases[id] == nil { after = try states.release(state.id, .case(id)) }
      guard let touched = after.cases[id], touched.state == .open,
        let evaluation = evaluate(touched, in: after, at: record.at),
        Decision(evaluation) != nil
      else { continue }
      owed.decisions.append((id, state.id, record.index, record.at))
    }
  }

  /// Whether a case that had to be decided still has to be, after all that was said with it.
  mutating func isDecidable(_ id: Case.ID, _ release: Release.ID, _ now: Instant) throws -> Bool {
    let state = try states.release(release, .case(id))
    guard let asked = state.cases[id], asked.state == .open,
      let evaluation = evaluate(asked, in: state, at: now)
    else { return false }
    return Decision(evaluation) != nil
  }

  /// Cases that may have been open then; the table only tells where to look.
  private func candidates(
    for touch: Release.Touch,
    in state: Release,
    at now: Instant
  ) throws -> [Case.ID] {
    let all = """
      SELECT id FROM case_file WHERE release = ? AND filed_at <= ?
        AND (ended_at IS NULL OR ended_at >= ?)
      """
    let arguments: StatementArguments = [state.id.rawValue, now.seconds, now.seconds]
    switch touch {
    case .none: return []
    case .cases(let ids): return ids
    case .parties(let parties):
      return try parties.flatMap { party in
        try String.fetchAll(
          db,
          sql: "\(all) AND (party = ? OR requester = ?)",
          arguments: arguments + [party.rawValue, party.rawValue]
        )
      }.map { Case.ID($0) }
    case .gates, .all:
      return try String.fetchAll(db, sql: all, arguments: arguments).map { Case.ID($0) }
    }
  }

  /// Decides a case again from the entries before, and compares event and explanation byte for byte.
  mutating func judgeDecision(_ record: AuditedRecord, _ row: Row) throws {
    report.counts.decisions += 1
    var fields = record.fields
    let id: Case.ID = try fields.name("case")
    owed.decisions.removeAll { $0.id == id }
    var state = try states.release(try fields.name("release"), .case(id))
    guard let asked = state.cases[id], let evaluation = evaluate(asked, in: state, at: record.at),
      let decision = Decision(evaluation)
    else { throw Malformed("event", "case \(id) cannot be decided by the entries before it") }
    guard state.due(asked, at: record.at).isEmpty else {
      throw Malformed("event", "case \(id) was overdue or had lapsed, and no entry says so")
    }
    let head = Statement.Head(size: frontier.size, root: frontier.root)
    let explanation = Explanation(evaluation, log: head).json.canonical
    let review = decision.beginsReview ? filed + 1 : nil
    if let review { filed = review }
    let event = Event(
      decision,
      explanation: SHA256Digest(of: explanation),
      review: review,
      in: state
    )
    try record.mustSay(event)
    try compareColumns(of: event, row)
    try compare(decision, explanation: explanation, record)

    let fact = Entry.Fact.decided(decision.record(review: review))
    state.apply(Entry(index: record.index, at: record.at, fact: fact))
    owed.grant = decision.grant(in: state).map { ($0, record.index) }
    moved = (fact, state)
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
      case .group(let group): "group:\(group)"
      }
    let state = try states.release(terms.release, .case(terms.case))
    let event = Event(terms, decision: decision, audience: audience, in: state)
    try record.mustSay(event)
    try compareColumns(of: event, row)
  }

  /// Compares what time alone made happen with what was due.
  mutating func judgeDue(_ record: AuditedRecord, _ row: Row) throws {
    var fields = record.fields
    let release: Release.ID = try fields.name("release")
    if let grant = try fields.optionalString("grant") {
      return try judgeUnpaid(Grant.ID(grant), &fields, of: release, record, row)
    }
    let id: Case.ID = try fields.name("case")
    let state = try states.release(release, .case(id))
    guard let asked = state.cases[id] else { throw Refusal.unknownCase(id) }
    let due = state.due(asked, at: record.at).contains { fact in
      switch fact {
      case .overdue: record.kind == .overdue
      case .lapsed: record.kind == .lapse
      default: false
      }
    }
    guard due else { throw Malformed("event", "case \(id) was not due") }
    if record.kind == .lapse { owed.decisions.removeAll { $0.id == id } }
    let event =
      record.kind == .overdue
      ? Event(overdue: asked, in: state) : Event(lapsed: asked, in: state)
    try record.mustSay(event)
    try compareColumns(of: event, row)
  }

  /// Compares what was noted as not given with what was owed.
  private mutating func judgeUnpaid(
    _ id: Grant.ID,
    _ fields: inout JSONFields,
    of release: Release.ID,
    _ record: AuditedRecord,
    _ row: Row
  ) throws {
    let origin = try ledger.grant(id, in: db)?.terms.case
    guard let origin else { throw Refusal.unknownGrant(id) }
    let state = try states.release(release, .case(origin))
    guard let grant = state.grants[id] else { throw Refusal.unknownGrant(id) }
    let place = try fields.integer("owes")
    guard state.unpaid(after: grant, at: record.at).contains(place) else {
      throw Malformed("event", "nothing of that place was owed after grant \(id)")
    }
    let event = Event(unpaid: grant, owes: place, in: state)
    try record.mustSay(event)
    try compareColumns(of: event, row)
  }

  private func compareColumns(of event: Event, _ row: Row) throws {
    guard event.release?.rawValue == row["release"], event.case?.rawValue == row["case_id"],
      event.person?.rawValue == row["person"], row["statement"] == nil,
      event.isAboutRelease == row["is_about_release"]
    else { throw Malformed("event", "a column of its row is not what its body says") }
  }

  /// Compares the entries that the service makes about itself.
  mutating func judgeService(_ record: AuditedRecord, _ row: Row) throws {
    try requireNoPlace(row)
    var fields = record.fields
    switch record.kind {
    case .opened:
      guard record.index == 0 else { throw Malformed("event", "is not the first entry") }
      let origin = try fields.string("origin")
      let vkey = try fields.string("vkey")
      guard origin.utf8.elementsEqual(ledger.origin.utf8),
        vkey.utf8.elementsEqual(ledger.verifierKey.utf8)
      else { throw Malformed("event", "is of another log") }
    case .tick:
      guard ["paused", "confirmed"].contains(try fields.string("state")),
        try fields.integer("jump") >= 0
      else { throw Malformed("event", "state: must be paused or confirmed") }
    case .signers:
      let file = try fields.digest("allowed_signers_sha256")
      let registry = try fields.optionalString("registry_sha256")
      signers = CommittedSigners(
        index: record.index,
        file: file,
        registry: try registry.map { try SHA256Digest(hex: $0) }
      )
    case .suspend: try judgeSuspension(try fields.integer("count"), before: record.index)
    default: break
    }
    try fields.finish()
  }

  /// Refuses a row that says of an entry about nobody and no release that it is about one.
  func requireNoPlace(_ row: Row) throws(Malformed) {
    let columns = ["release", "case_id", "person", "statement"]
    guard columns.allSatisfy({ row[$0] as DatabaseValue? == .null }),
      row["is_about_release"] == false
    else { throw Malformed("event", "a column of its row is not what its body says") }
  }

  /// Counts again which approvals rest on the key that was held last; those erased since are gone.
  private func judgeSuspension(_ count: Int, before index: Int) throws {
    guard let doubt else { throw Malformed("event", "no hold before it makes a key doubtful") }
    let found = try ledger.undermined(
      by: doubt.key,
      since: doubt.since,
      in: doubt.release,
      before: index,
      db
    ).count
    guard erasures.isEmpty ? found == count : found <= count else {
      throw Malformed("event", "count: \(found) approvals rest on the key, not \(count)")
    }
  }

  /// Compares the keys that count by now with what the log last said of them.
  mutating func compareSigners() throws {
    let file: SHA256Digest
    let registry: SHA256Digest
    do {
      file = SHA256Digest(of: Array(try ledger.allowedSigners(in: db).text.utf8))
      registry = SHA256Digest(of: Array(try ledger.registryText(in: db).utf8))
    } catch let malformed as Malformed {
      return fault(.row(table: "key", key: "*"), "\(malformed)")
    } catch let refusal as Refusal {
      return fault(.row(table: "key", key: "*"), "\(refusal)")
    }
    guard let signers else { return fault(.event(0), "the log says nothing of allowed signers") }
    guard signers.file == file else {
      return fault(
        .row(table: "key", key: "*"),
        "the keys that count are not those of event \(signers.index)"
      )
    }
    // What an earlier version wrote commits to keys alone.
    guard let committed = signers.registry else { return }
    if committed != registry {
      fault(
        .row(table: "principal", key: "*"),
        "the auditors and affiliations are not those of event \(signers.index)"
      )
    }
  }
}
