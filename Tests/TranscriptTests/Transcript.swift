import Foundation

/// A session at the terminal, written down: what is typed and what is seen.
///
/// `$` runs a line and expects it to succeed, `!` expects it to fail, `&` starts it in the background
/// and waits until it says where it listens. Below them `stdout`, `stderr` and `exit` state what is
/// seen: the text must occur, and what is not stated is not checked; `absent` is what must not occur.
/// With `terminal` the line runs on a terminal, which `stderr` then shows; `type` answers what is asked
/// there, a line each, `^D` being the end of the input. `set NAME REGEX` keeps the first
/// group of what the last line printed as `$NAME`. `play NAME` plays the part of that name first, with
/// its files. Lines after `-- name --` are a file.
struct Transcript {
  struct Step {
    enum Manner { case succeeds, fails, background }

    let line: Int
    let manner: Manner
    let words: [String]
    var stdout: [String] = []
    var stderr: [String] = []
    var absent: [String] = []
    var exit: Int32?
    var isOnTerminal = false
    var typed: [String] = []
    var kept: [(name: String, pattern: String)] = []
  }

  struct Fault: Error, CustomStringConvertible {
    let line: Int
    let what: String
    var description: String { "line \(line): \(what)" }
  }

  private(set) var steps: [Step] = []
  private(set) var files: [(name: String, text: String)] = []

  /// Reads a transcript; `part` gives the text of another one that it plays.
  init(_ text: String, part: (String) throws -> String) throws {
    var rest = text
    while let match = rest.prefixMatch(of: /(?:#[^\n]*\n|\n)*play ([a-z-]+)\n/) {
      let played = try Transcript(try part(String(match.output.1)), part: part)
      steps += played.steps
      files += played.files
      rest.removeSubrange(match.range)
    }
    let known = files
    files = []
    try read(rest)
    files = known + files
  }

  private mutating func read(_ text: String) throws {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      try read(String(line), number: index + 1)
    }
  }

  private mutating func read(_ line: String, number: Int) throws {
    if line.hasPrefix("-- "), line.hasSuffix(" --") {
      files.append((String(line.dropFirst(3).dropLast(3)), ""))
    } else if !files.isEmpty {
      files[files.count - 1].text += line + "\n"
    } else if line.isEmpty || line.hasPrefix("#") {
      return
    } else {
      try readStep(line, number: number)
    }
  }

  private mutating func readStep(_ line: String, number: Int) throws {
    let space = line.firstIndex(of: " ") ?? line.endIndex
    let rest = String(line[space...].dropFirst())
    let manners: [String: Step.Manner] = ["$": .succeeds, "!": .fails, "&": .background]
    if let manner = manners[String(line[..<space])] {
      steps.append(Step(line: number, manner: manner, words: Self.words(rest)))
      return
    }
    guard !steps.isEmpty else { throw Fault(line: number, what: "nothing was run yet: \(line)") }
    let last = steps.count - 1
    switch line[..<space] {
    case "stdout": steps[last].stdout.append(rest)
    case "stderr": steps[last].stderr.append(rest)
    case "absent": steps[last].absent.append(rest)
    case "terminal": steps[last].isOnTerminal = true
    case "type":
      steps[last].isOnTerminal = true
      steps[last].typed.append(rest)
    case "exit": steps[last].exit = Int32(rest)
    case "set":
      let parts = rest.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw Fault(line: number, what: "set NAME REGEX") }
      steps[last].kept.append((parts[0], parts[1]))
    default: throw Fault(line: number, what: "not a line of a transcript: \(line)")
    }
  }

  /// Words as a shell would see them: blanks separate, single and double quotes hold together.
  static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        word = word ?? ""
      } else if character == " " {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let done = word { words.append(done) }
    return words
  }
}
