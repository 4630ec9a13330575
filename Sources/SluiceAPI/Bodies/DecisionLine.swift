public import SluiceEncoding
public import SluiceGovernance

/// One decision of a case, and what the entries before it decide when they are asked again.
public struct DecisionLine: Body {
  /// A statement that the decision counted.
  public struct Counted: Hashable, Sendable {
    /// The statement.
    public let statement: Statement.ID
    /// Who said it; `nil` for readers who may not see persons.
    public let by: Principal.ID?

    /// Names a statement.
    public init(statement: Statement.ID, by: Principal.ID?) {
      self.statement = statement
      self.by = by
    }
  }

  /// The index of the `decide` entry; so many entries were before it.
  public let index: Int
  /// Log time.
  public let at: Instant
  /// What was decided.
  public let revision: Case.Revision.ID
  /// The outcome that was recorded.
  public let outcome: Decision.Outcome
  /// The statements that it counted, in the order of the slots.
  public let counted: [Counted]
  /// The explanation that was stored with it, byte for byte.
  public let stored: [UInt8]
  /// The digest of the explanation to which the entry commits.
  public let committed: SHA256Digest
  /// The explanation that the entries before it give; `nil` if they decide nothing.
  public let recomputed: [UInt8]?
  /// The outcome that they give.
  public let recomputedOutcome: Decision.Outcome?

  /// Composes a line.
  public init(
    index: Int,
    at: Instant,
    revision: Case.Revision.ID,
    outcome: Decision.Outcome,
    counted: [Counted],
    stored: [UInt8],
    committed: SHA256Digest,
    recomputed: [UInt8]?,
    recomputedOutcome: Decision.Outcome?
  ) {
    self.index = index
    self.at = at
    self.revision = revision
    self.outcome = outcome
    self.counted = counted
    self.stored = stored
    self.committed = committed
    self.recomputed = recomputed
    self.recomputedOutcome = recomputedOutcome
  }

  /// Whether the decision follows from the log: outcome and explanation, byte for byte.
  public var agrees: Bool {
    recomputed == stored && SHA256Digest(of: stored) == committed && recomputedOutcome == outcome
  }

  /// What does not agree, in words; empty if the decision follows from the log.
  public var faults: [String] {
    var faults: [String] = []
    if SHA256Digest(of: stored) != committed {
      faults.append("the stored explanation is not the one to which entry \(index) commits")
    }
    guard let recomputed, let recomputedOutcome else {
      return faults + ["the entries before it decide nothing"]
    }
    if recomputedOutcome != outcome {
      faults.append("the entries before it give \(recomputedOutcome.rawValue)")
    }
    if recomputed != stored {
      let same = zip(recomputed, stored).prefix { $0 == $1 }.count
      faults.append(
        """
        the explanation differs from byte \(same) on: \(stored.count) bytes stored, \
        \(recomputed.count) recomputed
        """
      )
    }
    return faults
  }

  /// An item of `decisions`.
  public var json: JSONValue {
    var members: JSONObject = [
      "agrees": .bool(agrees),
      "at": .string(at.description),
      "committed_sha256": .string(committed.hex),
      "counted": .array(counted.map(\.json)),
      "index": .integer(index),
      "outcome": .string(outcome.rawValue),
      "revision": .string(revision.rawValue),
      "stored": .string(Base64.encode(stored)),
    ]
    members["recomputed"] = recomputed.map { .string(Base64.encode($0)) }
    members["recomputed_outcome"] = recomputedOutcome.map { .string($0.rawValue) }
    return .object(members)
  }

  /// Reads a line; whether it agrees is compared and not believed.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "decision")
    var counted: [Counted] = []
    for value in try fields.array("counted") {
      var item = try JSONFields(value, format: "decision", path: "counted")
      counted.append(
        Counted(
          statement: try item.identity("statement"),
          by: try item.optionalPrincipal("by")
        )
      )
      try item.finish()
    }
    let recomputed = try fields.optionalString("recomputed")
    self.init(
      index: try fields.count("index"),
      at: try fields.instant("at"),
      revision: try fields.identity("revision"),
      outcome: try fields.word("outcome"),
      counted: counted,
      stored: try Base64.decode(try fields.string("stored")),
      committed: try fields.digest("committed_sha256"),
      recomputed: try recomputed.map { text throws(Malformed) in try Base64.decode(text) },
      recomputedOutcome: try fields.optionalWord("recomputed_outcome")
    )
    guard try fields.bool("agrees") == agrees else {
      throw fields.fault("agrees", "is not what the bytes say")
    }
    try fields.finish()
  }
}

extension DecisionLine.Counted {
  fileprivate var json: JSONValue {
    var members: JSONObject = ["statement": .string(statement.rawValue)]
    members["by"] = by.map { .string($0.rawValue) }
    return .object(members)
  }
}
