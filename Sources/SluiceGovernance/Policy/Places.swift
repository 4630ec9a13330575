/// Where the parts of a document stand in its file.
struct Places: Sendable {
  /// A line and a column, both from 1.
  struct Mark: Hashable, Sendable {
    let line: Int
    let column: Int

    static let start = Mark(line: 1, column: 1)
  }

  /// The file, as the reader of the text named it.
  let source: String
  /// Path → where it is.
  let marks: [String: Mark]

  /// Whether the document has something at that path.
  func has(_ path: String) -> Bool { marks[path] != nil }

  /// A fault at a path; where the document has nothing there, at the nearest part around it.
  func fault(_ code: String, _ path: String, _ message: String) -> PolicyFault {
    var around = Substring(path)
    while marks[String(around)] == nil, let cut = around.lastIndex(where: { ".[".contains($0) }) {
      around = around[..<cut]
    }
    return fault(code, marks[String(around)] ?? .start, path, message)
  }

  /// A fault at a place of which no path is known.
  func fault(_ code: String, _ mark: Mark, _ message: String) -> PolicyFault {
    fault(code, mark, "", message)
  }

  private func fault(
    _ code: String,
    _ mark: Mark,
    _ path: String,
    _ message: String
  ) -> PolicyFault {
    PolicyFault(
      code: code,
      source: source,
      line: mark.line,
      column: mark.column,
      path: path,
      message: message
    )
  }
}
