import Foundation
import Testing

/// The guides show commands as their readers type them; each is played in the transcript of that guide.
@Suite("A guide")
struct GuideTests {
  static let folder = Stage.repository.appending(path: "Docs/Guides")

  static var names: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path())
        .filter { $0.hasSuffix(".md") }.sorted()
    }
  }

  @Test(arguments: ["lab.yaml", "roster.yaml", "use.md"])
  func `gives the files of the release that it is about`(name: String) throws {
    let given = try String(contentsOf: Self.folder.appending(path: "lab/\(name)"), encoding: .utf8)
    let played = try TranscriptTests.text("Parts/lab.txt")
    #expect(played.contains("-- \(name) --\n\(given)"), "the transcripts play another \(name)")
  }

  @Test(arguments: try names)
  func `shows only what its transcript plays`(name: String) throws {
    let guide = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    let stem = name.dropLast(".md".count)
    let played = try TranscriptTests.text("guide-\(stem).txt").replacing("$SLUICE", with: "sluice")
    let shown = guide.split(separator: "\n").filter { $0.hasPrefix("    sluice ") }
      .map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(shown.count > 5, "a guide without commands")
    for command in shown {
      #expect(played.contains(command), "not played: \(command)")
    }
  }
}
