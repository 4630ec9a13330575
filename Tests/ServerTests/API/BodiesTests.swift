import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("Bodies")
struct BodiesTests {
  static func samples() throws -> [any Body] { try BodySamples.all() }

  @Test(arguments: try samples().indices)
  func `come back as they were sent`(index: Int) throws {
    let body = try Self.samples()[index]
    let bytes = body.json.canonical
    let json = try JSONValue(parsing: bytes, .document, format: "test")
    #expect(try Self.read(body, json).json.canonical == bytes)
    #expect(try Self.isRead(body, from: json))
  }

  @Test(arguments: try samples().indices)
  func `refuse members that they do not have`(index: Int) throws {
    let body = try Self.samples()[index]
    var members = try #require(body.json.objectValue)
    members["zz"] = "new"
    #expect(throws: Malformed.self) { try Self.read(body, .object(members)) }
  }

  @Test(arguments: try samples().indices)
  func `do without a member only where it says nothing`(index: Int) throws {
    let body = try Self.samples()[index]
    // People leave out of an instruction what they have nothing to say about.
    guard !(body is Instruction) else { return }
    let members = try #require(body.json.objectValue)
    for name in members.names {
      var fewer = members
      fewer[name] = nil
      let read = try? Self.read(body, .object(fewer))
      // What can be read without the member is a body that writes none.
      if let read { #expect(read.json == .object(fewer), "without \(name)") }
    }
  }

  @Test func `hold no more statements and documents than the limits allow`() throws {
    let one = Envelope(statement: [1]).json
    func parcel(_ count: Int, _ document: Int) -> JSONValue {
      let bytes = [UInt8](repeating: 0, count: document)
      return [
        "documents": .object(
          JSONObject([.init(name: Samples.digest("d").hex, value: .string(Base64.encode(bytes)))])
        ),
        "statements": .array(Array(repeating: one, count: count)),
      ]
    }
    #expect(throws: Never.self) {
      try Parcel(json: parcel(Parcel.maximumEnvelopes, Parcel.maximumDocument))
    }
    #expect(throws: Malformed.self) { try Parcel(json: parcel(0, 1)) }
    #expect(throws: Malformed.self) { try Parcel(json: parcel(Parcel.maximumEnvelopes + 1, 1)) }
    #expect(throws: Malformed.self) { try Parcel(json: parcel(1, Parcel.maximumDocument + 1)) }
  }

  private static func read<Item: Body>(_: Item, _ json: JSONValue) throws -> any Body {
    try Item(json: json)
  }

  private static func isRead<Item: Body>(_ body: Item, from json: JSONValue) throws -> Bool {
    try Item(json: json) == body
  }
}
