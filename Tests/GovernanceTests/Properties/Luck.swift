import Foundation

/// Random numbers that can be had again: of one seed always the same.
///
/// SplitMix64, because it is ten lines and good enough to choose with.
struct Luck: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Whether something happens that does so once in `count`.
  mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

  /// One of some things.
  mutating func pick<Element>(_ things: [Element]) -> Element {
    things[Int.random(in: 0..<things.count, using: &self)]
  }

  /// From some number to another of something.
  mutating func some<Element>(_ range: ClosedRange<Int>, _ make: (inout Luck) -> Element)
    -> [Element]
  {
    let count = Int.random(in: range, using: &self)
    return (0..<count).map { _ in make(&self) }
  }
}

extension Luck {
  /// The first seed of this run: `SLUICE_SEED`, else a new one.
  ///
  /// Each failure tells its own, with which it is the first case of another run.
  static let seed: UInt64 =
    ProcessInfo.processInfo.environment["SLUICE_SEED"].flatMap { UInt64($0) }
    ?? UInt64.random(in: 0..<1_000_000_000)

  /// How many cases there are in all: `SLUICE_PROPERTY_CASES`, else 10,000.
  static let cases: Int =
    ProcessInfo.processInfo.environment["SLUICE_PROPERTY_CASES"].flatMap { Int($0) } ?? 10_000

  /// Seeds for a share of the cases.
  ///
  /// - Parameters:
  ///   - share: How much of a hundred.
  ///   - size: How many cases one seed stands for.
  /// - Returns: The seeds.
  static func seeds(_ share: Int, of size: Int) -> [UInt64] {
    (0..<UInt64(max(1, cases * share / 100 / size))).map { seed &+ $0 }
  }
}
