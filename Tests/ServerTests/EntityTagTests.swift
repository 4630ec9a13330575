import SluiceServer
import Testing

@Suite("An entity tag")
struct EntityTagTests {
  @Test func `is written and read in its quotes`() {
    #expect(EntityTag("ab").text == "\"ab\"")
    #expect(EntityTag(reading: "\"ab\"") == EntityTag("ab"))
    #expect(EntityTag(reading: "\"\"") == EntityTag(""))
    #expect(EntityTag(reading: " W/\"ab\" ")?.text == "W/\"ab\"")
  }

  @Test(arguments: [
    "", "ab", "\"ab", "ab\"", "w/\"ab\"", "W/ab", "\"a b\"", "\"a\"b\"", "\"a\",\"b\"",
  ])
  func `is nothing else`(text: String) {
    #expect(EntityTag(reading: text) == nil)
  }

  @Test func `that is weak matches only weakly`() throws {
    let strong = EntityTag("ab")
    let weak = try #require(EntityTag(reading: "W/\"ab\""))
    #expect(strong.matchesStrongly(strong))
    #expect(!strong.matchesStrongly(weak))
    #expect(!weak.matchesStrongly(weak))
    #expect(strong.matchesWeakly(weak))
    #expect(!strong.matchesWeakly(EntityTag("ac")))
  }

  @Test func `of another spelling of the same letters does not match`() {
    #expect(!EntityTag("\u{E9}").matchesWeakly(EntityTag("e\u{301}")))
  }

  typealias ListVector = (header: String, list: EntityTag.List?)

  static let lists: [ListVector] = [
    ("*", .any),
    (" * ", .any),
    ("\"a\"", .tags([EntityTag("a")])),
    ("\"a\",\"b\"", .tags([EntityTag("a"), EntityTag("b")])),
    ("\"a\" , \t\"b\"", .tags([EntityTag("a"), EntityTag("b")])),
    (",,\"a\",, \"b\",", .tags([EntityTag("a"), EntityTag("b")])),
    ("\"a,b\"", .tags([EntityTag("a,b")])),
    ("", .tags([])),
    ("*,\"a\"", nil),
    ("\"a\" \"b\"", nil),
    ("\"a\",b", nil),
    ("\"a", nil),
  ]

  @Test(arguments: lists)
  func `stands in lists`(vector: ListVector) {
    #expect(EntityTag.List(vector.header) == vector.list)
  }
}
