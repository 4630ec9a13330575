public import SluiceEncoding

/// One entry of the log with what shows that it is in it (`audit prove`, `audit disclose`).
public struct ProofPage: Body {
  /// Its index.
  public let index: Int
  /// Its bytes in the log.
  public let entry: [UInt8]
  /// The exact bytes of its event, which are text; `nil` of a sealed one that was not opened.
  public let event: String?
  /// The content of a `.tlog-proof` file; of a sealed entry that was opened with its salt.
  public let proof: String

  /// Composes a page.
  public init(index: Int, entry: [UInt8], event: String?, proof: String) {
    self.index = index
    self.entry = entry
    self.event = event
    self.proof = proof
  }

  /// `{"entry","event"?,"index","proof"}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "entry": .string(Base64.encode(entry)), "index": .integer(index), "proof": .string(proof),
    ]
    members["event"] = event.map { .string($0) }
    return .object(members)
  }

  /// Reads a page.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "proof")
    self.init(
      index: try fields.count("index"),
      entry: try Base64.decode(try fields.string("entry")),
      event: try fields.optionalString("event"),
      proof: try fields.string("proof")
    )
    try fields.finish()
  }
}
