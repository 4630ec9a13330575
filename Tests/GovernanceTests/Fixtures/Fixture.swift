import Foundation
import SluiceEncoding
import SluiceGovernance
import Testing

/// Stored decisions of some version of the rules: a log, the texts that it names, and the explanations
/// that its decisions must have for ever.
///
/// Statements are in the file as they were signed; facts that nobody signed are spelt out. The format
/// is this file's own.
struct Fixture {
  /// The version of the rules by which the decisions were made.
  var rules: String
  /// What the log is about, for people.
  var about: String
  var policies: [String]
  var rosters: [String]
  var entries: [Entry]
  /// The index of each `decided` entry → the explanation's canonical bytes, as text.
  var explanations: [Int: String]

  /// The name that the log's root would have; what an explanation says of the log is not recomputed
  /// from bytes here.
  static func head(_ size: Int) -> Statement.Head {
    .init(size: size, root: SHA256Digest(of: "\(size)".utf8))
  }

  /// Takes down what a simulation recorded.
  init(_ about: String, _ simulation: Simulation) {
    rules = Decision.rules
    self.about = about
    policies = simulation.release.library.policies.sorted { $0.key < $1.key }.map(\.value.text)
    rosters = simulation.release.library.rosters.sorted { $0.key < $1.key }.map(\.value.text)
    entries = simulation.steps.map(\.entry)
    explanations = [:]
    for step in simulation.steps {
      guard let decision = step.decision else { continue }
      explanations[step.entry.index] =
        Explanation(decision.evaluation, log: Self.head(step.entry.index)).json.text
    }
  }

  /// What the decisions in the log have to be explained by, evaluated anew: index → canonical text.
  ///
  /// One that comes out otherwise than it is recorded is not among them.
  func recomputed() throws -> [Int: String] {
    var library = Release.Library()
    for text in policies {
      let policy = try Policy(text: text)
      library.policies[policy.digest] = policy
    }
    for text in rosters {
      let roster = try Roster(text: text)
      library.rosters[roster.digest] = roster
    }
    var release = Release("owner/scenario", library: library)
    var found: [Int: String] = [:]
    for entry in entries {
      if case .decided(let recorded) = entry.fact, explanations[entry.index] != nil {
        let asked = try #require(release.cases[recorded.case])
        let evaluation = try #require(evaluate(asked, in: release, at: entry.at))
        if Decision(evaluation)?.record(review: recorded.review) == recorded {
          found[entry.index] = Explanation(evaluation, log: Self.head(entry.index)).json.text
        }
      }
      release.apply(entry)
    }
    return found
  }
}
