import Foundation
import SluiceEncoding
import SluiceGovernance
import Testing

/// The pages that others implement must say what the code does.
@Suite("The page about statements")
struct StatementPageTests {
  @Test func `has every type with its namespace and its strength`() throws {
    let rows = try Self.rows(in: "statements.md").filter { $0.count == 4 }
    for type in StatementType.allCases where type != .file {
      let row = try #require(rows.first { $0[0] == "`\(type.rawValue)`" }, "\(type)")
      let body = try #require(Utterance.all.first { $0.body.type == type }?.body)
      #expect(row[2] == "`\(type.namespace)`", "\(type)")
      #expect(row[3] == body.leastStrength.rawValue, "\(type)")
    }
    let files = rows.filter { $0[0].hasPrefix("`file` ") }
    for said in Utterance.all where said.body.type == .file {
      let kind = try #require(said.body.json.objectValue?["kind"]?.stringValue)
      let row = try #require(files.first { $0[0].contains("`\(kind)`") }, "\(kind)")
      #expect(row[2] == "`\(said.body.type.namespace)`", "\(kind)")
      #expect(row[3] == said.body.leastStrength.rawValue, "\(kind)")
    }
  }

  @Test func `has every code`() throws {
    let text = try Self.text("statements.md")
    for code in ReasonCode.allCases { #expect(text.contains("`\(code.rawValue)`")) }
  }

  /// Every example is a body that is tried elsewhere, of every type and kind there is one.
  @Test func `has an example of every body`() throws {
    let block = try #require(try Self.blocks(in: "statements.md").dropFirst().first)
    var shown: Set<String> = []
    for line in block {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      let said = Utterance.all.first { said in
        words == [said.body.type.rawValue, said.json]
      }
      #expect(said != nil, "\(line)")
      if let said { shown.insert(Self.kind(of: said)) }
    }
    #expect(shown == Set(Utterance.all.map(Self.kind)))
  }

  @Test func `has a whole statement`() throws {
    let block = try #require(try Self.blocks(in: "statements.md").dropFirst(2).first)
    let bytes = Array(block.joined().utf8)
    #expect(try Statement(canonical: bytes) == Utterance["surrender"].statement)
  }

  @Test func `says of every event who may read it`() throws {
    let kinds = try Self.rows(in: "visibility.md").filter { $0.count == 4 }.flatMap {
      $0[0].split(separator: ", ").map { $0.filter { $0 != "`" } }
    }
    let service = try Self.rows(in: "statements.md").filter { row in
      row.count == 3 && ["public", "sealed", "by its"].contains { row[2].hasPrefix($0) }
    }
    let expected =
      StatementType.allCases.map(\.rawValue)
      + service.map { $0[0].filter { $0 != "`" } }.filter { $0 != "a statement's type" }
    for kind in expected {
      #expect(kinds.count { $0 == kind } == 1, "\(kind)")
    }
  }

  private static func kind(of said: Utterance) -> String {
    let kind = said.body.json.objectValue?["kind"]?.stringValue ?? ""
    return "\(said.body.type.rawValue) \(said.body.type == .file ? kind : "")"
  }

  private static func text(_ page: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appending(path: "Docs/Formats/\(page)"),
      encoding: .utf8
    )
  }

  /// The cells of every row of every table.
  private static func rows(in page: String) throws -> [[String]] {
    try text(page).split(separator: "\n").filter { $0.hasPrefix("|") && $0.hasSuffix("|") }.map {
      $0.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// The lines of every block of code, without those that are marked as JSON.
  private static func blocks(in page: String) throws -> [[String]] {
    var blocks: [[String]] = []
    for (place, part) in try text(page).components(separatedBy: "\n```").enumerated()
    where place % 2 == 1 {
      blocks.append(part.split(separator: "\n").map(String.init))
    }
    return blocks
  }
}
