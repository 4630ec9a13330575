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

    /// The commands to run next, with this release's names.
    var next: [String] {
      guard waiting.isEmpty else {
        return waiting.map { "\($0.names.joined(separator: " or ")): sluice approve \($0.number)" }
          + ["then again: sluice quickstart"]
      }
      return [
        "sluice serve",
        "sluice person add bob --token laptop      # prints a token; give it to Bob",
        "Bob: export HF_ENDPOINT=http://127.0.0.1:8080 HF_TOKEN=hf_…",
        "Bob: sluice request \(release) --tier weights --server http://127.0.0.1:8080",
        "sluice cases; sluice approve N            # you decide",
        "Bob: hf download \(release)",
        "sluice audit who \(release)               # who received what",
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
        "cases": .array(cases.map(\.json)),
        "home": .string(local.home.folder.path(percentEncoded: false)),
        "next": .array(next.map { .string($0) }), "policy": .string(policy.digest.hex),
        "release": .string(release.rawValue), "tiers": .array(tiers.map(\.json)),
      ])
    }
  }
}
