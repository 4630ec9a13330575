internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceProof

/// Reads the log from its first entry to its last and recomputes what each one says.
///
/// What an entry says is compared with what the entries before it make of it, never with a table
/// that was read off the log; those tables are compared afterwards. One read transaction, and in
/// memory no more of the log than the releases' own history.
struct Auditor {
  let ledger: Ledger
  let db: Database
  var report: AuditReport

  /// What is being proved; a fault that is found meanwhile breaks it.
  var proving = Invariant.log
  /// The tree over the entries that were read.
  var frontier = Frontier()
  /// Whether all stored hashes were those of the tree, so that roots of the past can be asked for.
  var isTreeSound = true
  /// The time of the entry before.
  var last = Int.min
  /// The releases as the entries that were read make them.
  var states: FoldedStates
  /// The changes of keys that were read.
  var changes: [KeyAuthority.Change] = []
  /// How many cases were filed.
  var filed = 0
  /// What has to come next.
  var owed = Owed()
  /// What the entry that was just read records, where it can move cases, and the state after it.
  var moved: (fact: Entry.Fact, state: Release)?
  /// The releases whose public record has begun.
  var recorded: Set<Release.ID> = []
  /// Below which index an earlier version sealed what is about a release, record or not.
  let sealed: Int
  /// The last hold that made a key doubtful.
  var doubt: (release: Release.ID, key: String, since: Instant)?
  /// What the log last said of whose keys count, and who is an auditor.
  var signers: CommittedSigners?
  /// When a refusal was last recorded, by the key of its row.
  var refusals: [[String]: Int] = [:]
  /// When a reading was last recorded, by reader, release and kind.
  var views: [[String]: Int] = [:]

  /// When each manifest was bound first, by its digest.
  var bound: [String: Int] = [:]
  /// The entries that some `erase` entry names.
  var erasures: Set<Int> = []

  /// What must follow from the entries that were read.
  struct Owed {
    /// Cases that had to be decided, of which release, and the statement after which.
    var decisions: [(id: Case.ID, release: Release.ID, after: Int, at: Instant)] = []
    /// What an approval grants, and the index of the `decide`.
    var grant: (terms: Grant.Terms, decision: Int)?
  }

  init(_ ledger: Ledger, at now: Instant, in db: Database) throws {
    self.ledger = ledger
    self.db = db
    states = FoldedStates(ledger: ledger, db: db)
    sealed = try Int.fetchOne(db, sql: "SELECT sealed FROM legacy") ?? 0
    report = AuditReport(at: now, head: Statement.Head(size: 0, root: frontier.root))
  }

  mutating func fault(_ place: AuditFault.Place, _ what: String) {
    report.add(place, what, breaks: proving)
  }

  /// Reads every entry, and says how far it has come after each thousand.
  mutating func readLog(progress: (AuditReport.Progress) -> Void) throws {
    let count = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM event") ?? 0
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT event.*, statement.bytes AS bytes FROM event
        LEFT JOIN statement ON statement.sha256 = event.statement ORDER BY event.seq
        """
    )
    while let row = try rows.next() {
      try read(row)
      if report.counts.events.isMultiple(of: 1_000) {
        progress(.events(report.counts.events, of: count))
      }
    }
    try settle(before: nil)
    report.head = Statement.Head(size: frontier.size, root: frontier.root)
  }

  private mutating func read(_ row: Row) throws {
    let index: Int = row["seq"]
    proving = .log
    if index != frontier.size {
      fault(.event(frontier.size), "is missing: the entry after it has the index \(index)")
      isTreeSound = false
    }
    report.counts.events += 1
    let at: Int = row["at"]
    if at < last { fault(.event(index), "its time is before that of the entry before") }
    last = max(last, at)

    let isPublic = isPublic(row)
    let body: Data? = row["body"]
    if let body, let record = record(row, body: Array(body), index: index, at: at) {
      try settle(before: record.kind, at: record.at)
      proving = record.kind.proves
      try judge(record, row)
      proving = .log
    } else if body == nil {
      try judgeErased(row, index)
    }
    try append(row, body: body.map { Array($0) }, isPublic: isPublic, index: index)
  }

  /// Whether an entry must show its event, by its kind, its place and the entries before it.
  private func isPublic(_ row: Row) -> Bool {
    let (kind, release): (String, String?) = (row["kind"], row["release"])
    if Event.Kind(rawValue: kind)?.isPublic == true { return true }
    let (index, isAbout): (Int, Bool) = (row["seq"], row["is_about_release"])
    guard isAbout, index >= sealed, let release else { return false }
    return recorded.contains(Release.ID(release))
  }

  /// An entry's body, read as far as all kinds have it in common; `nil` after a fault.
  private mutating func record(
    _ row: Row,
    body: [UInt8],
    index: Int,
    at: Int
  ) -> AuditedRecord? {
    do throws(Malformed) {
      let record = try AuditedRecord(body, index: index)
      guard record.at.seconds == at else {
        throw Malformed("event", "at: \(record.at) is not the time of the row")
      }
      guard record.kind.rawValue == row["kind"],
        (record.kind.folds && row["release"] != nil) == row["folds"]
      else {
        throw Malformed("event", "kind: \(record.kind.rawValue) is not that of the row")
      }
      return record
    } catch {
      fault(.event(index), "\(error)")
      return nil
    }
  }

  /// Names what should have come before an entry of this kind, and did not.
  ///
  /// Statements that are handed in together are judged after the last of them, in the same second.
  mutating func settle(before kind: Event.Kind?, at now: Instant? = nil) throws {
    defer { proving = .log }
    proving = .grants
    if let grant = owed.grant, kind != .issue {
      fault(.event(grant.decision), "the grant that follows from it was not issued")
      owed.grant = nil
    }
    switch kind {
    case .decide, .issue, .signers, .overdue, .lapse: return
    default: break
    }
    proving = .decisions
    if let now, owed.decisions.allSatisfy({ $0.at == now }) { return }
    for missing in owed.decisions where try isDecidable(missing.id, missing.release, missing.at) {
      fault(.event(missing.after), "case \(missing.id) had to be decided after it, and was not")
    }
    owed.decisions = []
  }

  /// Recomputes what an entry says by its kind; what refuses it is the fault.
  private mutating func judge(_ record: AuditedRecord, _ row: Row) throws {
    do {
      switch record.kind {
      case .decide: try judgeDecision(record, row)
      case .issue: try judgeGrant(record, row)
      case .overdue, .lapse: try judgeDue(record, row)
      case .deliver: try judgeDelivery(record, row)
      case .delivered: try judgeEnd(record, row)
      case .refuse: try judgeRefusal(record, row)
      case .count: try judgeCount(record, row)
      case .view: try judgeView(record, row)
      case .erase: try judgeErasure(record, row)
      case .opened, .signers, .tick, .suspend: try judgeService(record, row)
      default: try judgeStatement(record, row)
      }
    } catch let refusal as Refusal {
      proving = refusal.breaks ?? proving
      fault(.event(record.index), "\(refusal.code): \(refusal)")
    } catch let malformed as Malformed {
      fault(.event(record.index), "\(malformed)")
    }
    states.read(row, record)
    // What an entry brings about can decide other cases, which are folded with it.
    if let (fact, state) = moved {
      moved = nil
      if state.isPublic { recorded.insert(state.id) }
      try expectDecisions(after: fact, in: state, record)
    }
  }
}

extension Event.Kind {
  /// What the entry's own judgement proves.
  fileprivate var proves: Invariant {
    switch self {
    case .decide, .overdue, .lapse: .decisions
    case .issue: .grants
    case .deliver, .delivered: .deliveries
    default: type == nil ? .log : .signatures
    }
  }
}

extension Refusal {
  /// The invariant that what was refused would break, where it is that of one rule.
  fileprivate var breaks: Invariant? {
    switch self {
    case .caseClosed, .caseReturned: .verdicts
    case .duplicate: .uniqueness
    default: nil
    }
  }
}

/// What a `signers` entry commits to.
struct CommittedSigners {
  let index: Int
  /// Of the allowed signers file.
  let file: SHA256Digest
  /// Of what the registry says besides; entries of an earlier version do not have it.
  let registry: SHA256Digest?
}

/// The body of an entry.
struct AuditedRecord {
  let index: Int
  let at: Instant
  let kind: Event.Kind
  /// The exact bytes.
  let body: [UInt8]
  /// The members that the kind adds.
  var fields: JSONFields

  // A time limit that a policy sets must still lie within the years that can be written.
  private static let end = Instant(seconds: 221_845_392_000)

  init(_ body: [UInt8], index: Int) throws(Malformed) {
    self.body = body
    self.index = index
    fields = try JSONFields(try JSONValue(canonical: body, format: "event"), format: "event")
    at = try fields.instant("at")
    guard at < Self.end else { throw Malformed("event", "at: \(at) is beyond reason") }
    let name = try fields.string("kind")
    guard let kind = Event.Kind(rawValue: name) else {
      throw Malformed("event", "kind: \(name) is none of this version")
    }
    self.kind = kind
    guard try fields.integer("seq") == index, try fields.integer("v") == 1 else {
      throw Malformed("event", "seq and v: must be \(index) and 1")
    }
  }

  /// Refuses an entry that does not say what it must.
  func mustSay(_ event: Event) throws(Malformed) {
    guard event.canonical(at: index, on: at) != body else { return }
    throw Malformed("event", "is not what follows from the entries before it")
  }
}
