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

  /// Before all others, the README: what it shows is played too, elsewhere and on another port.
  @Test func `is preceded by a session that is played`() throws {
    let readme = try String(
      contentsOf: Stage.repository.appending(path: "README.md"),
      encoding: .utf8
    )
    let played = try TranscriptTests.text("readme.txt").replacing("$SLUICE", with: "sluice")
      .replacing("$BIN/", with: "").replacing("$URL", with: "$HF_ENDPOINT")
    let shown = readme.split(separator: "\n").compactMap { line -> String? in
      guard line.hasPrefix("    sluice ") || line.hasPrefix("    hf ") else { return nil }
      return line.split(separator: "  #")[0].trimmingCharacters(in: .whitespaces)
        .replacing("/mnt/", with: "")
    }
    #expect(shown.count > 9, "a README without a session")
    for command in shown {
      #expect(played.contains(command), "not played: \(command)")
    }
  }
}
