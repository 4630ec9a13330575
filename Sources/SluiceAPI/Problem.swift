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

  /// Composes a problem; refusals have their own initialiser.
  public init(code: String, detail: String, next: [String], explanation: JSONValue? = nil) {
    self.code = code
    self.detail = detail
    self.next = next
    self.explanation = explanation
  }

  /// `{"code","detail","explanation"?,"next"}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "code": .string(code), "detail": .string(detail),
      "next": .array(next.map { .string($0) }),
    ]
    members["explanation"] = explanation
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
      explanation: fields.optionalValue("explanation")
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

  /// Adds what is known around a refusal.
  public init(_ refusal: Refusal, about matter: Problem.Matter, explanation: JSONValue? = nil) {
    self.refusal = refusal
    self.matter = matter
    self.explanation = explanation
  }

  /// The refusal in words.
  public var problem: Problem { Problem(refusal, about: matter, explanation: explanation) }
}

extension Problem {
  /// What a refusal is about, as far as it is known where the refusal is put into words.
  public struct Matter: Hashable, Sendable {
    /// The release.
    public let release: Release.ID?
    /// The tier.
    public let tier: Tier.ID?
    /// The running number of the case.
    public let `case`: Int?

    /// Names what is known.
    public init(release: Release.ID? = nil, tier: Tier.ID? = nil, case: Int? = nil) {
      self.release = release
      self.tier = tier
      self.`case` = `case`
    }
  }
}
