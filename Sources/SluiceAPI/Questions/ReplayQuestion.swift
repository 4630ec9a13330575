public import SluiceEncoding

/// A policy by which past cases are to be judged again (`policy diff --replay`).
public struct ReplayQuestion: Body {
  /// The policy file.
  public let policy: String

  /// Composes a question.
  public init(policy: String) { self.policy = policy }

  /// `{"policy"}`.
  public var json: JSONValue { .object(["policy": .string(policy)]) }

  /// Reads a question.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "replay question")
    self.init(policy: try fields.string("policy"))
    try fields.finish()
  }
}
