import Foundation
import SluiceGovernance
import SluiceLedger
import Testing

@Suite("The page on events")
struct EventPageTests {
  @Test func `has every kind of entry`() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Docs/Formats/statements.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let statements = Set(StatementType.allCases.map(\.rawValue))
    for kind in Event.Kind.allCases where !statements.contains(kind.rawValue) {
      #expect(text.contains("\n| `\(kind.rawValue)` |"), "\(kind.rawValue)")
    }
  }
}
