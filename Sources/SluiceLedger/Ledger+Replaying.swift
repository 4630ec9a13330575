internal import GRDB
internal import SluiceEncoding
public import SluiceGovernance

/// A case that another policy would have judged otherwise (governance-domain 13).
public struct Rejudged: Sendable {
  /// The case, as it stood when it ended.
  public let `case`: Case
  /// How its own policy judged it.
  public let before: Evaluation.Result
  /// How the other one would have; `nil` if it has no gate for it.
  public let after: Evaluation.Result?
}

extension Ledger {
  /// Judges every past case of a release again under a draft, each at the instant at which it ended
  /// last and in the state just before.
  ///
  /// The log is read once, whatever the number of cases. Nothing is recorded. What was erased cannot be judged again and is left out.
  ///
  /// - Returns: The cases for which the draft comes to another result, by running number.
  /// - Throws: `Refusal.unknownRelease` if the name was never set aside; `Refusal.logCorrupt`.
  public func rejudged(of id: Release.ID, under draft: Policy) async throws -> [Rejudged] {
    try await database.read { db in
      guard try isReserved(id, in: db) else { throw Refusal.unknownRelease(id) }
      let entries = try entries(of: id, .whole, in: db)
      var release = try unfolded(id, entries, in: db)
      var changed: [Case.ID: Rejudged] = [:]
      for entry in entries {
        if let asked = entry.fact.ended.flatMap({ release.cases[$0] }),
          let before = evaluate(asked, in: release, at: entry.at)?.result
        {
          let after = evaluate(asked, in: release, at: entry.at, under: draft)?.result
          changed[asked.id] =
            before == after ? nil : Rejudged(case: asked, before: before, after: after)
        }
        release.apply(entry)
      }
      return changed.values.sorted { $0.case.number < $1.case.number }
    }
  }
}

extension Entry.Fact {
  /// The case that it ends, one way or another.
  fileprivate var ended: Case.ID? {
    switch self {
    case .decided(let decision): decision.case
    case .lapsed(let id): id
    case .accepted(let said):
      if case .withdraw = said.statement.body {
        Case.ID(said.statement.subject.digest.hex)
      } else {
        nil
      }
    case .supposed, .issued, .overdue, .unpaid, .clock: nil
    }
  }
}
