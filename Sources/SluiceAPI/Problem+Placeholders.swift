extension Problem {
  /// A name that the acts of a problem leave open, written as it stands in a command.
  ///
  /// Whoever puts a refusal into words may not know the release or the tier; whoever shows it to a
  /// person often does, and fills it in so that the act can be typed.
  public enum Placeholder: String, CaseIterable, Hashable, Sendable {
    case release = "OWNER/NAME"
    case tier = "TIER"
    case `case` = "CASE"
    case grant = "GRANT"
    case person = "NAME"
    case key = "KEY"
    case server = "URL"
    case directory = "DIR"
  }

  /// The problem with the names that are known in the place of their placeholders.
  ///
  /// Only whole words of ``next`` are replaced; `KEY.pub` is the file beside `KEY`.
  public func filled(_ known: [Placeholder: String]) -> Problem {
    Problem(
      code: code,
      detail: detail,
      next: next.map { act in
        act.split(separator: " ", omittingEmptySubsequences: false)
          .map { Self.filled($0, known) }
          .joined(separator: " ")
      },
      explanation: explanation,
      difference: difference,
      policy: policy
    )
  }

  /// The problem as the server at an address tells it: commands that speak to a server name this one.
  public func told(by server: String) -> Problem {
    let filled = filled([.server: server])
    return Problem(
      code: code,
      detail: detail,
      next: filled.next.map { act in
        guard let command = act.firstMatch(of: /: sluice (\w+)/), !act.contains(" --server ") else {
          return act
        }
        return Self.remote.contains(command.1) ? "\(act) --server \(server)" : act
      },
      explanation: explanation,
      difference: difference,
      policy: policy
    )
  }

  /// The commands that work over HTTP.
  private static let remote: Set<Substring> = [
    "cases", "download", "explain", "grants", "open", "request", "show",
  ]

  private static func filled(_ word: Substring, _ known: [Placeholder: String]) -> String {
    let suffix = word.hasSuffix(".pub") ? ".pub" : ""
    guard let placeholder = Placeholder(rawValue: String(word.dropLast(suffix.count))),
      let name = known[placeholder]
    else { return String(word) }
    return name + suffix
  }
}
