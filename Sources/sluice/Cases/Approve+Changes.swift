import SluiceAPI
import SluiceEncoding
import SluiceGovernance

extension CasePage {
  /// What the case says otherwise than when somebody last gave a verdict, in words; `nil` if nothing.
  ///
  /// A verdict is about one wording, so whoever gave one before sees what has changed before they
  /// give the next.
  func changes(sinceVerdictOf principal: Principal.ID) throws(Malformed) -> String? {
    let verdicts = [StatementType.approve, .deny].map(\.rawValue)
    let said = history.lastIndex { verdicts.contains($0.kind) && $0.by == principal }
    guard let said else { return nil }
    let revisions = try wording.revisions().map(\.id)
    let read = history[..<said].reversed().lazy.compactMap(\.statement).compactMap { statement in
      revisions.first { $0.rawValue.utf8.elementsEqual(statement.rawValue.utf8) }
    }.first
    guard let read, read != revisions.last, let found = try wording.differences(since: read)
    else { return nil }
    let changes = found.map { "\n  \($0)" }.joined()
    return "your verdict of \(history[said].at) was about another wording and does not count; "
      + (found.isEmpty ? "the case was begun anew" : "since then:") + changes
  }
}
