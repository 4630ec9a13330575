import Foundation

/// A command as somebody typed it, or could type it, in a shell.
struct Typed: Sendable {
  /// The words after the program's name.
  var words: [String]

  /// What was typed this time.
  static var current: Typed { Typed(words: Array(CommandLine.arguments.dropFirst())) }

  /// Reads a command that was written with ``text``; `nil` if it is not one of this program.
  init?(_ text: some StringProtocol) {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for character in text {
      switch character {
      case "'":
        isQuoted.toggle()
        word = word ?? ""
      case " " where !isQuoted:
        if let done = word { words.append(done) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    if let done = word { words.append(done) }
    guard !isQuoted, words.first == "sluice" else { return nil }
    self.init(words: Array(words.dropFirst()))
  }

  init(words: [String]) { self.words = words }

  /// The line to type, each word quoted where a shell would not take it as it is.
  var text: String { (["sluice"] + words).map(Self.quoted).joined(separator: " ") }

  /// A word as a shell reads it back unchanged.
  static func quoted(_ word: String) -> String {
    let plain = /[A-Za-z0-9_@%+=:,.\/~-]+/
    // A leading tilde that is not meant for the shell must not reach it.
    if word.wholeMatch(of: plain) != nil, !word.hasPrefix("~") || isAtHome(word) { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: #"'\''"#) + "'"
  }

  private static func isAtHome(_ word: String) -> Bool { word == "~" || word.hasPrefix("~/") }

  /// The value that an option was given; of several the last.
  func value(of option: String) -> String? {
    var value: String?
    for (index, word) in options.enumerated() {
      if word == option, index + 1 < words.count { value = words[index + 1] }
      if word.hasPrefix(option + "=") { value = String(word.dropFirst(option.count + 1)) }
    }
    return value
  }

  /// Whether a flag was given.
  func has(_ flag: String) -> Bool { options.contains(flag) }

  /// The same with options put in; those that were given before give way.
  func with(_ options: [(name: String, value: String)]) -> Typed {
    var copy = self
    for option in options { copy.remove(option.name) }
    copy.words += options.flatMap { [$0.name, $0.value] }
    return copy
  }

  /// The same with a flag.
  func adding(_ flag: String) -> Typed { Typed(words: words + [flag]) }

  /// The same with one word in the place of another, also of what stands behind `=` or a colon.
  func replacing(_ word: String, with other: String) -> Typed {
    Typed(
      words: words.map { typed in
        guard typed != word else { return other }
        let isPart = typed.hasSuffix("=\(word)") || typed.hasSuffix(":\(word)")
        return isPart ? typed.dropLast(word.count) + other : typed
      }
    )
  }

  /// The same without an option and its value.
  func without(_ option: String) -> Typed {
    var copy = self
    copy.remove(option)
    return copy
  }

  private mutating func remove(_ option: String) {
    while let index = options.firstIndex(of: option) {
      words.removeSubrange(index..<min(index + 2, words.count))
    }
    words.removeAll { $0.hasPrefix(option + "=") }
  }

  /// The words before `--`, after which nothing is an option.
  private var options: ArraySlice<String> { words.prefix { $0 != "--" } }
}
