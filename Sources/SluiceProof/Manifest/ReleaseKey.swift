internal import enum Crypto.P256
internal import Foundation
public import SluiceEncoding

/// The private key that signs manifests: ECDSA over P-256, as OpenSSF Model Signing wants it.
///
/// signing-and-log 5.1 and 10.
public struct ReleaseKey: Sendable {
  private let key: P256.Signing.PrivateKey

  private init(_ key: P256.Signing.PrivateKey) { self.key = key }

  /// A new key from the system's generator.
  public static func make() -> ReleaseKey { ReleaseKey(P256.Signing.PrivateKey()) }

  /// Reads PKCS#8 or SEC 1 in PEM, without a passphrase.
  ///
  /// - Throws: `Malformed` for anything else.
  public init(pem: String) throws(Malformed) {
    do { key = try P256.Signing.PrivateKey(pemRepresentation: pem) } catch {
      throw Malformed("release key", "must be a P-256 private key in PEM without a passphrase")
    }
  }

  /// PKCS#8 in PEM with a final newline, the content of a key file.
  public var pem: String { key.pemRepresentation + "\n" }

  /// The public half.
  public var publicKey: ReleasePublicKey { ReleasePublicKey(key.publicKey) }

  /// Signs `message`, hashed with SHA-256, and gives the signature as DER.
  ///
  /// Two signatures of the same bytes differ.
  ///
  /// - Throws: What the system's cryptography threw.
  func sign(_ message: [UInt8]) throws -> [UInt8] {
    Array(try key.signature(for: message).derRepresentation)
  }
}
