internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

/// The releases as the entries that were read so far make them.
///
/// A state is folded from the log when it is asked for, as much of it as a scope names, and kept until
/// an entry of its release changes it; so an audit costs what the log costs and not its square. Entries
/// that cannot be read change nothing here: they are a fault of their own.
struct FoldedStates {
  let ledger: Ledger
  let db: Database
  /// The releases about which anything was read.
  private(set) var seen: Set<Release.ID> = []
  private var recent: [Release.ID: [Scope: Release]] = [:]
  private var end = 0

  private static let mostRecent = 256

  init(ledger: Ledger, db: Database) {
    self.ledger = ledger
    self.db = db
  }

  /// The releases about which anything was read, sorted.
  var releases: [Release.ID] { seen.sorted { $0.rawValue < $1.rawValue } }

  /// Goes on by an entry.
  mutating func read(_ row: Row, _ record: AuditedRecord) {
    end = record.index + 1
    guard record.kind != .tick else { return recent = [:] }
    let name: String? = row["release"]
    guard record.kind.folds, let name else { return }
    seen.insert(Release.ID(name))
    recent[Release.ID(name)] = nil
  }

  /// As much of a release as a scope names.
  ///
  /// The texts that `statement` names, which is about to be applied, are read too.
  mutating func release(
    _ id: Release.ID,
    _ scope: Scope,
    reading statement: Statement? = nil
  ) throws -> Release {
    let proposes = if case .file(.amend) = statement?.body { true } else { false }
    if !proposes, let known = recent[id]?[scope] { return known }
    let release = try ledger.fold(
      id,
      scope,
      proposed: [statement].compactMap { $0 },
      before: end,
      isLenient: true,
      in: db
    )
    if recent.values.reduce(0, { $0 + $1.count }) >= Self.mostRecent { recent = [:] }
    if !proposes { recent[id, default: [:]][scope] = release }
    return release
  }
}
