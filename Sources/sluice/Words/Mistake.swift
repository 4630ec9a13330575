import ArgumentParser
import SluiceAPI
import SluiceEncoding

/// A command or an option that the program does not have, and the one that was meant.
struct Mistake {
  /// The one sentence.
  let sentence: String
  /// What to type, the most useful first.
  let next: [String]

  /// Looks for the first word that cannot be right; `nil` if the words are there.
  ///
  /// The parser finds what is missing before it finds what is misspelt, and what is misspelt is
  /// often why something is missing.
  init?(in typed: Typed) {
    let path = Sluice.path(of: typed)
    guard let command = path.last else { return nil }
    var rest = typed.words.dropFirst(path.count - 1)
    if command == StatementCommand.self {
      guard Typed(words: Array(rest)).without("--out").words.first?.hasPrefix("-") == true else {
        self.init(behind: path.count - 1, of: typed)
        return
      }
      // Behind the command that follows, options are that command's.
      rest = rest.prefix { $0.hasPrefix("-") }
    }
    guard command.configuration.subcommands.isEmpty else {
      guard let word = rest.first, !word.hasPrefix("-"), path.count > 1 || word != "help" else {
        return nil
      }
      self.init(command: word, in: path, typed)
      return
    }
    let known = Self.options(of: command)
    let unknown = rest.prefix { $0 != "--" }.lazy
      .filter { $0.hasPrefix("--") }.map { String($0.prefix { $0 != "=" }) }
      .first { !known.contains($0) }
    guard let unknown else { return nil }
    if unknown == "--server", let bound = command as? any HomeBound.Type {
      let problem = Misplaced(by: bound, server: "--server").problem
      let server = typed.value(of: "--server").map(Typed.quoted) ?? "URL"
      let here = typed.without("--server")
      self.init(
        sentence: problem.detail,
        next: problem.filled([.server: server]).next.map { Typed.act($0, after: here) }
      )
      return
    }
    let meant = Spelling.nearest(to: unknown, among: known)
    let name = Sluice.name(of: typed)
    self.init(
      sentence: "\(name) has no option \(unknown)" + Self.guess(meant),
      corrected: meant.map { typed.renaming(unknown, to: $0) },
      further: "What it takes: \(name) --help"
    )
  }

  private init(sentence: String, next: [String]) {
    self.sentence = sentence
    self.next = next
  }

  private init(sentence: String, corrected: Typed?, further: String) {
    self.sentence = sentence
    next = (corrected.map { ["If that is meant: \($0.text)"] } ?? []) + [further]
  }

  /// Looks into the command that `sluice statement` was given: its options are that command's.
  private init?(behind place: Int, of typed: Typed) {
    let words = Array(typed.without("--out").words.dropFirst(place))
    let outer = typed.words.prefix { $0 == "statement" || $0.hasPrefix("-") }
    let given = typed.value(of: "--out").map { ["--out", $0] } ?? []
    guard outer.first == "statement",
      let inner = Mistake(in: Typed(words: words))
    else { return nil }
    let begin = Typed(words: ["statement"] + given).text
    sentence = inner.sentence
    next = inner.next.map { act in
      act.replacing("If that is meant: sluice ", with: "If that is meant: \(begin) ")
    }
  }

  private static func guess(_ meant: String?) -> String {
    meant.map { "; did you mean \($0)?" } ?? ""
  }

  private init(command word: String, in path: [any ParsableCommand.Type], _ typed: Typed) {
    let name = Sluice.name(of: typed)
    let here = path.last?.configuration.subcommands ?? []
    let meant =
      Spelling.nearest(to: word, among: here.map { $0._commandName })
      ?? (path.count == 1 ? Self.deeper(word) : nil)
    var corrected: Typed?
    if let index = typed.words.firstIndex(of: word), let meant {
      let words = meant.split(separator: " ").map(String.init)
      corrected = Typed(words: typed.words[..<index] + words + typed.words[(index + 1)...])
    }
    self.init(
      sentence: "\(name) has no command \(word)" + Self.guess(meant.map { "\(name) \($0)" }),
      corrected: corrected,
      further: "What there is: \(name) --help"
    )
  }

  /// The command of that name below another one: `audit who` for `who`.
  private static func deeper(_ word: String) -> String? {
    for group in Sluice.configuration.subcommands {
      let found = group.configuration.subcommands.contains { $0._commandName == word }
      if found { return "\(group._commandName) \(word)" }
    }
    return nil
  }

  /// The long options of a command, as its help lists them, and those that every command has.
  private static func options(of command: any ParsableCommand.Type) -> [String] {
    let help = command.helpMessage(includeHidden: true, columns: 400)
    let listed = help.split(separator: "\n").flatMap { line in
      guard line.hasPrefix("  -") else { return [String]() }
      let names = line.dropFirst(2).split(separator: "  ").first ?? ""
      return names.matches(of: /--[a-z][a-z-]*/).map { String($0.output) }
    }
    return listed + ["--help", "--help-hidden", "--version", "--experimental-dump-help"]
  }
}

extension Sluice {
  /// The commands that the first words name, from the program itself to the last that there is.
  static func path(of typed: Typed) -> [any ParsableCommand.Type] {
    var path: [any ParsableCommand.Type] = [Sluice.self]
    for word in typed.words {
      let below = path.last?.configuration.subcommands ?? []
      guard let next = below.first(where: { $0._commandName == word }) else { break }
      path.append(next)
    }
    return path
  }

  /// The name of the command that was typed: `sluice audit who`.
  static func name(of typed: Typed) -> String {
    path(of: typed).map { $0._commandName }.joined(separator: " ")
  }
}

extension Typed {
  /// The same with another name for an option.
  fileprivate func renaming(_ option: String, to other: String) -> Typed {
    Typed(
      words: words.map { word in
        word == option
          ? other : word.hasPrefix("\(option)=") ? other + word.dropFirst(option.count) : word
      }
    )
  }
}
