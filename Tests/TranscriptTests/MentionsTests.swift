import Foundation
import Testing

/// Every place where a text says what to type.
@Suite("A command that is mentioned")
struct MentionsTests {
  /// The files that people read, and the sources, whose texts they see.
  static var files: [String] {
    get throws {
      let below = try ["Sources", "Docs", "Policies"].flatMap { folder in
        try FileManager.default.subpathsOfDirectory(
          atPath: Stage.repository.appending(path: folder).path(percentEncoded: false)
        ).map { "\(folder)/\($0)" }
      }
      return ["README.md"] + below.filter { $0.hasSuffix(".swift") || $0.hasSuffix(".md") }.sorted()
    }
  }

  @Test(arguments: try files)
  func `is there, with its options`(file: String) throws {
    let manual = try #require(HelpTests.manual)
    let text = try String(
      contentsOf: Stage.repository.appending(path: file),
      encoding: .utf8
    )
    for line in text.split(separator: "\n") {
      // What is typed stands after a backtick, a quote, a colon or a prompt, or indented by itself.
      for mention in line.matches(of: /(?:`|"|: |\$ |^ {4,})sluice ([a-z][^`"]*)/) {
        check(String(mention.1), in: manual, "\(file): \(line)")
      }
    }
  }

  private func check(_ words: String, in manual: Manual, _ place: String) {
    let words = words.split(separator: " ").map(String.init)
    let entry = manual.entries.filter { words.starts(with: $0.path) }
      .max { $0.path.count < $1.path.count }
    guard let entry, !entry.path.isEmpty else {
      Issue.record("no such command: \(place)")
      return
    }
    let rest = words.dropFirst(entry.path.count)
    if entry.isGroup, let next = rest.first, next.first?.isLetter == true {
      Issue.record("no such command: \(place)")
    }
    // A remark, or another command, begins where the options end.
    let own = rest.prefix { !["#", "|", ">", "<", "&&", ";"].contains($0) && !$0.hasSuffix(";") }
    // Behind `statement` stand the words of another command with its options.
    let typed = entry.path == ["statement"] ? own.prefix { $0.hasPrefix("--out") } : own
    for word in typed where word.hasPrefix("--") && !word.hasPrefix(#"--\("#) {
      let option = String(word.prefix { $0 == "-" || $0.isLetter || $0.isNumber })
      #expect(entry.options.contains(option), "no option \(option): \(place)")
    }
  }
}
