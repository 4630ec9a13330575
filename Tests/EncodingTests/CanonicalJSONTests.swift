import SluiceEncoding
import Testing

@Suite("Canonical JSON")
struct CanonicalJSONTests {
  @Test func `sorts the names of RFC 8785 by their bytes`() {
    let value: JSONValue = [
      "\u{20ac}": 0, "\r": 1, "\u{fb33}": 2, "1": 3, "\u{1f600}": 4, "\u{80}": 5, "\u{f6}": 6,
      "a10": 7, "a9": 8, "B": 9, "a": 10, "_": 11, "": 12,
    ]
    #expect(
      value.objectValue?.names == [
        "", "\r", "1", "B", "_", "a", "a10", "a9", "\u{80}", "\u{f6}", "\u{20ac}", "\u{fb33}",
        "\u{1f600}",
      ]
    )
  }

  static let escapes: [(String, String)] = [
    ("\"\\/", #""\"\\/""#), ("\u{8}\t\n\u{c}\r", #""\b\t\n\f\r""#),
    ("\0\u{b}\u{1f}", #""\u0000\u000b\u001f""#), ("\u{7f}\u{2028}é😀", "\"\u{7f}\u{2028}é😀\""),
    ("</script>", #""</script>""#),
  ]

  @Test(arguments: escapes)
  func `escapes only what it must`(text: String, printed: String) throws {
    #expect(JSONValue.string(text).text == printed)
    #expect(try JSONValue(canonical: Array(printed.utf8), format: "test") == .string(text))
  }

  @Test func `prints every kind of value without white space`() {
    let value: JSONValue = [
      "b": [1, -2, true, false, .null, .decimal("1.50")], "a": ["y": [:], "x": []],
    ]
    #expect(value.text == #"{"a":{"x":[],"y":{}},"b":[1,-2,true,false,null,1.50]}"#)
  }

  static let otherSpellings: [(String, Int)] = [
    (#"{"b":1,"a":2}"#, 2), (#"{"a": 1}"#, 5), (#"{"a":1} "#, 7), (#" {"a":1}"#, 0),
    (#""\u0041""#, 1), (#""\/""#, 1), (#""\u001F""#, 6), (#""\u000a""#, 2), (#""\u00e9""#, 1),
    ("{\"a\":1}\n", 7),
  ]

  @Test(arguments: otherSpellings)
  func `is the only accepted spelling`(text: String, offset: Int) throws {
    _ = try JSONValue(parsing: Array(text.utf8), .document, format: "test")
    #expect(throws: Malformed("test", "not in canonical form", at: offset)) {
      try JSONValue(canonical: Array(text.utf8), format: "test")
    }
  }

  @Test func `is at most 64 KiB`() throws {
    func text(_ length: Int) -> [UInt8] {
      Array(("\"" + String(repeating: "a", count: length - 2) + "\"").utf8)
    }
    _ = try JSONValue(canonical: text(65_536), format: "test")
    #expect(throws: Malformed("test", "longer than 65536 bytes")) {
      try JSONValue(canonical: text(65_537), format: "test")
    }
  }

  static let sample = Array(
    #"{"a":[0,12,"\"\\\n é😀"],"b":{"c":true,"d":false,"é":null},"nonce":"AAE=","t":"2019-02-14T00:00:00Z"}"#
      .utf8
  )

  @Test func `refuses every truncation`() throws {
    _ = try JSONValue(canonical: Self.sample, format: "test")
    for length in Self.sample.indices {
      let cut = Array(Self.sample[..<length])
      #expect(throws: Malformed.self) { try JSONValue(canonical: cut, format: "test") }
      #expect(throws: Malformed.self) { try JSONValue(parsing: cut, .document, format: "test") }
    }
  }

  @Test func `prints what it read of every single changed byte`() {
    var accepted = 0
    for place in Self.sample.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = Self.sample
        changed[place] = byte
        guard let value = try? JSONValue(canonical: changed, format: "test") else { continue }
        accepted += 1
        #expect(value.canonical == changed)
      }
    }
    #expect(accepted > Self.sample.count)
  }

  // A document that was read prints canonically, and that reads as the same value.
  @Test func `means the same as the document that it was made from`() {
    for place in Self.sample.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = Self.sample
        changed[place] = byte
        let rules = JSONRules.document
        guard let value = try? JSONValue(parsing: changed, rules, format: "test") else { continue }
        #expect((try? JSONValue(parsing: value.canonical, rules, format: "test")) == value)
      }
    }
  }
}
