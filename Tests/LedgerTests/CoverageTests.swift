import Testing

import SluiceLedger

@Suite("A coverage")
struct CoverageTests {
  @Test func `joins ranges that overlap or touch`() {
    #expect(Coverage([5..<7, 0..<2, 2..<3, 6..<9]).ranges == [0..<3, 5..<9])
    #expect(Coverage([0..<0]).isEmpty)
    #expect(Coverage([3..<4, 1..<2, 0..<9]).ranges == [0..<9])
  }

  @Test func `knows what is new`() {
    let old = Coverage([2..<4, 6..<8])
    #expect(Coverage([0..<10]).subtracting(old).ranges == [0..<2, 4..<6, 8..<10])
    #expect(old.subtracting(Coverage([0..<10])).isEmpty)
    #expect(old.subtracting(Coverage()).ranges == old.ranges)
  }

  @Test func `says more or less, never something else, when it must be short`() {
    let many = Coverage([0..<1, 3..<5, 6..<10, 20..<21])
    #expect(many.widened(to: 4) == many)
    #expect(many.widened(to: 3).ranges == [0..<1, 3..<10, 20..<21])
    #expect(many.widened(to: 2).ranges == [0..<10, 20..<21])
    #expect(many.narrowed(to: 2).ranges == [3..<5, 6..<10])
  }

  @Test func `is the set of its offsets`() {
    let seed = UInt64.random(in: .min ... .max)
    print("seed \(seed)")
    var dice = Dice(state: seed)
    for _ in 0..<2_000 {
      let (a, b) = (dice.ranges(), dice.ranges())
      let (coverage, other) = (Coverage(a), Coverage(b))
      let (offsets, others) = (Set(a.joined()), Set(b.joined()))
      #expect(Set(coverage.ranges.joined()) == offsets)
      #expect(coverage.count == offsets.count)
      #expect(Set(coverage.subtracting(other).ranges.joined()) == offsets.subtracting(others))
      var union = coverage
      union.formUnion(other)
      #expect(union == Coverage(a + b))
      let probe = dice.ranges()[0]
      #expect(coverage.contains(probe) == offsets.isSuperset(of: probe))
      let limit = Int.random(in: 1...4, using: &dice)
      let (wide, narrow) = (coverage.widened(to: limit), coverage.narrowed(to: limit))
      #expect(wide.ranges.count <= limit && narrow.ranges.count <= limit)
      #expect(coverage.subtracting(wide).isEmpty && narrow.subtracting(coverage).isEmpty)
      #expect(
        zip(coverage.ranges, coverage.ranges.dropFirst()).allSatisfy {
          $0.upperBound < $1.lowerBound
        }
      )
    }
  }
}

/// SplitMix64: the same numbers on every machine, so that a printed seed repeats a failure.
struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  mutating func ranges() -> [Range<Int>] {
    (0..<Int.random(in: 1...6, using: &self)).map { _ in
      let lower = Int.random(in: 0..<40, using: &self)
      return lower..<Int.random(in: lower...40, using: &self)
    }
  }
}
