internal import SluiceEncoding

/// A story told beside a policy: who did what and when, and what is expected to follow
/// (governance-domain 13).
///
/// The sentences are those of `Policies/README.md`. Who the people are is in the story; the policy
/// is given when it is played.
public struct Scenario: Sendable {
  /// The file of the policy, as the scenario names it.
  public let policy: String
  /// The files of policies that amendments of the story propose.
  public let laterPolicies: [String]
  let source: String
  let cast: Cast
  let given: [Event]
  let expected: [Expectation]

  /// What happens in a story at an instant.
  struct Event: Sendable {
    let at: Instant
    let act: Act
    /// What the story calls it from there on.
    let name: String?
    let line: Line
  }

  /// What must be so at an instant.
  struct Expectation: Sendable {
    let at: Instant
    let claim: Claim
    let line: Line
  }

  /// Where a sentence stands, and how it reads.
  struct Line: Hashable, Sendable {
    let number: Int
    let text: String
  }

  /// A line of the story that came otherwise than it says.
  public struct Failure: Hashable, Sendable {
    /// The file, as the reader of the text named it.
    public let source: String
    /// From 1.
    public let line: Int
    /// The sentence.
    public let sentence: String
    /// What is so instead.
    public let found: String
  }

  /// Something because of which a scenario cannot be read or played.
  public struct Fault: Hashable, Sendable {
    /// The file, as the reader of the text named it.
    public let source: String
    /// From 1.
    public let line: Int
    /// What is wrong and what to do.
    public let message: String
  }

  /// Why a scenario cannot be read or played: every fault of the text at once, or the first one that
  /// only shows with the policy.
  public struct Faults: Error, Hashable, Sendable {
    /// At least one.
    public let faults: [Fault]
  }
}

extension Scenario.Failure: CustomStringConvertible {
  /// `file:line: sentence: what was found`.
  public var description: String { "\(source):\(line): \(sentence): \(found)" }
}

extension Scenario.Fault: CustomStringConvertible {
  /// `file:line: what is wrong`.
  public var description: String { "\(source):\(line): \(message)" }
}

extension Scenario.Faults: CustomStringConvertible {
  /// One line a fault.
  public var description: String { faults.map(\.description).joined(separator: "\n") }
}
