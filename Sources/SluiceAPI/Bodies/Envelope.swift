public import SluiceEncoding

/// A statement on its way to a deployment, with what vouches for it.
///
/// Without a signature the bearer token does, where the statement's type allows that (README
/// join 3).
public struct Envelope: Body {
  /// The canonical bytes.
  public let statement: [UInt8]
  /// The armored SSH signature over them.
  public let signature: [UInt8]?
  /// A second one over the same bytes: of a `keychange`, by the new key.
  public let second: [UInt8]?

  /// Packs a statement.
  public init(statement: [UInt8], signature: [UInt8]? = nil, second: [UInt8]? = nil) {
    self.statement = statement
    self.signature = signature
    self.second = second
  }

  /// `{"second"?,"signature"?,"statement"}`, the statement in base64, the armors as text.
  public var json: JSONValue {
    var members: JSONObject = ["statement": .string(Base64.encode(statement))]
    members["second"] = second.map { .string(String(decoding: $0, as: UTF8.self)) }
    members["signature"] = signature.map { .string(String(decoding: $0, as: UTF8.self)) }
    return .object(members)
  }

  /// Reads an envelope; what is in it is not looked at.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "envelope")
    self.init(
      statement: try Base64.decode(try fields.string("statement")),
      signature: try fields.optionalString("signature").map { Array($0.utf8) },
      second: try fields.optionalString("second").map { Array($0.utf8) }
    )
    try fields.finish()
  }
}

/// The body of `POST /sluice/v1/statements`: taken in whole or not at all.
public struct Parcel: Body {
  /// The most statements that one call may carry.
  public static let maximumEnvelopes = 64
  /// The most documents that one call may carry.
  public static let maximumDocuments = 64
  /// The most bytes that one document may have.
  public static let maximumDocument = 1 << 20
  /// The most bytes that the whole body may have, base64 and all.
  public static let maximumBytes = 8 << 20
  /// The same where no live token came with the request: who signs is known only afterwards.
  public static let maximumBytesWithoutToken = 1 << 20

  /// The statements, in the order in which they take effect.
  public let envelopes: [Envelope]
  /// What they name by digest and the deployment may lack.
  public let documents: [SHA256Digest: [UInt8]]

  /// Packs statements and their documents.
  public init(_ envelopes: [Envelope], documents: [SHA256Digest: [UInt8]] = [:]) {
    self.envelopes = envelopes
    self.documents = documents
  }

  /// `{"documents"?: {DIGEST: BASE64}, "statements": […]}`.
  public var json: JSONValue {
    var members: JSONObject = ["statements": .array(envelopes.map(\.json))]
    if !documents.isEmpty {
      members["documents"] = .object(
        JSONObject(
          documents.map { .init(name: $0.key.hex, value: .string(Base64.encode($0.value))) }
        )
      )
    }
    return .object(members)
  }

  /// Reads a parcel.
  ///
  /// - Throws: `Malformed`, also for too many or too large documents. Whether a document has the
  ///   digest under which it is sent is for the ledger to check.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "statements")
    let envelopes: [Envelope] = try fields.bodies("statements")
    guard (1...Self.maximumEnvelopes).contains(envelopes.count) else {
      throw Malformed("statements", "send 1 to \(Self.maximumEnvelopes) statements in one call")
    }
    var documents: [SHA256Digest: [UInt8]] = [:]
    let members = try fields.optionalObject("documents")?.members ?? []
    guard members.count <= Self.maximumDocuments else {
      throw Malformed("statements", "send at most \(Self.maximumDocuments) documents in one call")
    }
    for member in members {
      guard let text = member.value.stringValue else {
        throw Malformed("statements", "documents.\(member.name): must be base64")
      }
      let bytes = try Base64.decode(text)
      guard bytes.count <= Self.maximumDocument else {
        throw Malformed("statements", "documents.\(member.name): larger than 1 MiB")
      }
      documents[try SHA256Digest(hex: member.name)] = bytes
    }
    try fields.finish()
    self.init(envelopes, documents: documents)
  }
}
