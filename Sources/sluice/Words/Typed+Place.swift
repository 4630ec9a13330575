import ArgumentParser
import Foundation

extension Typed {
  /// The command at the same place: with the `--home` or the `--server` that was typed, where the
  /// command takes it.
  ///
  /// The environment needs no repeating; it is the same for whoever types the command here.
  func atSamePlace(as typed: Typed = .current) -> Typed {
    guard value(of: "--home") == nil, value(of: "--server") == nil else { return self }
    for option in ["--home", "--server"] {
      guard let place = typed.value(of: option) else { continue }
      let placed = with([(option, place)])
      if placed.isUnderstood { return placed }
    }
    return self
  }

  /// A command of this program, to be typed at the same place.
  static func command(_ words: String...) -> String { Typed(words: words).atSamePlace().text }

  /// Whether the program takes the command as it stands.
  private var isUnderstood: Bool {
    do {
      _ = try Sluice.parseAsRoot(words)
      return true
    } catch {
      return false
    }
  }

  /// An act that a problem or a result proposes, as it can be typed here.
  ///
  /// The command is what follows the last colon and blank. "The same command" becomes what was
  /// typed, changed as the act says: `with --option VALUE …`, or `with WORD for WORD`.
  static func act(_ act: String, after typed: Typed = .current) -> String {
    if let range = act.range(of: "the same command") {
      return act[..<range.lowerBound] + typed.changed(as: act[range.upperBound...]).text
    }
    if let command = Typed(act) { return command.atSamePlace(as: typed).text }
    guard let colon = act.range(of: ": sluice ", options: .backwards),
      let command = Typed(act[act.index(colon.lowerBound, offsetBy: 2)...])
    else { return act }
    return act[..<colon.lowerBound] + ": " + command.atSamePlace(as: typed).text
  }

  private func changed(as change: Substring) -> Typed {
    let words = change.split(separator: " ").map(String.init)
    guard words.first == "with" else { return self }
    if words.count == 4, words[2] == "for" { return replacing(words[3], with: words[1]) }
    let pairs = stride(from: 1, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }
    return with(pairs.map { (name: $0.0, value: $0.1) })
  }
}
