import SluiceEncoding
import Testing

@Suite("The fields of an object")
struct JSONFieldsTests {
  static let digest = String(repeating: "ab", count: 32)
  static let object: JSONValue = [
    "text": "a", "number": 1, "flag": true, "list": [1], "map": ["x": 2], "digest": .string(digest),
    "at": "2019-02-14T00:00:00Z", "any": .null,
  ]

  @Test func `are taken by type, once, until none is left`() throws {
    var fields = try JSONFields(Self.object, format: "test")
    #expect(try fields.string("text") == "a")
    #expect(try fields.integer("number") == 1)
    #expect(try fields.bool("flag"))
    #expect(try fields.array("list") == [1])
    #expect(try fields.object("map") == ["x": 2])
    #expect(try fields.digest("digest").hex == Self.digest)
    #expect(try fields.instant("at").seconds == 1_550_102_400)
    #expect(throws: Malformed("test", "any: no member of this format")) { try fields.finish() }
    #expect(try fields.value("any") == .null)
    try fields.finish()
    #expect(throws: Malformed("test", "text: missing")) { try fields.string("text") }
  }

  @Test func `may be absent where they are optional`() throws {
    var fields = try JSONFields([:], format: "test")
    #expect(fields.optionalValue("a") == nil)
    #expect(try fields.optionalString("a") == nil)
    #expect(try fields.optionalInteger("a") == nil)
    #expect(try fields.optionalBool("a") == nil)
    #expect(try fields.optionalArray("a") == nil)
    #expect(try fields.optionalObject("a") == nil)
    #expect(try fields.optionalFields("a") == nil)
    #expect(try fields.optionalDigest("a") == nil)
    #expect(try fields.optionalInstant("a") == nil)
  }

  typealias Taker = @Sendable (inout JSONFields) throws(Malformed) -> Void

  static let takers: [(String, Taker)] = [
    ("a text", { (fields) throws(Malformed) in _ = try fields.string("any") }),
    ("an integer", { (fields) throws(Malformed) in _ = try fields.integer("any") }),
    ("true or false", { (fields) throws(Malformed) in _ = try fields.bool("any") }),
    ("an array", { (fields) throws(Malformed) in _ = try fields.array("any") }),
    ("an object", { (fields) throws(Malformed) in _ = try fields.object("any") }),
    ("an object", { (fields) throws(Malformed) in _ = try fields.fields("any") }),
    (
      "64 lower-case hexadecimal digits",
      { (fields) throws(Malformed) in _ = try fields.digest("any") }
    ),
    (
      "an instant, YYYY-MM-DDThh:mm:ssZ",
      { (fields) throws(Malformed) in _ = try fields.instant("any") }
    ),
    ("a text", { (fields) throws(Malformed) in _ = try fields.optionalString("any") }),
  ]

  @Test(arguments: takers)
  func `must have their type, and null is none`(type: String, take: Taker) throws {
    var fields = try JSONFields(Self.object, format: "test", path: "top")
    #expect(throws: Malformed("test", "top.any: must be \(type)")) { try take(&fields) }
  }

  @Test func `name their place in the document`() throws {
    var outer = try JSONFields(["a": ["b": ["c": 1]]], format: "test")
    var middle = try outer.fields("a")
    let inner = try middle.fields("b")
    try outer.finish()
    #expect(inner.path == "a.b")
    #expect(throws: Malformed("test", "a.b.c: no member of this format")) { try inner.finish() }
  }

  @Test func `are those of an object`() {
    #expect(throws: Malformed("test", "must be an object")) { try JSONFields([], format: "test") }
    #expect(throws: Malformed("test", "a.b: must be an object")) {
      try JSONFields(1, format: "test", path: "a.b")
    }
  }

  @Test func `show a strange name escaped and short`() throws {
    let name = "\u{1B}[31m" + String(repeating: "x", count: 1_000)
    let fields = try JSONFields(.object([name: 1]), format: "test")
    let fault = #expect(throws: Malformed.self) { try fields.finish() }
    #expect(fault?.what.hasPrefix(#"\u001b[31mxxx"#) == true)
    #expect((fault?.what.count ?? 0) < 120)
  }
}
