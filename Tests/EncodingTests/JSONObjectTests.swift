import SluiceEncoding
import Testing

@Suite("A JSON object")
struct JSONObjectTests {
  @Test func `keeps its members sorted while they come and go`() {
    var object: JSONObject = ["b": 1]
    object["c"] = 2
    object["a"] = 3
    object["b"] = 4
    #expect(object == ["a": 3, "b": 4, "c": 2])
    #expect(object.names == ["a", "b", "c"])
    object["b"] = nil
    object["x"] = nil
    #expect(object.members.map(\.name) == ["a", "c"])
    #expect(object["b"] == nil && object["c"] == 2 && object["d"] == nil)
  }

  @Test func `finds each of many names, and no other`() {
    let names = (0..<500).map { "layers.\($0 * 7_919 % 500).weight" }
    let object = JSONObject(names.map { .init(name: $0, value: .string($0)) })
    for name in names { #expect(object[name] == .string(name)) }
    #expect(object["layers.500.weight"] == nil && object["layers.1"] == nil && object[""] == nil)
    #expect(zip(object.names, object.names.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func `differs in a value, a name and the bytes of a name`() {
    let object: JSONObject = ["é": 1]
    #expect(object != ["é": 2])
    #expect(object != ["e": 1])
    #expect(object != ["e\u{301}": 1])
    #expect(object != [:])
    #expect(Set([object, ["e\u{301}": 1], ["é": 1]]).count == 2)
  }

  @Test func `gives its values by their types`() {
    #expect(JSONValue.string("a").stringValue == "a" && JSONValue.integer(1).stringValue == nil)
    #expect(JSONValue.integer(1).integerValue == 1 && JSONValue.decimal("1.0").integerValue == nil)
    #expect(JSONValue.bool(true).boolValue == true && JSONValue.integer(1).boolValue == nil)
    #expect(JSONValue.array([1]).arrayValue == [1] && JSONValue.object([:]).arrayValue == nil)
    #expect(JSONValue.object(["a": 1]).objectValue == ["a": 1] && JSONValue.null.objectValue == nil)
  }
}
