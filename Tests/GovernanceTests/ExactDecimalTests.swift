import SluiceGovernance
import Testing

@Suite("An exact decimal")
struct ExactDecimalTests {
  @Test(
    arguments: [
      ["0", "-0", "0.0", "-0.000", "000", "00.0"], ["1", "1.0", "01", "001.000"],
      ["0.9", "0.90", "00.9"], ["-1.5", "-01.50"], ["10", "010.0"],
      ["0.1", "0.1".padding(to: 64)],
    ]
  )
  func `is the same number in each of its writings`(texts: [String]) throws {
    let numbers = try texts.map { try #require(ExactDecimal($0)) }
    #expect(Set(numbers).count == 1)
    #expect(numbers.allSatisfy { !($0 < numbers[0]) && !(numbers[0] < $0) })
  }

  /// Each is smaller than all that follow; binary floating point confuses some of them.
  @Test func `has its place among the others`() throws {
    let texts = [
      "-123456789012345678901234567890", "-100", "-99.9", "-10", "-9", "-1.01", "-1.001", "-1",
      "-0.5", "-0.05", "0", "0.0000000000000000000000000000000000000001", "0.05", "0.1",
      "0.3", "0.30000000000000000000000000000000000001", "0.5", "1", "1.001", "1.01", "9", "10",
      "99.9", "100", "9007199254740992", "9007199254740993",
      "123456789012345678901234567890", "123456789012345678901234567890.1",
    ]
    let numbers = try texts.map { try #require(ExactDecimal($0)) }
    for (left, first) in numbers.enumerated() {
      for (right, second) in numbers.enumerated() {
        #expect((first < second) == (left < right), "\(texts[left]) and \(texts[right])")
        #expect((first == second) == (left == right), "\(texts[left]) and \(texts[right])")
      }
    }
  }

  @Test(
    arguments: [
      "", "-", ".", "1.", ".1", "-.1", "+1", "--1", "1-", "1..2", "1.2.3", "1,5", "1e3", "0x1",
      "1 ", " 1", "1_000", "NaN", "inf", "\u{661}", "1\u{301}", "1".padding(to: 65),
    ]
  )
  func `is nothing else`(text: String) {
    #expect(ExactDecimal(text) == nil)
  }
}

extension String {
  /// The text with zeros up to a length.
  fileprivate func padding(to length: Int) -> String {
    self + String(repeating: "0", count: length - count)
  }
}
