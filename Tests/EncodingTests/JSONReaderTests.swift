import SluiceEncoding
import Testing

@Suite("The JSON reader")
struct JSONReaderTests {
  static let accepted: [(String, JSONValue)] = [
    ("null", .null), ("true", true), (" false\r\n\t", false), ("0", 0), ("-1", -1),
    ("9223372036854775807", .integer(.max)),
    ("9223372036854775808", .decimal("9223372036854775808")),
    ("-9223372036854775807", .integer(-.max)),
    ("-9223372036854775808", .decimal("-9223372036854775808")),
    ("99999999999999999999999", .decimal("99999999999999999999999")),
    ("1.0", .decimal("1.0")), ("-0", .decimal("-0")), ("0e0", .decimal("0e0")),
    ("1E+2", .decimal("1E+2")), ("1.5e-07", .decimal("1.5e-07")), ("\"\"", ""),
    (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{c}\n\r\t"),
    (#""\u00e9\u00E9é""#, "ééé"), (#""\ud83d\ude00\uFFFF""#, "😀\u{FFFF}"),
    (#""\u0000""#, "\0"), ("\"\u{7F}\"", "\u{7F}"),
    ("[]", []), ("[ 1 , [ ] , { } ]", [1, [], [:]]), ("{}", [:]),
    (#"{ "b" : 1 , "a" : [ null ] }"#, ["a": [.null], "b": 1]),
  ]

  @Test(arguments: accepted)
  func `reads`(text: String, value: JSONValue) throws {
    #expect(try read(text) == value)
  }

  /// What signing-and-log 2.1 demands, and the rest of RFC 8259's grammar.
  static let refused: [(String, String, Int)] = [
    ("", "cut short", 0), (" ", "cut short", 1), ("{} {}", "bytes after the end of the value", 3),
    ("1 2", "bytes after the end of the value", 2), ("\u{FEFF}{}", "a byte-order mark", 0),
    ("{}\0", "bytes after the end of the value", 2),
    (#"{"a":1,"a":2}"#, #"two members named "a""#, 0),
    (#"{"a":1,"b":0,"\u0061":2}"#, #"two members named "a""#, 0),
    (#"[{"x":{"a":1,"a":1}}]"#, #"two members named "a""#, 6),
    ("{\"a\":1,}", "a member's name must begin here", 7), ("[1,]", "a value must begin here", 3),
    ("[1 2]", "a comma or ] must follow the element", 3),
    (#"{"a":1 "b":2}"#, "a comma or } must follow the member", 7),
    (#"{"a" 1}"#, "a colon must follow the name", 5),
    ("{a:1}", "a member's name must begin here", 1),
    ("{1:1}", "a member's name must begin here", 1), ("[,1]", "a value must begin here", 1),
    ("'a'", "a value must begin here", 0), ("NaN", "a value must begin here", 0),
    ("Infinity", "a value must begin here", 0), ("nul", "must be true, false or null", 0),
    ("nulL", "must be true, false or null", 0), ("truE", "must be true, false or null", 0),
    ("True", "a value must begin here", 0), ("/* */1", "a value must begin here", 0),
    ("1//", "bytes after the end of the value", 1), ("\u{A0}1", "a value must begin here", 0),
    ("\u{B}1", "a value must begin here", 0), ("01", "a number with a leading zero", 0),
    ("-01", "a number with a leading zero", 1), ("00", "a number with a leading zero", 0),
    ("+1", "a value must begin here", 0), (".5", "a value must begin here", 0),
    ("1.", "a digit must follow", 2), ("1.e1", "a digit must follow", 2),
    ("1e", "a digit must follow", 2), ("1e+", "a digit must follow", 3),
    ("-", "a digit must follow", 1),
    ("-a", "a digit must follow", 1), ("1e1.0", "bytes after the end of the value", 3),
    ("0x10", "bytes after the end of the value", 1),
    ("\"a", "cut short", 2), ("\"a\n\"", "a control character in a text", 2),
    ("\"\\a\"", "no escape of JSON", 2), ("\"\\", "no escape of JSON", 2),
    (#""\u12""#, "four hexadecimal digits must follow", 5),
    (#""\u00g0""#, "four hexadecimal digits must follow", 5),
    ("\"\\u00\u{10}0\"", "four hexadecimal digits must follow", 5),
    ("\"\\u00@0\"", "four hexadecimal digits must follow", 5),
    (#""\U0041""#, "no escape of JSON", 2),
    (#""\ud83d""#, "half of a surrogate pair", 1), (#""\ud83dx""#, "half of a surrogate pair", 1),
    (#""\ud83d\n""#, "half of a surrogate pair", 1), (#""a\ude00""#, "half of a surrogate pair", 2),
    (#""\ud83d\ud83d""#, "half of a surrogate pair", 1),
    (#""\ud83d\u0041""#, "half of a surrogate pair", 1),
  ]

  @Test(arguments: refused)
  func `refuses, and says where`(text: String, what: String, offset: Int) {
    #expect(throws: Malformed("test", what, at: offset)) { try read(text) }
  }

  static let invalid: [[UInt8]] = [
    [0xFF], [0xC3], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    [0x80], [0xF0, 0x9F, 0x98],
  ]

  @Test(arguments: invalid, [[], Array(#"\n"#.utf8)])
  func `refuses a text that is not UTF-8`(bytes: [UInt8], before: [UInt8]) {
    let text = Array("[\"".utf8) + before + bytes + Array("\"]".utf8)
    #expect(throws: Malformed("test", "a text that is not UTF-8", at: 1)) {
      try JSONValue(parsing: text, .document, format: "test")
    }
  }

  @Test func `holds names that Unicode thinks equivalent apart`() throws {
    let value = try read("{\"e\u{301}\":1,\"é\":2}")
    #expect(value.objectValue?["é"] == 2)
    #expect(value.objectValue?["e\u{301}"] == 1)
    #expect(try read("\"é\"") != read("\"e\u{301}\""))
  }

  @Test(arguments: ["[", #"{"a":"#])
  func `nests as deep as the rules say`(opening: String) throws {
    let closing = opening == "[" ? "]" : "}"
    func nested(_ depth: Int) -> [UInt8] {
      let inner = opening == "[" ? "" : "1"
      let text = String(repeating: opening, count: depth) + inner
      return Array((text + String(repeating: closing, count: depth)).utf8)
    }
    _ = try JSONValue(parsing: nested(16), .canonical, format: "test")
    #expect(throws: Malformed("test", "nested more than 16 deep", at: 16 * opening.utf8.count)) {
      try JSONValue(parsing: nested(17), .canonical, format: "test")
    }
    _ = try JSONValue(parsing: nested(64), .document, format: "test")
    #expect(throws: Malformed.self) {
      try JSONValue(parsing: nested(65), .document, format: "test")
    }
  }

  @Test func `is as long as the rules say`() throws {
    let text = Array("\"aaaaaaa\"".utf8)
    let rules = JSONRules.document.limited(to: 9)
    _ = try JSONValue(parsing: text, rules, format: "test")
    #expect(throws: Malformed("test", "longer than 8 bytes")) {
      try JSONValue(parsing: text, rules.limited(to: 8), format: "test")
    }
  }

  static let notCanonicalNumbers: [(String, String)] = [
    ("-1", "a negative number"), ("-0", "a negative number"),
    ("9007199254740992", "not an integer from 0 to 9007199254740991"),
    ("1.0", "not an integer from 0 to 9007199254740991"),
    ("1e2", "not an integer from 0 to 9007199254740991"),
    ("99999999999999999999", "not an integer from 0 to 9007199254740991"),
  ]

  @Test(arguments: notCanonicalNumbers)
  func `takes the integers of signing-and-log 2.1 only`(text: String, what: String) throws {
    #expect(throws: Malformed("test", what, at: 0)) {
      try JSONValue(canonical: Array(text.utf8), format: "test")
    }
    let largest = Array("9007199254740991".utf8)
    #expect(try JSONValue(canonical: largest, format: "test") == 9_007_199_254_740_991)
  }

  private func read(_ text: String) throws(Malformed) -> JSONValue {
    try JSONValue(parsing: Array(text.utf8), .document, format: "test")
  }
}
