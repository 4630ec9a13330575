import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// The approvals that rest on what a doubtful key signed, as people are told of them.
enum Undermining {
  /// What is found, or that nothing is.
  static func lines(_ resting: [UnderminedLine]) -> [String] {
    guard !resting.isEmpty else { return ["No decision rests on what it signed since then."] }
    let table = Table(
      headings: ["RELEASE", "CASE", "KIND", "APPROVED", "GRANTS"],
      rows: resting.map { line in
        [
          line.release.rawValue, "\(line.number)", line.kind.rawValue, line.approvedAt.description,
          line.grants.map { String($0.rawValue.prefix(12)) }.joined(separator: ", "),
        ]
      }
    )
    return [
      "These approvals rest on what it signed since then. They stand, until a steward acts:",
      table.text, "next: sluice hold grant:ID, or for good: sluice revoke GRANT",
    ]
  }
}

extension UnderminedLine {
  /// What the ledger found in a release.
  init(_ found: Undermined, in release: Release.ID) {
    self.init(
      release: release,
      number: found.number,
      kind: found.kind,
      approvedAt: found.at,
      grants: found.grants
    )
  }
}
