import SluiceEncoding
import SluiceServer
import Testing

@Suite("An HTTP date")
struct HTTPDateTests {
  /// The example of RFC 9110, section 5.6.7.
  let text = "Sun, 06 Nov 1994 08:49:37 GMT"
  let instant = Instant(seconds: 784_111_777)

  @Test func `is written and read as the standard's example`() {
    #expect(HTTPDate.text(instant) == text)
    #expect(HTTPDate.instant(text) == instant)
  }

  @Test func `has one spelling on every day of a leap cycle, and before 1970`() throws {
    for day in -200...(4 * 365 + 1) {
      let noon = Instant(seconds: day * 86_400 + 43_200)
      #expect(HTTPDate.instant(HTTPDate.text(noon)) == noon)
    }
    #expect(HTTPDate.text(Instant(seconds: 0)) == "Thu, 01 Jan 1970 00:00:00 GMT")
    #expect(HTTPDate.text(Instant(seconds: -1)) == "Wed, 31 Dec 1969 23:59:59 GMT")
  }

  @Test(arguments: [
    "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC",
    "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
    "Sun, 06 nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994", "Sun,  06 Nov 1994 08:49:37 GMT", "",
  ])
  func `is nothing else`(text: String) {
    #expect(HTTPDate.instant(text) == nil)
  }

  @Test func `that is cut anywhere is none`() {
    for count in 0..<text.utf8.count {
      #expect(HTTPDate.instant(String(text.prefix(count))) == nil)
    }
  }
}
