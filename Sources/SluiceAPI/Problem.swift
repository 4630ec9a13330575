public import SluiceEncoding
public import SluiceGovernance

/// A "no" on the wire: `application/problem+json` (RFC 9457).
///
/// `code` never changes and is what clients match on; `detail` is one sentence for people; `next`
/// are the acts that would help.
public struct Problem: Body {
  /// The stable name (governance-domain 15.3).
  public let code: String
  /// One sentence.
  public let detail: String
  /// What to do, the most useful first.
  public let next: [String]
  /// The explanation of the gate, where there is one (governance-domain 12).
  public let explanation: JSONValue?
  /// What a case says otherwise than the revision that was judged; empty where nothing does.
  public let difference: [Wording.Difference]
  /// The part of the policy on which it rests, where it rests on one.
  public let policy: Clause?

  /// Composes a problem; refusals have their own initialiser.
  public init(
    code: String,
    detail: String,
    next: [String],
    explanation: JSONValue? = nil,
    difference: [Wording.Difference] = [],
    policy: Clause? = nil
  ) {
    self.code = code
    self.detail = detail
    self.next = next
    self.explanation = explanation
    self.difference = difference
    self.policy = policy
  }

  /// The log cannot be used as things are, so nothing is decided or handed out.
  public static let logUnavailable = Problem(
    code: "log.unavailable",
    detail: "The log cannot be written, so nothing is decided or served.",
    next: [
      "Try again in a while.",
      "The operator sees to the disk on which the deployment lies: space, permissions, health.",
    ]
  )

  /// `{"code","detail","difference"?,"explanation"?,"next","policy"?}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "code": .string(code), "detail": .string(detail),
      "next": .array(next.map { .string($0) }),
    ]
    members["difference"] = difference.isEmpty ? nil : .array(difference.map(\.json))
    members["explanation"] = explanation
    members["policy"] = policy?.json
    return .object(members)
  }

  /// Reads a problem, with or without the members `status`, `title` and `type` of RFC 9457.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "problem")
    _ = try fields.optionalInteger("status")
    _ = try fields.optionalString("title")
    _ = try fields.optionalString("type")
    self.init(
      code: try fields.string("code"),
      detail: try fields.string("detail"),
      next: try fields.texts("next"),
      explanation: fields.optionalValue("explanation"),
      difference: try fields.optionalBodies("difference") ?? [],
      policy: try fields.optionalFields("policy").map { fields throws(Malformed) in
        try Clause(fields)
      }
    )
    try fields.finish()
  }
}

/// A "no" together with the gate's explanation, thrown where the explanation is known.
///
/// Whoever catches it treats it as the `refusal` that it carries.
public struct Explained: Error, Hashable, Sendable {
  /// What the rules turned down.
  public let refusal: Refusal
  /// What it is about, for words that name commands.
  public let matter: Problem.Matter
  /// The explanation of the gate.
  public let explanation: JSONValue?
  /// Of a verdict on an old revision, what the case says by now.
  public let difference: [Wording.Difference]

  /// Adds what is known around a refusal.
  public init(
    _ refusal: Refusal,
    about matter: Problem.Matter,
    explanation: JSONValue? = nil,
    difference: [Wording.Difference] = []
  ) {
    self.refusal = refusal
    self.matter = matter
    self.explanation = explanation
    self.difference = difference
  }

  /// The refusal in words.
  public var problem: Problem {
    Problem(refusal, about: matter, explanation: explanation, difference: difference)
  }
}

extension Clause {
  /// `{"column","line","path"}`.
  public var json: JSONValue {
    .object(["column": .integer(column), "line": .integer(line), "path": .string(path)])
  }

  fileprivate init(_ fields: JSONFields) throws(Malformed) {
    var fields = fields
    self.init(
      path: try fields.string("path"),
      line: try fields.integer("line"),
      column: try fields.integer("column")
    )
    try fields.finish()
  }
}
