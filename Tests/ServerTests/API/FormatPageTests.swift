import Foundation
import SluiceAPI
import SluiceEncoding
import Testing

@Suite("The page on HTTP")
struct FormatPageTests {
  static let page = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Docs/Formats/http.md")

  /// Members whose own members are data, not names of the format.
  static let maps = [
    "answers", "attachments", "data", "documents", "explanation", "fields", "manifests", "metrics",
    "policies", "sizes", "terms", "texts", "values", "withheld",
  ]

  @Test func `names every member of every body`() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    var names: Set<String> = []
    for body in try BodiesTests.samples() { Self.collect(body.json, into: &names) }
    #expect(names.count > 60)
    for name in names.sorted() {
      #expect(text.contains("`\(name)`") || text.contains("\"\(name)\""), "\(name)")
    }
  }

  private static func collect(_ json: JSONValue, into names: inout Set<String>) {
    for item in json.arrayValue ?? [] { collect(item, into: &names) }
    for member in json.objectValue?.members ?? [] {
      names.insert(member.name)
      if maps.contains(member.name), member.value.objectValue != nil { continue }
      collect(member.value, into: &names)
    }
  }
}
