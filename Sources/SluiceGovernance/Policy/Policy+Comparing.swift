internal import SluiceEncoding

extension Policy {
  /// Something that stands in one of two policies otherwise than in the other.
  public struct Difference: Hashable, Sendable {
    /// Where: in the later policy, or in the earlier one if it is gone.
    public let path: String
    /// What stood there, as canonical JSON; `nil` if it is new.
    public let before: String?
    /// What stands there now, as canonical JSON; `nil` if it is gone.
    public let after: String?

    /// Pairs what was with what is.
    public init(path: String, before: String?, after: String?) {
      self.path = path
      self.before = before
      self.after = after
    }
  }

  /// What makes another policy of `old`, in the order of the file; what is gone stands where it was.
  ///
  /// Layout, comments and the order of keys make no difference; everything that changes the digest
  /// does.
  ///
  /// - Parameter old: The policy to compare with.
  /// - Returns: The smallest parts that differ; empty exactly if the two are equal.
  public func differences(from old: Policy) -> [Difference] {
    Comparison.differences(from: old.root, to: root, at: "", "")
  }
}

extension Policy.Difference: CustomStringConvertible {
  /// One line: `+`, `-` or `~`, the path and the values.
  public var description: String {
    switch (before, after) {
    case (nil, let after?): "+ \(path): \(after)"
    case (let before?, nil): "- \(path): \(before)"
    case (let before?, let after?): "~ \(path): \(before) -> \(after)"
    case (nil, nil): "  \(path)"
    }
  }
}

extension [Policy.Difference] {
  /// One line a difference; where there is none, a line that says so.
  public var report: String {
    isEmpty
      ? "no differences: both have the same digest" : map(\.description).joined(separator: "\n")
  }
}

private enum Comparison {
  typealias Difference = Policy.Difference

  /// The differences of two values that are there at the same place, whose paths can differ.
  static func differences(
    from before: DocumentValue,
    to after: DocumentValue,
    at old: String,
    _ new: String
  ) -> [Difference] {
    switch (before, after) {
    case _ where before.json == after.json: []
    case (.map(let before), .map(let after)) where isSameKind(before, after):
      members(from: before, to: after, at: old, new)
    case (.list(let before), .list(let after)): items(from: before, to: after, at: old, new)
    default: [Difference(path: new, before: before.json.text, after: after.json.text)]
    }
  }

  /// Whether two maps are two wordings of one thing: requirements of two kinds are not.
  private static func isSameKind(
    _ before: [DocumentValue.Member],
    _ after: [DocumentValue.Member]
  ) -> Bool {
    before.isEmpty || after.isEmpty || before.contains { member in after.contains(member.name) }
  }

  private static func members(
    from before: [DocumentValue.Member],
    to after: [DocumentValue.Member],
    at old: String,
    _ new: String
  ) -> [Difference] {
    // What is gone is told before the first of its successors that is still there.
    var differences: [Difference] = []
    var rest = before[...]
    for member in after {
      if before.contains(member.name) {
        while let gone = rest.first, !after.contains(gone.name) {
          differences.append(removed(gone.value, at: below(old, gone.name)))
          rest.removeFirst()
        }
        if rest.first?.name.utf8.elementsEqual(member.name.utf8) == true { rest.removeFirst() }
      }
      let path = below(new, member.name)
      if let earlier = before.first(where: { $0.name.utf8.elementsEqual(member.name.utf8) }) {
        let earlierPath = below(old, member.name)
        differences += self.differences(
          from: earlier.value,
          to: member.value,
          at: earlierPath,
          path
        )
      } else {
        differences.append(added(member.value, at: path))
      }
    }
    for gone in rest where !after.contains(gone.name) {
      differences.append(removed(gone.value, at: below(old, gone.name)))
    }
    return differences
  }

  /// Items that both have, in the same order, are the same; the others are paired in order.
  private static func items(
    from before: [DocumentValue],
    to after: [DocumentValue],
    at old: String,
    _ new: String
  ) -> [Difference] {
    let change = after.map(\.json).difference(from: before.map(\.json))
    var gone: Set<Int> = []
    var fresh: Set<Int> = []
    for step in change {
      switch step {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): fresh.insert(offset)
      }
    }
    var differences: [Difference] = []
    var (left, right) = (0, 0)
    while left < before.count || right < after.count {
      let (isGone, isFresh) = (gone.contains(left), fresh.contains(right))
      let (oldPath, newPath) = ("\(old)[\(left)]", "\(new)[\(right)]")
      if isGone, isFresh {
        differences += self.differences(
          from: before[left],
          to: after[right],
          at: oldPath,
          newPath
        )
      } else if isGone {
        differences.append(removed(before[left], at: oldPath))
      } else if isFresh {
        differences.append(added(after[right], at: newPath))
      }
      left += isGone || !isFresh ? 1 : 0
      right += isFresh || !isGone ? 1 : 0
    }
    return differences
  }

  private static func added(_ value: DocumentValue, at path: String) -> Difference {
    Difference(path: path, before: nil, after: value.json.text)
  }

  private static func removed(_ value: DocumentValue, at path: String) -> Difference {
    Difference(path: path, before: value.json.text, after: nil)
  }

  private static func below(_ path: String, _ name: String) -> String {
    path.isEmpty ? name : "\(path).\(name)"
  }
}

extension [DocumentValue.Member] {
  fileprivate func contains(_ name: String) -> Bool {
    contains { $0.name.utf8.elementsEqual(name.utf8) }
  }
}
