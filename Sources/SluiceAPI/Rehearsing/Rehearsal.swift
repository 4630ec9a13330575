public import SluiceEncoding
public import SluiceGovernance

/// What somebody ran before they proposed an amendment, as a document that the amendment names by its
/// digest (`Docs/Formats/statements.md` 3).
///
/// It is the filer's own run and proves nothing: whoever decides can run all of it again. Of cases about
/// persons it says how many, because not everybody who reads it may know of them.
public struct Rehearsal: Body {
  /// What the document calls its form.
  public static let format = "sluice/rehearsal/1"
  /// The most bytes that the document may have, as any attachment.
  public static let longest = 1 << 20

  /// When it was run, by the filer's clock.
  public let at: Instant
  /// The policy that was tried.
  public let policy: SHA256Digest
  /// The roster with which it was tried.
  public let roster: SHA256Digest
  /// What `policy check` warned of.
  public let warnings: [Warning]
  /// The scenarios that were played, and held, in the order of their files.
  public let scenarios: [Story]
  /// The policies that scenarios name besides, by their files: as written.
  public let policies: [String: String]
  /// How past cases came out under the policy; `nil` where there is none to compare with.
  public let replay: Replay?

  /// Composes a rehearsal.
  public init(
    at: Instant,
    policy: SHA256Digest,
    roster: SHA256Digest,
    warnings: [Warning],
    scenarios: [Story] = [],
    policies: [String: String] = [:],
    replay: Replay? = nil
  ) {
    self.at = at
    self.policy = policy
    self.roster = roster
    self.warnings = warnings
    self.scenarios = scenarios
    self.policies = policies
    self.replay = replay
  }

  /// One warning of `policy check`.
  public struct Warning: Body {
    /// `W…`.
    public let code: String
    /// From 1.
    public let line: Int
    /// From 1, in Unicode scalars.
    public let column: Int
    /// Where in the document.
    public let path: String
    /// What the author should know.
    public let message: String

    /// Takes over what a check says.
    public init(_ fault: PolicyFault) {
      code = fault.code
      line = fault.line
      column = fault.column
      path = fault.path
      message = fault.message
    }

    /// `{"code","column","line","message","path"}`.
    public var json: JSONValue {
      .object([
        "code": .string(code), "column": .integer(column), "line": .integer(line),
        "message": .string(message), "path": .string(path),
      ])
    }

    /// Reads a warning.
    public init(json: JSONValue) throws(Malformed) {
      var fields = try JSONFields(json, format: "rehearsal warning")
      code = try fields.string("code")
      line = try fields.integer("line")
      column = try fields.integer("column")
      path = try fields.string("path")
      message = try fields.string("message")
      try fields.finish()
    }
  }

  /// A scenario that was played under the policy, and held.
  public struct Story: Body {
    /// The file, from the folder of the policy.
    public let file: String
    /// The SHA-256 of its bytes.
    public let sha256: SHA256Digest
    /// The file as written; left out where the document would be too long.
    public let text: String?

    /// Names a scenario with its text.
    public init(file: String, text: String) {
      self.init(file: file, sha256: SHA256Digest(of: Array(text.utf8)), text: text)
    }

    init(file: String, sha256: SHA256Digest, text: String?) {
      self.file = file
      self.sha256 = sha256
      self.text = text
    }

    /// `{"file","sha256","text"?}`.
    public var json: JSONValue {
      var members: JSONObject = ["file": .string(file), "sha256": .string(sha256.hex)]
      members["text"] = text.map { .string($0) }
      return .object(members)
    }

    /// Reads a scenario; a text must have the digest.
    public init(json: JSONValue) throws(Malformed) {
      var fields = try JSONFields(json, format: "rehearsal scenario")
      file = try fields.string("file")
      sha256 = try fields.digest("sha256")
      text = try fields.optionalString("text")
      if let text, SHA256Digest(of: Array(text.utf8)) != sha256 {
        throw fields.fault("text", "has another digest")
      }
      try fields.finish()
    }
  }
}
