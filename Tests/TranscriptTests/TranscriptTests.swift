import Foundation
import Testing

/// Every file in `Transcripts`, played with the real program.
@Suite("A transcript")
struct TranscriptTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Transcripts")

  static var names: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path())
        .filter { $0.hasSuffix(".txt") }.sorted()
    }
  }

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test(arguments: try names)
  func `plays as it is written`(name: String) throws {
    let transcript = try Transcript(try Self.text(name)) { try Self.text("Parts/\($0).txt") }
    let stage = try Stage(files: transcript.files)
    defer {
      do { try stage.leave() } catch { Issue.record(error) }
    }
    for step in transcript.steps {
      let faults = try stage.play(step)
      for fault in faults { Issue.record("\(name): \(fault)") }
      if !faults.isEmpty { break }
    }
  }
}
