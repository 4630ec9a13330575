internal import GRDB
public import SluiceGovernance

/// How much there is of a release: numbers that are looked up and never counted.
public struct Counts: Hashable, Sendable {
  /// The cases, by kind and state; what there is none of is absent.
  public internal(set) var cases: [Case.Kind: [Case.State: Int]] = [:]
  /// The open cases whose time to be decided ran out.
  public internal(set) var overdue = 0
  /// The grants that were ever issued.
  public internal(set) var grants = 0
  /// The grants that an act has ended.
  public internal(set) var ended = 0
  /// The deliveries that were begun.
  public internal(set) var deliveries = 0
  /// The deliveries of which every byte was acknowledged.
  public internal(set) var complete = 0

  /// Nothing of anything.
  public init() {}

  /// How many cases of a kind, or of any, stand somewhere.
  public func cases(_ state: Case.State, of kind: Case.Kind? = nil) -> Int {
    cases.filter { kind == nil || $0.key == kind }.compactMap { $0.value[state] }.reduce(0, +)
  }
}

extension Ledger {
  /// How much there is of a release.
  public func counts(of release: Release.ID) async throws -> Counts {
    try await database.read { db in
      let rows = try Row.fetchAll(
        db.cachedStatement(sql: "SELECT name, n FROM figure WHERE release = ? AND n <> 0"),
        arguments: [release.rawValue]
      )
      return try rows.reduce(into: Counts()) { counts, row in
        try counts.set(row["name"], to: row["n"])
      }
    }
  }
}

extension Counts {
  fileprivate mutating func set(_ name: String, to count: Int) throws {
    switch Figure(rawValue: name) {
    case .overdue: overdue = count
    case .grants: grants = count
    case .ended: ended = count
    case .deliveries: deliveries = count
    case .complete: complete = count
    case .cases, nil:
      let parts = name.split(separator: "/")
      guard parts.count == 3, parts[0] == Figure.cases.rawValue,
        let kind = Case.Kind(rawValue: String(parts[1])),
        let state = Case.State(rawValue: String(parts[2]))
      else { throw Refusal.logCorrupt("figure: \(name)") }
      cases[kind, default: [:]][state] = count
    }
  }
}
