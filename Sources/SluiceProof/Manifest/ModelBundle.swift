public import SluiceEncoding

/// The file `model.sig`: a manifest's statement with the signature of a release key.
///
/// A sigstore bundle v0.3 with a DSSE envelope, as OpenSSF Model Signing 1.1 reads and writes it.
/// What is in it is not verified until `verify(with:)` says so. signing-and-log 5.1.
public struct ModelBundle: Hashable, Sendable {
  /// The exact bytes of the statement.
  public let statement: [UInt8]
  /// What the signing key is known by.
  public let hint: SHA256Digest
  /// ECDSA in DER over the pre-authentication encoding of the statement.
  let signature: [UInt8]

  private static let mediaType = "application/vnd.dev.sigstore.bundle.v0.3+json"
  private static let payloadType = "application/vnd.in-toto+json"
  private static let format = "model bundle"

  /// Signs a manifest.
  ///
  /// - Throws: What the system's cryptography threw.
  public init(_ manifest: Manifest, signedWith key: ReleaseKey) throws {
    statement = manifest.statement
    hint = key.publicKey.hint
    signature = try key.sign(
      PreAuthentication.encoding(type: Self.payloadType, payload: statement)
    )
  }

  /// Reads a bundle, ours or one that upstream's tool made.
  ///
  /// - Throws: `Malformed` for other media types, other keys than a public key with a hint,
  ///   entries of a transparency log, more signatures than one, and unknown members.
  public init(bytes: [UInt8]) throws(Malformed) {
    let value = try JSONValue(
      parsing: bytes,
      .document.limited(to: 2 * Manifest.maximumBytes),
      format: Self.format
    )
    var fields = try JSONFields(value, format: Self.format)
    try fields.expect("mediaType", Self.mediaType)
    var material = try fields.fields("verificationMaterial")
    var envelope = try fields.fields("dsseEnvelope")
    try fields.finish()

    var publicKey = try material.fields("publicKey")
    hint = try publicKey.digest("hint")
    try publicKey.finish()
    guard try (material.optionalArray("tlogEntries") ?? []).isEmpty else {
      throw material.fault("tlogEntries", "must be empty")
    }
    try material.finish()

    try envelope.expect("payloadType", Self.payloadType)
    statement = try Base64.decode(try envelope.string("payload"))
    let signatures = try envelope.array("signatures")
    guard signatures.count == 1 else { throw envelope.fault("signatures", "must be exactly one") }
    try envelope.finish()
    var only = try JSONFields(
      signatures[0],
      format: Self.format,
      path: "dsseEnvelope.signatures[0]"
    )
    signature = try Base64.decode(try only.string("sig"))
    _ = try only.optionalString("keyid")
    try only.finish()
  }

  /// The content of the file.
  public var bytes: [UInt8] {
    let value: JSONValue = [
      "mediaType": .string(Self.mediaType),
      "verificationMaterial": ["publicKey": ["hint": .string(hint.hex)], "tlogEntries": []],
      "dsseEnvelope": [
        "payload": .string(Base64.encode(statement)),
        "payloadType": .string(Self.payloadType),
        "signatures": [["sig": .string(Base64.encode(signature)), "keyid": ""]],
      ],
    ]
    return value.canonical
  }

  /// The manifest, once it is sure that `key` signed these bytes.
  ///
  /// Only then are they parsed.
  public func verify(with key: ReleasePublicKey) throws(ManifestFault) -> Manifest {
    guard hint == key.hint else { throw .otherKey(hint: hint) }
    let message = PreAuthentication.encoding(type: Self.payloadType, payload: statement)
    guard key.isValid(signature, for: message) else { throw .bad }
    do { return try Manifest(statement: statement) } catch { throw .malformed(error) }
  }
}
