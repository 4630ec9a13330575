import SluiceAPI
import SluiceGovernance

/// Texts that people agree to: by name on the command line, or after reading them on a terminal.
enum Agreeing {
  /// Whether somebody at the terminal agrees to a text, which is shown first; without one nobody does.
  static func agrees(to id: Terms.ID, _ text: [UInt8]) -> Bool {
    guard Terminal.isInteractive else { return false }
    Terminal.notice(String(decoding: text, as: UTF8.self))
    return Terminal.confirms("Do you agree to these terms (\(id))?")
  }

  /// Those of the texts that a gate asks for to which somebody at the terminal agrees, besides `given`.
  static func asked(
    by gate: Gate.ID,
    of policy: Policy,
    besides given: [Terms.ID],
    on page: ReleasePage
  ) -> [Terms.ID] {
    let wanted = policy.branches(of: gate).flatMap(\.parts).map(\.requirement)
    return policy.terms.map(\.id).filter { id in
      guard wanted.contains(.accept(id)), !given.contains(id), let text = page.texts[id] else {
        return false
      }
      return agrees(to: id, Array(text.utf8))
    }
  }
}
