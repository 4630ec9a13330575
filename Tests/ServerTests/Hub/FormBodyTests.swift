import SluiceEncoding
import SluiceServer
import Testing

@Suite("A form body")
struct FormBodyTests {
  @Test func `has its fields in order, unescaped`() throws {
    let text = "paths=a%2Fb&paths=results+1%2B2+%C3%A9.txt&&expand=True&empty=&bare&x=1=2"
    let fields = try FormBody.fields(of: text)
    #expect(fields.map(\.name) == ["paths", "paths", "expand", "empty", "bare", "x"])
    #expect(fields.map(\.value) == ["a/b", "results 1+2 é.txt", "True", "", "", "1=2"])
  }

  @Test(arguments: ["a=%", "a=%4", "a=%zz", "%ff=a"])
  func `is percent-encoded UTF-8`(text: String) {
    #expect(throws: Malformed("form", "not percent-encoded UTF-8")) {
      try FormBody.fields(of: text)
    }
  }
}
