internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// How a case came to stand where it stands: what worded it, and what ended it.
public struct Course: Hashable, Sendable {
  /// What began a case or one of its later revisions.
  public enum Turn: Hashable, Sendable {
    /// A statement, byte for byte: the `file`, then each `revise`.
    case said([UInt8])
    /// An `answer` that took the place of earlier ones, byte for byte.
    case answered([UInt8])
    /// An appeal against a denial was approved; the appeal's case.
    case appealed(Case.ID)
    /// A policy was adopted that begins open cases anew.
    case restarted(SHA256Digest)
  }

  /// What worded the case, in log order; a review, which nobody files, begins with none.
  public var turns: [Turn] = []
  /// The index of the entry that ended the case, if it has ended.
  public var end: Int?
}

extension Ledger {
  /// How a case came to stand where it stands after the first `size` entries of the log.
  ///
  /// - Throws: `Refusal.unknownCase`, `Refusal.logCorrupt`, or what SQLite threw.
  public func course(of id: Case.ID, after size: Int = .max) async throws -> Course {
    try await database.read { db in
      let name = try String.fetchOne(
        db,
        sql: "SELECT release FROM case_file WHERE id = ?",
        arguments: [id.rawValue]
      )
      guard let name else { throw Refusal.unknownCase(id) }
      let release = Release.ID(name)
      let library = try fold(release, .case(id), before: size, in: db).library
      var state = Release(release, library: library)
      var course = Course()
      for row in try rows(of: release, .case(id), before: size, in: db) {
        let entry = try entry(row, in: db)
        let before = state.cases[id]
        state.apply(entry)
        if let after = state.cases[id], after != before { course.turn(before, after, by: entry) }
      }
      return course
    }
  }
}

extension Course {
  fileprivate mutating func turn(_ before: Case?, _ after: Case, by entry: Entry) {
    end = after.isOpen ? nil : end ?? entry.index
    guard before?.revision != after.revision else { return }
    switch entry.fact {
    case .accepted(let said):
      let bytes = said.statement.canonical
      turns.append(said.statement.type == .answer ? .answered(bytes) : .said(bytes))
    case .decided(let decision):
      guard let before else { return }
      turns.append(
        before.policy == after.policy ? .appealed(decision.case) : .restarted(after.policy)
      )
    case .supposed, .issued, .overdue, .unpaid, .lapsed, .clock: break
    }
  }
}
