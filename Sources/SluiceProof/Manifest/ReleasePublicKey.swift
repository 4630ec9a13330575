internal import enum Crypto.P256
internal import Foundation
public import SluiceEncoding

/// The public key under which manifests are verified.
public struct ReleasePublicKey: Hashable, Sendable {
  /// The key as OpenSSL writes it, with a final newline: the content of a key file.
  public let pem: String
  private let point: [UInt8]

  init(_ key: P256.Signing.PublicKey) {
    // swift-crypto ends the text without the newline, which the hint counts.
    pem = key.pemRepresentation + "\n"
    point = Array(key.x963Representation)
  }

  /// Reads a P-256 public key in PEM.
  ///
  /// - Throws: `Malformed` for anything else.
  public init(pem: String) throws(Malformed) {
    let key: P256.Signing.PublicKey
    do { key = try P256.Signing.PublicKey(pemRepresentation: pem) } catch {
      throw Malformed("release public key", "must be a P-256 public key in PEM")
    }
    self.init(key)
  }

  /// What a bundle names the key by: the SHA-256 of its PEM text, not of its DER.
  public var hint: SHA256Digest { SHA256Digest(of: Array(pem.utf8)) }

  /// Whether `signature`, in DER, is this key's over `message`.
  func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    guard
      let key = try? P256.Signing.PublicKey(x963Representation: point),
      let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature)
    else { return false }
    return key.isValidSignature(signature, for: message)
  }
}
