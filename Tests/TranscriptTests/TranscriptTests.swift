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

  @Test(arguments: try names)
  func `plays as it is written`(name: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    let transcript = try Transcript(text)
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
