internal import SluiceEncoding

/// A detached signature as `ssh-keygen -Y sign` makes it, not verified yet.
///
/// What is read here is stricter than ssh-keygen, and whatever verifies here verifies there. Its
/// hash is no identity of anything: identify a statement by its own bytes. OpenSSH
/// `PROTOCOL.sshsig`; signing-and-log 3.
public struct SSHSignature: Hashable, Sendable {
  /// How the message is hashed before it is signed.
  enum Hash: String, Sendable {
    case sha256, sha512
  }

  /// The key that the signature claims to be of.
  public let key: PublicKey
  /// The purpose that it claims.
  public let namespace: String
  /// The whole in SSH's encoding, without armor.
  public let blob: [UInt8]
  let hash: Hash
  let keySignature: KeySignature

  static let magic = Array("SSHSIG".utf8)
  static let format = "SSH signature"

  /// Reads a signature in SSH's encoding.
  ///
  /// - Throws: `malformed`, or `unsupported` for a kind of key, signature or hash that is unknown.
  public init(blob: [UInt8]) throws(SignatureFault) {
    let fields: Fields
    do { fields = try Fields(blob) } catch { throw .malformed(error) }
    guard let hash = Hash(rawValue: fields.hash) else { throw .unsupported(fields.hash) }
    for algorithm in [fields.keyType, fields.algorithm] {
      guard PublicKey.Kind(rawValue: algorithm) != nil else { throw .unsupported(algorithm) }
    }
    do throws(Malformed) {
      key = try PublicKey(blob: fields.key)
      guard fields.algorithm == key.kind.rawValue else {
        throw Malformed(Self.format, "is \(fields.algorithm) by a key of \(key.kind.rawValue)")
      }
      keySignature = try KeySignature(blob: fields.signature, kind: key.kind)
    } catch { throw .malformed(error) }
    namespace = fields.namespace
    self.hash = hash
    self.blob = blob
  }

  /// Puts a signature of an Ed25519 key together.
  init(key: PublicKey, namespace: String, ed25519 value: [UInt8]) {
    var writer = SSHWriter(Self.magic)
    writer.append(1)
    writer.append(string: key.blob)
    writer.append(string: namespace.utf8)
    writer.append(string: [])
    writer.append(string: Hash.sha512.rawValue.utf8)
    var signature = SSHWriter()
    signature.append(string: PublicKey.Kind.ed25519.rawValue.utf8)
    signature.append(string: value)
    writer.append(string: signature.bytes)
    self.key = key
    self.namespace = namespace
    blob = writer.bytes
    hash = .sha512
    keySignature = KeySignature(value: value, presence: nil)
  }

  /// The fields of a blob, before it is known whether its algorithms are.
  private struct Fields {
    let key: [UInt8]
    let keyType: String
    let namespace: String
    let hash: String
    let signature: [UInt8]
    let algorithm: String

    init(_ blob: [UInt8]) throws(Malformed) {
      var reader = SSHReader(blob, format: SSHSignature.format)
      guard try reader.readBytes(SSHSignature.magic.count) == SSHSignature.magic else {
        throw Malformed(SSHSignature.format, "must begin with SSHSIG", at: 0)
      }
      guard try reader.readUInt32() == 1 else {
        throw Malformed(SSHSignature.format, "must be of version 1", at: 6)
      }
      key = try reader.readString()
      namespace = try reader.readText()
      guard !namespace.isEmpty else {
        throw Malformed(SSHSignature.format, "must have a namespace")
      }
      // ssh-keygen signs it as empty whatever it says, so it could say anything.
      guard try reader.readString().isEmpty else {
        throw Malformed(SSHSignature.format, "must have an empty reserved field")
      }
      hash = try reader.readText()
      signature = try reader.readString()
      try reader.finish()

      var keyReader = SSHReader(key, format: "SSH public key")
      keyType = try keyReader.readText()
      var signatureReader = SSHReader(signature, format: SSHSignature.format)
      algorithm = try signatureReader.readText()
    }
  }
}
