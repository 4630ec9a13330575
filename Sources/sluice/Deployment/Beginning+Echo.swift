import SluiceGovernance
import SluiceServer

/// What `quickstart` does, as commands that could be typed instead of it.
extension Beginning {
  /// Shows the command whose work is done next.
  func echo(_ words: String...) { echo(words: words) }

  /// Shows the command whose work is done next.
  func echo(words: [String]) {
    rendering.tell("$ " + Typed(words: words).atSamePlace().text)
  }

  /// The key that was named, for commands that sign.
  var signing: [String] { Typed.current.value(of: "--key").map { ["--key", $0] } ?? [] }

  /// Binds a selection: the files are named where they are not all that the directory has.
  func bindWords(_ tier: Tier.ID, _ selection: Selection, of all: Selection) -> [String] {
    let named = selection == all ? [] : selection.files.flatMap { ["--only", $0.path] }
    return ["bind", release.rawValue, tier.rawValue, selection.directory.typed] + named + [
      "--clerk"
    ]
  }
}
