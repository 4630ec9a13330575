public import SluiceEncoding
public import SluiceGovernance

extension Wording {
  /// What one revision says otherwise than another.
  public struct Difference: Body, CustomStringConvertible {
    /// What differs: `purpose`, `tiers`, `manifests.TIER`, `policy` or `answers`.
    public let path: String
    /// What it was; `nil` if it was not there.
    public let before: String?
    /// What it is; `nil` if it is not there any more.
    public let after: String?

    /// Notes a difference.
    public init(path: String, before: String?, after: String?) {
      self.path = path
      self.before = before
      self.after = after
    }

    /// One line; texts are written as JSON writes them, so that none begins another line.
    public var description: String {
      func quoted(_ text: String) -> String { JSONValue.string(text).text }
      return switch (before, after) {
      case (let before?, let after?): "\(path): \(quoted(before)), now \(quoted(after))"
      case (let before?, nil): "\(path): \(quoted(before)), now nothing"
      case (nil, let after?): "\(path): nothing, now \(quoted(after))"
      case (nil, nil): path
      }
    }

    /// `{"after"?,"before"?,"path"}`.
    public var json: JSONValue {
      var members: JSONObject = ["path": .string(path)]
      members["after"] = after.map { .string($0) }
      members["before"] = before.map { .string($0) }
      return .object(members)
    }

    /// Reads a difference.
    public init(json: JSONValue) throws(Malformed) {
      var fields = try JSONFields(json, format: "difference")
      self.init(
        path: try fields.string("path"),
        before: try fields.optionalString("before"),
        after: try fields.optionalString("after")
      )
      try fields.finish()
    }
  }

  /// What the current revision says otherwise than an older one.
  ///
  /// - Parameter revision: The one that somebody read.
  /// - Returns: Every difference, sorted by path; empty also for a revision that only began the case
  ///   anew; `nil` if the case never had it.
  /// - Throws: `Malformed` if the wording cannot be read.
  public func differences(
    since revision: Case.Revision.ID
  ) throws(Malformed) -> [Difference]? {
    let all = try revisions()
    guard let old = all.first(where: { $0.id == revision }), let new = all.last else { return nil }
    let (before, after) = (old.facts, new.facts)
    return Set(before.keys).union(after.keys).sorted().compactMap { path in
      guard before[path] != after[path] else { return nil }
      return Difference(path: path, before: before[path], after: after[path])
    }
  }
}

extension Wording.Revision {
  /// What can be worded anew, as texts by path.
  fileprivate var facts: [String: String] {
    var facts: [String: String] = [:]
    facts["policy"] = policy?.hex
    facts["answers"] = answers.map { "those of statement \($0)" }
    switch filing {
    case .access(_, let tiers, _, let purpose):
      facts["purpose"] = purpose
      facts["tiers"] = tiers.map(\.rawValue).joined(separator: ", ")
    case .renew(_, let purpose), .lift(_, let purpose), .appeal(_, _, let purpose):
      facts["purpose"] = purpose
    case .open(_, let manifests): facts.merge(manifests.facts) { old, _ in old }
    case .emergency(let manifests, _, let purpose):
      facts["purpose"] = purpose
      facts.merge(manifests.facts) { old, _ in old }
    case .amend, .review: break
    }
    return facts
  }
}

extension [Tier.ID: SHA256Digest] {
  fileprivate var facts: [String: String] {
    [String: String](uniqueKeysWithValues: map { ("manifests.\($0.key)", $0.value.hex) })
  }
}
