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
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = self.ranges.last, last.upperBound >= range.lowerBound {
        let upper = max(last.upperBound, range.upperBound)
        self.ranges[self.ranges.count - 1] = last.lowerBound..<upper
      } else {
        self.ranges.append(range)
      }
    }
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
  public mutating func insert(_ range: Range<Int>) { self = Coverage(ranges + [range]) }

  /// Covers what `other` covers too.
  public mutating func formUnion(_ other: Coverage) { self = Coverage(ranges + other.ranges) }

  /// What is covered here and not by `other`.
  public func subtracting(_ other: Coverage) -> Coverage {
    var rest = Coverage()
    var next = other.ranges[...]
    for range in ranges {
      var lower = range.lowerBound
      // What ends before this range ends before all that follow it.
      while let taken = next.first, taken.lowerBound < range.upperBound {
        if lower < taken.lowerBound { rest.ranges.append(lower..<taken.lowerBound) }
        lower = max(lower, taken.upperBound)
        guard taken.upperBound <= range.upperBound else { break }
        next.removeFirst()
      }
      if lower < range.upperBound { rest.ranges.append(lower..<range.upperBound) }
    }
    return rest
  }

  /// The same bytes and, if it takes more than `limit` ranges to say so, those of the smallest gaps.
  package func widened(to limit: Int) -> Coverage {
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
  package func narrowed(to limit: Int) -> Coverage {
    guard ranges.count > limit else { return self }
    return Coverage(ranges.sorted { $0.count > $1.count }.prefix(limit))
  }

  private func gap(after index: Int) -> Int {
    ranges[index + 1].lowerBound - ranges[index].upperBound
  }
}
