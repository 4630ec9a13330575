public import SluiceEncoding
public import SluiceGovernance

/// How past cases came out under another policy, counted by kind and outcome.
public struct Replay: Body {
  /// The policy that was in force.
  public let before: SHA256Digest
  /// The cases that would have come out otherwise; empty if all came out the same.
  public let changes: [Change]

  /// Cases of one kind that would have come out otherwise in the same way.
  public struct Change: Body {
    /// What kind of thing was asked.
    public let kind: Case.Kind
    /// How their own policy judges them.
    public let before: Evaluation.Result
    /// How the other one would; `nil` if it has no gate for them.
    public let after: Evaluation.Result?
    /// How many.
    public let count: Int
    /// Their running numbers, ascending; of cases that are about the release and nobody in it.
    public let numbers: [Int]

    /// `{"after"?,"before","count","kind","numbers"}`.
    public var json: JSONValue {
      var members: JSONObject = [
        "before": .string(before.rawValue), "count": .integer(count),
        "kind": .string(kind.rawValue), "numbers": .array(numbers.map { .integer($0) }),
      ]
      members["after"] = after.map { .string($0.rawValue) }
      return .object(members)
    }
  }

  /// Counts what a replay lists.
  ///
  /// - Parameters:
  ///   - lines: The past cases that the other policy would have judged otherwise.
  ///   - policy: The policy that was in force.
  public init(_ lines: [ReplayLine], before policy: SHA256Digest) {
    before = policy
    changes = Dictionary(grouping: lines) { line in
      [line.kind.rawValue, line.before.rawValue, line.after?.rawValue ?? ""]
    }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { _, lines in
      lines.first.map { first in
        Change(
          kind: first.kind,
          before: first.before,
          after: first.after,
          count: lines.count,
          numbers: first.kind.isAlwaysAboutRelease ? lines.map(\.number).sorted() : []
        )
      }
    }
  }

  /// `{"before","changes":[…]}`.
  public var json: JSONValue {
    .object(["before": .string(before.hex), "changes": .array(changes.map(\.json))])
  }

  /// Reads a replay.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "replay")
    before = try fields.digest("before")
    changes = try fields.bodies("changes")
    try fields.finish()
  }
}

extension Replay.Change {
  /// Reads a change.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "replay change")
    kind = try fields.word("kind")
    before = try fields.word("before")
    after = try fields.optionalWord("after")
    count = try fields.count("count")
    let values = try fields.array("numbers")
    numbers = values.compactMap { if case .integer(let number) = $0 { number } else { nil } }
    guard numbers.count == values.count else {
      throw fields.fault("numbers", "must be a list of integers")
    }
    try fields.finish()
  }
}

extension Case.Kind {
  /// Whether cases of this kind are about the release whatever they say (`Docs/Formats/visibility.md` 3).
  fileprivate var isAlwaysAboutRelease: Bool {
    switch self {
    case .amend, .open, .emergency, .review: true
    case .access, .renew, .lift, .appeal: false
    }
  }
}
