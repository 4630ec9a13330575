extension Statement {
  /// Whether `text` is a name as policies have them: `[a-z][a-z0-9.-]{0,62}`.
  static func isName(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { $0 != UInt8(ascii: "_") } && isLabel(text)
  }

  /// Whether `text` can name a metric or a value: `[a-z][a-z0-9._-]{0,62}`.
  static func isLabel(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
      text.utf8.count <= 63
    else { return false }
    return text.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789._-".utf8.contains($0) }
  }

  /// Whether `text` names a file that can lie in any folder: 1 to 255 bytes, no path, no control
  /// characters.
  static func isFileName(_ text: String) -> Bool {
    guard (1...255).contains(text.utf8.count) else { return false }
    guard !text.utf8.elementsEqual(".".utf8), !text.utf8.elementsEqual("..".utf8) else {
      return false
    }
    return text.unicodeScalars.allSatisfy {
      $0 != "/" && $0 != "\\" && $0.properties.generalCategory != .control
    }
  }
}

extension StringProtocol {
  /// What follows `prefix`, compared as bytes; `nil` if the text begins otherwise.
  func rest(after prefix: String) -> String? {
    guard utf8.starts(with: prefix.utf8) else { return nil }
    return String(self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...])
  }
}
