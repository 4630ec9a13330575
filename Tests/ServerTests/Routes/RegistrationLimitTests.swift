import SluiceEncoding
import SluiceServer
import Testing

@Suite("The limit of registrations")
struct RegistrationLimitTests {
  private static let noon = Instant(seconds: 1_550_145_600)

  @Test func `is of an hour that moves along`() async {
    let limit = RegistrationLimit(2)
    #expect(await limit.refuses(["a"], at: Self.noon) == nil)
    #expect(await limit.refuses(["a"], at: Self.noon + Duration(seconds: 600)) == nil)
    #expect(await limit.refuses(["a"], at: Self.noon + Duration(seconds: 3_599)) == 1)
    #expect(await limit.refuses(["a"], at: Self.noon + Duration(seconds: 3_600)) == nil)
    #expect(await limit.refuses(["a"], at: Self.noon + Duration(seconds: 3_600)) == 600)
  }

  @Test func `is one for each place, and none is used up by what another one refuses`() async {
    let limit = RegistrationLimit(1)
    #expect(await limit.refuses(["a", "x"], at: Self.noon) == nil)
    #expect(await limit.refuses(["a", "y"], at: Self.noon) == 3_600)
    #expect(await limit.refuses(["b", "x"], at: Self.noon) == 3_600)
    #expect(await limit.refuses(["b", "y"], at: Self.noon) == nil)
  }

  @Test(arguments: [
    ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"),
    ("2001:db8:1:2:3:4:5:6", "20010db800010002/64"), ("2001:db8:1:2::9", "20010db800010002/64"),
    ("2001:db8:1:3::9", "20010db800010003/64"), ("", ""),
  ])
  func `takes a customer's addresses for one`(address: String, place: String) {
    #expect(RegistrationLimit.place(of: address) == place)
  }
}
