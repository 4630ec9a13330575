import Foundation
import SluiceEncoding
import Testing

@Suite("An instant")
struct InstantTests {
  static let known: [(String, Int)] = [
    ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1),
    ("2019-02-14T12:00:00Z", 1_550_145_600), ("2000-02-29T00:00:00Z", 951_782_400),
    ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
  ]

  @Test(arguments: known)
  func `reads and prints the second that it names`(text: String, seconds: Int) throws {
    #expect(try Instant(text).seconds == seconds)
    #expect(Instant(seconds: seconds).description == text)
  }

  @Test func `prints and parses back on every day of 9999 years`() throws {
    let first = -62_135_596_800
    let days = (253_402_300_799 - first) / 86_400
    let wrong = (0...days).lazy.map { day in
      Instant(seconds: first + day * 86_400 + (day.isMultiple(of: 2) ? 0 : 86_399))
    }.first { (try? Instant($0.description)) != $0 }
    #expect(wrong == nil)
  }

  // Foundation reckons by the Julian calendar before 15 October 1582.
  @Test func `agrees with Foundation since 1584`() throws {
    let format = Date.ISO8601FormatStyle()
    for year in 1_584...9_999 {
      for monthAndDay in ["01-01", "02-28", "03-01", "12-31"] {
        let text =
          String(repeating: "0", count: 4 - "\(year)".count) + "\(year)-\(monthAndDay)T06:07:08Z"
        let date = Date(timeIntervalSince1970: TimeInterval(try Instant(text).seconds))
        #expect(date.formatted(format) == text)
      }
    }
  }

  static let refused = [
    "", "2019", "2019-02-14", "2019-02-14T00:00:00", "2019-02-14T00:00:00z",
    "2019-02-14t00:00:00Z", "2019-02-14 00:00:00Z", "2019-02-30T00:00:00Z",
    "2019-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2019-13-01T00:00:00Z",
    "2019-00-01T00:00:00Z", "2019-01-00T00:00:00Z", "2019-04-31T00:00:00Z",
    "2019-02-14T24:00:00Z", "2019-02-14T00:60:00Z", "2019-02-14T00:00:60Z",
    "2019-02-14T00:00:00.0Z", "2019-02-14T00:00:00+00:00", "2019-2-14T00:00:00Z",
    "0000-12-31T23:59:59Z", "10000-01-01T00:00:00Z", "-001-01-01T00:00:00Z",
    "2019-02-14T00:00:00ZZ", " 019-02-14T00:00:00Z", "２019-02-14T00:00Z", "2019-02-14T00-00-00Z",
  ]

  @Test(arguments: refused)
  func `refuses another spelling`(text: String) {
    #expect(throws: Malformed("instant", "must be YYYY-MM-DDThh:mm:ssZ")) { try Instant(text) }
  }

  @Test func `refuses every truncation, and prints what it read of every change`() throws {
    let text = Array("2019-02-14T12:34:56Z".utf8)
    for length in text.indices {
      let cut = String(decoding: text[..<length], as: UTF8.self)
      #expect(throws: Malformed.self) { try Instant(cut) }
    }
    for place in text.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = text
        changed[place] = byte
        let spelling = String(decoding: changed, as: UTF8.self)
        guard let instant = try? Instant(spelling) else { continue }
        #expect(Array(instant.description.utf8) == changed)
      }
    }
  }

  @Test func `is later by a duration`() throws {
    let start = try Instant("2019-12-31T23:59:59Z")
    let end = try Instant("2020-01-01T00:00:00Z")
    #expect(start + Duration(seconds: 1) == end)
    #expect(end - start == Duration(seconds: 1))
    #expect(start < end)
  }

  @Test func `stops at the end of the year 9999`() throws {
    let last = try Instant("9999-12-31T23:59:59Z")
    #expect(try Instant("9999-01-01T00:00:00Z") + Duration(seconds: Duration.longest) == last)
  }

  @Test func `is no time after a later one`() throws {
    #expect(Instant(seconds: 1) - Instant(seconds: 2) == Duration(seconds: 0))
  }
}
