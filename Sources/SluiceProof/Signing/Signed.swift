internal import struct Crypto.SHA512
internal import SluiceEncoding

/// Bytes that a key signed for a purpose: the proof that the signature was verified.
///
/// Only `SSHSignature.verify` makes one. It says nothing of whose key it is, nor of when.
public struct Signed: Hashable, Sendable {
  /// How much the signature says of the person, the weakest first.
  public enum Strength: Int, Comparable, Sendable {
    /// A key in a file or agent.
    case key
    /// A token that was touched.
    case touch
    /// A token that knew who touched it, by a PIN or a fingerprint.
    case pin

    /// Whether `left` says less.
    public static func < (left: Strength, right: Strength) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// The bytes that were signed.
  public let message: [UInt8]
  /// The key that signed them.
  public let key: PublicKey
  /// The purpose.
  public let namespace: String
  /// How much it says of the person.
  public let strength: Strength
  /// How often the token has signed, by its own count; tokens may restart or always say 0.
  public let counter: UInt32?

  fileprivate init(
    verifying signature: SSHSignature,
    of message: [UInt8],
    namespace: String
  ) throws(SignatureFault) {
    guard signature.namespace.utf8.elementsEqual(namespace.utf8) else {
      throw .wrongNamespace(found: signature.namespace)
    }
    let presence = signature.keySignature.presence
    if let presence, !presence.isTouched { throw .noTouch }
    let data = SSHSignature.signedData(message, namespace: namespace, hash: signature.hash)
    guard signature.keySignature.isValid(for: data, by: signature.key) else { throw .bad }

    self.message = message
    self.key = signature.key
    self.namespace = namespace
    strength = presence.map { $0.isVerified ? .pin : .touch } ?? .key
    counter = presence?.counter
  }
}

extension SSHSignature {
  /// Verifies this signature of the exact bytes `message` for one purpose.
  ///
  /// A token must have been touched; whether a PIN is demanded is for the caller, by `strength`.
  ///
  /// - Throws: `wrongNamespace`, `noTouch` or `bad`, in this order.
  public func verify(
    message: [UInt8],
    namespace: String
  ) throws(SignatureFault) -> Signed {
    try Signed(verifying: self, of: message, namespace: namespace)
  }

  /// What a key signs: the purpose and the hash of the message (signing-and-log 3.2).
  static func signedData(_ message: [UInt8], namespace: String, hash: Hash) -> [UInt8] {
    var writer = SSHWriter(magic)
    writer.append(string: namespace.utf8)
    writer.append(string: [])
    writer.append(string: hash.rawValue.utf8)
    switch hash {
    case .sha256: writer.append(string: SHA256Digest(of: message).bytes)
    case .sha512: writer.append(string: Array(SHA512.hash(data: message)))
    }
    return writer.bytes
  }
}
