import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A condition")
struct ConditionTests {
  @Test(
    arguments: [
      ("accuracy >= 0.90", Condition("accuracy", .atLeast, "0.90")),
      ("largest_sector_share <= 0.50", Condition("largest_sector_share", .atMost, "0.50")),
      ("incidents = 0", Condition("incidents", .equal, "0")),
      ("level != -1.5", Condition("level", .unequal, "-1.5")),
      ("a < 1", Condition("a", .less, "1")),
      ("a.b-c9 > 01", Condition("a.b-c9", .more, "01")),
      ("verified = true", Condition("verified", .equal, "true")),
      ("by != so", Condition("by", .unequal, "so")),
    ]
  )
  func `is read as it is written`(text: String, condition: Condition) throws {
    #expect(try Condition(parsing: text) == condition)
    #expect(condition.description == text)
  }

  @Test(
    arguments: [
      "", "accuracy", "accuracy >=", "accuracy>=0.90", "accuracy  >= 0.90", " accuracy >= 0.90",
      "accuracy >= 0.90 ", "accuracy == 0.9", "accuracy => 0.9", "accuracy <> 0.9",
      "Accuracy >= 0.9", "9a = 1", "_a = 1", "a = B", "a = 1e3", "a = .9", "a = 9.", "a = +1",
      "a = 1,5", "a = 0x1", "a = --1", "a\t= 1", "a = 1\n", "a = \u{661}", "a = 1 2",
      "a >= high", "verified > true", "verified <= false",
      "\(String(repeating: "a", count: 64)) = 1", "a = \(String(repeating: "9", count: 65))",
    ]
  )
  func `is refused in any other writing`(text: String) {
    #expect(throws: Malformed.self) { try Condition(parsing: text) }
  }

  @Test(
    arguments: [
      ("a = 0.9", "0.90", true), ("a = 0.9", "0.91", false), ("a != 0.9", "0.90", false),
      ("a != 0.9", "0.91", true), ("a < 10", "9.99", true), ("a < 10", "10.0", false),
      ("a <= 10", "10.0", true), ("a <= 10", "10.01", false), ("a > -2", "-1.5", true),
      ("a > -2", "-2.0", false), ("a >= -2", "-2", true), ("a >= -2", "-2.1", false),
      // A number of another writing than a policy's is a text.
      ("a >= 1", "1e3", false), ("a >= 1", "high", false), ("a = 1", "one", false),
      ("a != 1", "one", true), ("a = true", "true", true), ("a = true", "True", false),
      ("a != so", "so", false), ("a != so", "es", true), ("a = 1", "", false),
    ]
  )
  func `holds of a record that says so`(text: String, value: String, holds: Bool) throws {
    let condition = try Condition(parsing: text)
    #expect(condition.holds(of: ["a": value, "b": "7"]) == holds)
  }

  @Test(arguments: ["a = 1", "a != 1", "a < 1", "a != so"])
  func `does not hold of a record without the name`(text: String) throws {
    #expect(try !Condition(parsing: text).holds(of: ["b": "0", "A": "0"]))
    #expect(try !Condition(parsing: text).holds(of: [:]))
  }

  /// Whoever writes a condition in the program instead of a policy gets the same answers.
  @Test(arguments: Condition.Comparison.allCases)
  func `of words has no order`(comparison: Condition.Comparison) {
    let condition = Condition("a", comparison, "so")
    let holds = [Condition.Comparison.equal: true, .unequal: false]
    #expect(condition.holds(of: ["a": "so"]) == holds[comparison] ?? false)
  }
}
