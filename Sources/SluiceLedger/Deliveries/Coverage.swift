/// Which bytes of a file are meant: a set of offsets, kept as sorted ranges that do not touch.
///
/// What was handed out and what was acknowledged are coverages, so that no byte is counted twice
/// however a client cuts a file into requests (serving-and-storage 5.4).
public struct Coverage: Hashable, Sendable {
  /// The ranges, in order; none is empty, and between two of them lies at least one byte.
  public private(set) var ranges: [Range<Int>] = []

  /// Covers nothing.
  public init() {}

  /// Covers what `ranges` cover together; they may overlap and be in any order.
  public init(_ ranges: some Sequence<Range<Int>>) {
    for range in ranges { insert(range) }
  }

  /// How many bytes are covered.
  public var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// Whether nothing is covered.
  public var isEmpty: Bool { ranges.isEmpty }

  /// Whether every byte of `range` is covered; of an empty range, always.
  public func contains(_ range: Range<Int>) -> Bool {
    range.isEmpty || ranges.contains { $0.clamped(to: range) == range }
  }

  /// Covers `range` too.
  public mutating func insert(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    // Whatever overlaps or touches becomes one range with it.
    let first = ranges.firstIndex { $0.upperBound >= range.lowerBound } ?? ranges.endIndex
    let last = ranges.lastIndex { $0.lowerBound <= range.upperBound } ?? -1
    guard first <= last else {
      ranges.insert(range, at: first)
      return
    }
    let lower = min(range.lowerBound, ranges[first].lowerBound)
    let upper = max(range.upperBound, ranges[last].upperBound)
    ranges.replaceSubrange(first...last, with: [lower..<upper])
  }

  /// Covers what `other` covers too.
  public mutating func formUnion(_ other: Coverage) {
    for range in other.ranges { insert(range) }
  }

  /// What is covered here and not by `other`.
  public func subtracting(_ other: Coverage) -> Coverage {
    var rest = Coverage()
    for range in ranges {
      var lower = range.lowerBound
      for taken in other.ranges
      where taken.upperBound > lower && taken.lowerBound < range.upperBound {
        if lower < taken.lowerBound { rest.ranges.append(lower..<taken.lowerBound) }
        lower = taken.upperBound
      }
      if lower < range.upperBound { rest.ranges.append(lower..<range.upperBound) }
    }
    return rest
  }

  /// The same bytes and, if it takes more than `limit` ranges to say so, those of the smallest gaps.
  func widened(to limit: Int) -> Coverage {
    guard ranges.count > limit else { return self }
    let gaps = ranges.indices.dropLast().sorted { left, right in
      (gap(after: left), left) < (gap(after: right), right)
    }
    return Coverage(
      ranges
        + gaps.prefix(ranges.count - limit).map { index in
          ranges[index].upperBound..<ranges[index + 1].lowerBound
        }
    )
  }

  /// The same bytes but, if it takes more than `limit` ranges to say so, those of the smallest.
  func narrowed(to limit: Int) -> Coverage {
    guard ranges.count > limit else { return self }
    return Coverage(ranges.sorted { $0.count > $1.count }.prefix(limit))
  }

  private func gap(after index: Int) -> Int {
    ranges[index + 1].lowerBound - ranges[index].upperBound
  }
}
