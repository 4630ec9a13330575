internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

/// The releases as the entries that were read so far make them.
///
/// A release's own history is kept in memory; that of a person is read from the log when it is
/// asked for, so that an audit costs what the log costs and not what its square does.
struct FoldedStates {
  let ledger: Ledger
  let db: Database
  /// The entries that concern a whole release, in log order.
  private var common: [Release.ID: [Entry]] = [:]
  private var libraries: [Release.ID: Release.Library] = [:]
  /// What was asked for lately, until an entry changes it.
  private var recent: [Release.ID: [Principal.ID?: Release]] = [:]
  private var end = 0

  private static let mostRecent = 256

  init(ledger: Ledger, db: Database) {
    self.ledger = ledger
    self.db = db
  }

  /// The releases about which anything was read.
  var releases: [Release.ID] { common.keys.sorted { $0.rawValue < $1.rawValue } }

  /// Goes on by an entry; one that cannot be read changes nothing here, and is a fault elsewhere.
  mutating func read(_ row: Row, _ record: AuditedRecord) throws {
    end = record.index + 1
    let name: String? = row["release"]
    guard let name else { return }
    let release = Release.ID(name)
    if let person: String = row["person"] {
      recent[release]?[Principal.ID(person)] = nil
    } else if let entry = try entry(row) {
      common[release, default: []].append(entry)
      try learn(entry, for: release)
      recent[release] = nil
    }
  }

  /// A release with what concerns all of it and the cases, grants and acceptances of `person`.
  ///
  /// The texts that `statement` names, which is about to be applied, are read too.
  mutating func release(
    _ id: Release.ID,
    person: Principal.ID?,
    reading statement: Statement? = nil
  ) throws -> Release {
    if let known = recent[id]?[person], statement?.proposal == nil { return known }
    var library = libraries[id] ?? Release.Library()
    if let statement { try extend(&library, by: statement) }
    var own: [Entry] = []
    if let person {
      own = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT event.*, statement.bytes AS bytes FROM event
            LEFT JOIN statement ON statement.sha256 = event.statement
            WHERE folds = 1 AND event.release = ? AND person = ? AND seq < ? ORDER BY seq
            """
        ),
        arguments: [id.rawValue, person.rawValue, end]
      ).compactMap { try entry($0) }
    }
    var release = Release(id, library: library)
    for entry in Self.merge(common[id] ?? [], own) { release.apply(entry) }
    if recent.values.reduce(0, { $0 + $1.count }) >= Self.mostRecent { recent = [:] }
    if statement?.proposal == nil { recent[id, default: [:]][person] = release }
    return release
  }

  private func entry(_ row: Row) throws -> Entry? {
    let (index, at): (Int, Int) = (row["seq"], row["at"])
    let body: Data? = row["body"]
    guard let body, let record = try? AuditedRecord(Array(body), index: index),
      record.at.seconds == at, row["statement"] == nil || row["bytes"] != nil
    else { return nil }
    do { return try ledger.entry(row, in: db) } catch is Refusal { return nil }
  }

  private mutating func learn(_ entry: Entry, for release: Release.ID) throws {
    guard case .accepted(let statement, _) = entry.fact else { return }
    try extend(&libraries[release, default: Release.Library()], by: statement)
  }

  private func extend(_ library: inout Release.Library, by statement: Statement) throws {
    guard let (policy, roster) = statement.proposal else { return }
    // A document that is missing or altered is a fault of its own.
    if library.policies[policy] == nil, let text = try ledger.document(policy, in: db) {
      library.policies[policy] = try? Policy(document: text, digest: policy)
    }
    if library.rosters[roster] == nil, let text = try ledger.document(roster, in: db) {
      library.rosters[roster] = try? Roster(document: text, digest: roster)
    }
  }

  private static func merge(_ left: [Entry], _ right: [Entry]) -> [Entry] {
    guard !right.isEmpty else { return left }
    return (left + right).sorted { $0.index < $1.index }
  }
}

extension Statement {
  /// The policy and the roster that an amendment proposes.
  fileprivate var proposal: (policy: SHA256Digest, roster: SHA256Digest)? {
    guard case .file(.amend(let policy, let roster, _)) = body else { return nil }
    return (policy, roster)
  }
}
