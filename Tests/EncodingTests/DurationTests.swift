import SluiceEncoding
import Testing

@Suite("A duration")
struct DurationTests {
  /// The vectors of governance-domain 17, and the parts one by one.
  static let read: [(String, Int)] = [
    ("P7D", 604_800), ("P1W", 604_800), ("PT36H", 129_600), ("P1DT12H", 129_600),
    ("PT90M", 5_400), ("P0D", 0), ("PT1S", 1), ("P1DT1H1M1S", 90_061), ("P2W", 1_209_600),
    ("PT1H1S", 3_601), ("P1DT0S", 86_400), ("PT315537897599S", 315_537_897_599),
  ]

  @Test(arguments: read)
  func `counts seconds`(text: String, seconds: Int) throws {
    #expect(try Duration(text).seconds == seconds)
  }

  static let refused = [
    "", "P", "PT", "P1DT", "P1W2D", "P2D1W", "P1D1D", "PT1S1H", "PT1H1H", "P1", "P1H", "PT1D",
    "PT1W",
    "1D", "p1d", "P1d", "P-1D", "P+1D", "P01D", "P1.5D", "P1,5D", "P 1D", " P1D", "P1D ", "P1WT1H",
    "PT1HT1M", "P1DT1", "PD", "P1DTS", "P１D",
  ]

  @Test(arguments: refused)
  func `refuses what is neither weeks nor days and a time`(text: String) {
    #expect(throws: Malformed("duration", "must be PnW or PnDTnHnMnS, such as P14D or PT36H")) {
      try Duration(text)
    }
  }

  @Test(arguments: ["P1M", "P1Y", "P1Y2M", "P1Y1D", "P3M1DT1H"])
  func `refuses months and years by name`(text: String) {
    #expect(throws: Duration.monthOrYear) { try Duration(text) }
  }

  @Test(arguments: ["PT315537897600S", "P9223372036854775807D", "P3652059DT1S"])
  func `refuses what no two instants can lie apart`(text: String) {
    #expect(throws: Malformed("duration", "longer than the years that can be written")) {
      try Duration(text)
    }
  }

  @Test func `refuses a number that no integer holds`() {
    #expect(throws: Malformed.self) { try Duration("P99999999999999999999D") }
  }

  static let printed: [(Int, String)] = [
    (0, "P0D"), (1, "PT1S"), (60, "PT1M"), (3_600, "PT1H"), (86_400, "P1D"), (604_800, "P7D"),
    (129_600, "P1DT12H"), (90_061, "P1DT1H1M1S"), (3_601, "PT1H1S"),
  ]

  @Test(arguments: printed)
  func `has one printed spelling, which reads back`(seconds: Int, text: String) throws {
    #expect(Duration(seconds: seconds).description == text)
    #expect(try Duration(text).seconds == seconds)
  }

  @Test func `is ordered by its length`() throws {
    #expect(try Duration("PT23H59M") < Duration("P1D"))
  }
}
