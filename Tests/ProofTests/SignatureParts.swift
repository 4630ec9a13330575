import Crypto
import Foundation
import SluiceEncoding
import SluiceProof

/// A signature blob part by part, so that a test can write any one of them wrong.
struct SignatureParts {
  var magic = "SSHSIG"
  var version: UInt32 = 1
  var key: [UInt8]
  var namespace = "approval@sluice"
  var reserved: [UInt8] = []
  var hash = "sha512"
  var signature: [UInt8]
  var rest: [UInt8] = []

  var blob: [UInt8] {
    Array(magic.utf8) + Wire.number(version) + Wire.string(key) + Wire.string(namespace)
      + Wire.string(reserved) + Wire.string(hash) + Wire.string(signature) + rest
  }

  /// What a key signs for the namespace that the tests use.
  static func data(of message: [UInt8], hash: String = "sha512") -> [UInt8] {
    let digest =
      hash == "sha512"
      ? Array(SHA512.hash(data: message)) : Array(Crypto.SHA256.hash(data: message))
    return Array("SSHSIG".utf8) + Wire.string("approval@sluice") + Wire.string([UInt8]())
      + Wire.string(hash) + Wire.string(digest)
  }

  /// A signature as `ssh-keygen` would make it with an Ed25519 key.
  static func ed25519(of message: [UInt8], hash: String = "sha512") throws -> SignatureParts {
    let key = try Curve25519.Signing.PrivateKey(rawRepresentation: (0..<32).map { UInt8($0) })
    let value = try key.signature(for: data(of: message, hash: hash))
    return SignatureParts(
      key: Wire.string("ssh-ed25519") + Wire.string(key.publicKey.rawRepresentation),
      hash: hash,
      signature: Wire.string("ssh-ed25519") + Wire.string(value)
    )
  }

  /// A signature of a P-256 key; `shape` may change the two numbers.
  static func p256(
    of message: [UInt8],
    shape: ([UInt8], [UInt8]) -> [UInt8] = { Wire.integer($0) + Wire.integer($1) }
  ) throws -> SignatureParts {
    let key = try P256.Signing.PrivateKey(rawRepresentation: (1...32).map { UInt8($0) })
    let value = Array(try key.signature(for: data(of: message)).rawRepresentation)
    let type = "ecdsa-sha2-nistp256"
    return SignatureParts(
      key: Wire.string(type) + Wire.string("nistp256")
        + Wire.string(key.publicKey.x963Representation),
      signature: Wire.string(type)
        + Wire.string(shape(Array(value[..<32]), Array(value[32...])))
    )
  }

  /// A signature of a software stand-in for a token.
  static func token(of message: [UInt8], flags: UInt8) throws -> SignatureParts {
    let key = try Curve25519.Signing.PrivateKey(rawRepresentation: (32..<64).map { UInt8($0) })
    let presence = [flags] + Wire.number(7)
    let covered =
      Array(Crypto.SHA256.hash(data: Array("ssh:".utf8))) + presence
      + Array(Crypto.SHA256.hash(data: data(of: message)))
    let type = "sk-ssh-ed25519@openssh.com"
    return SignatureParts(
      key: Wire.string(type) + Wire.string(key.publicKey.rawRepresentation) + Wire.string("ssh:"),
      signature: Wire.string(type) + Wire.string(try key.signature(for: covered)) + presence
    )
  }
}
