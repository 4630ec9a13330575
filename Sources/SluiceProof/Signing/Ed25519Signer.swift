public import SluiceEncoding

/// A key that the program itself holds, as that of the clerk.
///
/// People's keys never come here: `ssh-keygen` signs with those.
public struct Ed25519Signer: Sendable {
  /// The public half.
  public let publicKey: PublicKey
  private let seed: [UInt8]

  /// The key of 32 random bytes.
  ///
  /// - Throws: `Malformed` if the seed has another length.
  public init(seed: [UInt8]) throws(Malformed) {
    var blob = SSHWriter()
    blob.append(string: PublicKey.Kind.ed25519.rawValue.utf8)
    blob.append(string: try Ed25519.publicKey(of: seed))
    publicKey = try PublicKey(blob: blob.bytes)
    self.seed = seed
  }

  /// Signs `message` for one purpose; the same bytes make the same signature.
  ///
  /// - Throws: What the system's cryptography threw.
  public func sign(message: [UInt8], namespace: String) throws -> SSHSignature {
    precondition(!namespace.isEmpty, "a signature without a purpose")
    let data = SSHSignature.signedData(message, namespace: namespace, hash: .sha512)
    let value = try Ed25519.sign(data, seed: seed)
    return SSHSignature(key: publicKey, namespace: namespace, ed25519: value)
  }
}
