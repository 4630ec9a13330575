internal import SluiceEncoding

extension String {
  /// The text as it can stand in a line: what would break the line, move the cursor or turn the
  /// direction of writing is spelt out, and a backslash is doubled so that nothing else reads so.
  var inOneLine: String {
    var line = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\u{200C}", "\u{200D}": line.unicodeScalars.append(scalar)  // join letters and emoji
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
          line += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        default: line.unicodeScalars.append(scalar)
        }
      }
    }
    return line
  }

  /// The text in one line between quotation marks.
  var quoted: String {
    let inside = inOneLine.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"\(inside.joined(separator: "\\\""))\""
  }

  /// The text after a colon, where there is any.
  var said: String { isEmpty ? "" : ": \(inOneLine)" }
}

extension SHA256Digest {
  /// As many digits as people compare.
  var short: String { String(hex.prefix(12)) }
}

extension Identifier {
  /// Of an identity that is a digest, as many digits as people compare.
  var short: String { String(rawValue.prefix(12)).inOneLine }
}

extension Dictionary where Key == String, Value == String {
  /// Names and texts, sorted.
  var list: String {
    sorted { $0.key < $1.key }.map { "\($0.key.inOneLine) = \($0.value.quoted)" }
      .joined(separator: ", ")
  }
}

extension Dictionary where Key: CustomStringConvertible, Value == SHA256Digest {
  /// Names and digests, sorted.
  var list: String {
    map { ($0.key.description, $0.value) }.sorted { $0.0 < $1.0 }
      .map { "\($0.0.inOneLine) = \($0.1.short)" }.joined(separator: ", ")
  }
}
