import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer

extension Beginning {
  /// What `sluice quickstart` has done, and what comes next.
  struct Outcome {
    let local: Where.Local
    let release: Release.ID
    let policy: Policy
    var cases: [CaseLine] = []
    var tiers: [Binding.Bound] = []
    /// Cases that others must approve: number and names.
    var waiting: [(number: Int, names: [String])] = []

    /// The commands to run next, with this release's names; who runs one is said after `#`.
    var next: [String] {
      let acts = waiting.isEmpty ? acts : waits
      let width = acts.map(\.command.count).max() ?? 0
      return acts.map { act in
        act.command + String(repeating: " ", count: width - act.command.count)
          + "  # \(act.comment)"
      }
    }

    /// What others must do, before the same command is typed again.
    private var waits: [(command: String, comment: String)] {
      var acts: [(command: String, comment: String)] = waiting.map { wait in
        (Typed.command("approve", "\(wait.number)"), wait.names.joined(separator: " or "))
      }
      for name in Set(waiting.flatMap(\.names)).sorted() {
        let token = Typed.command("person", "add", name, "--token", "laptop")
        acts.append((token, "a token, if \(name) is at another machine"))
      }
      return acts + [(Typed.current.text, "again, when they have")]
    }

    private var acts: [(command: String, comment: String)] {
      let address = "http://127.0.0.1:8080"
      return [
        (Typed.command("serve"), "in another terminal"),
        (Typed.command("person", "add", "bob", "--token", "laptop"), "prints a token for Bob"),
        ("export HF_ENDPOINT=\(address) HF_TOKEN=hf_…", "Bob, with that token"),
        ("sluice request \(release) --tier weights --server \(address)", "Bob"),
        (Typed.command("cases"), "shows his case and its number"),
        (Typed.command("approve", "N"), "you, with that number"),
        ("hf download \(release)", "Bob"),
        (Typed.command("audit", "who", release.rawValue), "who received what"),
      ]
    }

    var text: String {
      let state =
        waiting.isEmpty
        ? "\(release) is released: \(policy.title)." : "\(release) waits for other people."
      return "\(state)\nnext:\n" + next.map { "  \($0)" }.joined(separator: "\n")
    }

    /// `{"cases","home","next","policy","release","tiers"}`.
    var json: JSONValue {
      .object([
        "cases": .array(cases.map(\.json)), "home": .string(local.home.folder.typed),
        "next": .array(next.map { .string($0) }), "policy": .string(policy.digest.hex),
        "release": .string(release.rawValue), "tiers": .array(tiers.map(\.json)),
      ])
    }
  }
}
