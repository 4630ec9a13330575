import Foundation
import SluiceEncoding
import SluiceGovernance
import Testing

/// Decisions of earlier versions: an auditor in five years recomputes them.
///
/// `SLUICE_WRITE_FIXTURES=1 swift test --filter FixtureTests` writes the files of stories that have
/// none yet. A file that is there is never written again: where its bytes no longer come out, the
/// rules get the next number and the old evaluation stays in place.
@Suite("A stored decision")
struct FixtureTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "rules-1")

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? [])
    .filter { $0.hasSuffix(".json") }.sorted()

  private static func read(_ name: String) throws -> Fixture {
    try Fixture(json: Array(try Data(contentsOf: folder.appending(path: name))))
  }

  @Test(arguments: names)
  func `is recomputed to the byte`(name: String) throws {
    let fixture = try Self.read(name)
    #expect(fixture.rules == "sluice-rules/1")
    #expect(!fixture.explanations.isEmpty)
    #expect(try fixture.recomputed() == fixture.explanations)
  }

  @Test(arguments: names)
  func `is in a file that is what it reads as`(name: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    #expect(try Self.read(name).text == text)
  }

  /// Otherwise nothing would be compared.
  @Test func `is there for each story`() throws {
    if ProcessInfo.processInfo.environment["SLUICE_WRITE_FIXTURES"] != nil {
      return try Self.writeMissing()
    }
    #expect(Set(Self.names) == Set(Stories.all.map { "\($0.name).json" }))
  }

  /// A rule that changes shows: without its last approval before a decision, nothing is decided so.
  @Test func `is not recomputed from another log`() throws {
    var fixture = try Self.read("\(Stories.all[0].name).json")
    let index = try #require(fixture.explanations.keys.min())
    let last = try #require(
      fixture.entries.last { entry in
        guard entry.index < index, case .accepted(let said) = entry.fact else { return false }
        return said.statement.type == .approve
      }
    )
    fixture.entries.removeAll { $0.index == last.index || $0.index > index }
    fixture.explanations = fixture.explanations.filter { $0.key == index }
    #expect(try fixture.recomputed() == [:])
  }

  private static func writeMissing() throws {
    for story in Stories.all where !names.contains("\(story.name).json") {
      let course = try story.course()
      try #require(course.failures == [])
      let file = folder.appending(path: "\(story.name).json")
      try Fixture(story.name, course.simulation).text.write(
        to: file,
        atomically: true,
        encoding: .utf8
      )
    }
  }
}
