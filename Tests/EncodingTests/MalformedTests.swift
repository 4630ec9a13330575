import SluiceEncoding
import Testing

@Suite("A malformed text")
struct MalformedTests {
  @Test func `says which format, what and where`() {
    #expect(
      Malformed("hex", "an odd number of digits", at: 3).description
        == "hex: an odd number of digits (at byte 3)"
    )
    #expect(Malformed("instant", "must be whole").description == "instant: must be whole")
  }
}
