/// Rows under headings, in columns as wide as their widest cell.
struct Table {
  let headings: [String]
  let rows: [[String]]

  var text: String {
    let lines = [headings] + rows
    let widths = headings.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { row in
      zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      .joined(separator: "  ").trimmingSuffix(" ")
    }.joined(separator: "\n")
  }

  /// RFC 4180: quoted where a comma, a quote or a line break demands it.
  var csv: String {
    ([headings] + rows).map { row in
      row.map { cell in
        cell.contains { ",\"\r\n".contains($0) }
          ? "\""
            + cell.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\"" : cell
      }.joined(separator: ",")
    }.joined(separator: "\r\n") + "\r\n"
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    var copy = self
    while copy.last == character { copy.removeLast() }
    return copy
  }
}
