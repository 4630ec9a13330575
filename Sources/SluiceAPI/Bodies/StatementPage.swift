public import SluiceEncoding
internal import SluiceGovernance

/// A statement as it was handed in, with its signature (`audit statement`).
///
/// Whoever gets it needs nobody's word: the bytes say who speaks and what about, and the signature is
/// one that `ssh-keygen` verifies.
public struct StatementPage: Body {
  /// The index of the entry about it.
  public let index: Int
  /// Log time: when its key had to count.
  public let at: Instant
  /// The statement, byte for byte.
  public let statement: [UInt8]
  /// The armor of its signature; `nil` of what was said in a session, which nobody signed.
  public let signature: [UInt8]?
  /// In a change of keys, the armor of the new key's signature.
  public let second: [UInt8]?

  /// Composes a page.
  public init(
    index: Int,
    at: Instant,
    statement: [UInt8],
    signature: [UInt8]?,
    second: [UInt8]? = nil
  ) {
    self.index = index
    self.at = at
    self.statement = statement
    self.signature = signature
    self.second = second
  }

  /// The digest that names the statement.
  public var sha256: SHA256Digest { SHA256Digest(of: statement) }

  /// `{"at","index","second"?,"sha256","signature"?,"statement"}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "at": .string(at.description), "index": .integer(index), "sha256": .string(sha256.hex),
      "statement": .string(Base64.encode(statement)),
    ]
    members["signature"] = signature.map { .string(String(decoding: $0, as: UTF8.self)) }
    members["second"] = second.map { .string(String(decoding: $0, as: UTF8.self)) }
    return .object(members)
  }

  /// Reads a page; the digest is computed and not believed.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "statement page")
    self.init(
      index: try fields.count("index"),
      at: try fields.instant("at"),
      statement: try Base64.decode(try fields.string("statement")),
      signature: try fields.optionalString("signature").map { Array($0.utf8) },
      second: try fields.optionalString("second").map { Array($0.utf8) }
    )
    guard try fields.digest("sha256") == sha256 else {
      throw fields.fault("sha256", "is not that of the statement")
    }
    try fields.finish()
  }
}
