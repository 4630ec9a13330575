internal import enum Crypto.P256
internal import Foundation
internal import SluiceEncoding

/// A point of P-256 as SSH keeps it, `04‖X‖Y`, and the signatures under it.
enum P256Point {
  /// Refuses what is not a point of the curve, and what OpenSSH refuses besides.
  ///
  /// Its `sshkey_ec_validate_public` wants X and Y longer than half the order and below the order
  /// less one. Whoever has such a key could sign here and not verify with ssh-keygen.
  static func check(_ point: [UInt8]) throws(Malformed) {
    guard point.count == 65, (try? P256.Signing.PublicKey(x963Representation: point)) != nil else {
      throw Malformed("P-256 key", "is not an uncompressed point of the curve")
    }
    for coordinate in [point[1..<33], point[33..<65]] {
      let isLong = coordinate.prefix(16).contains { $0 != 0 }
      guard isLong, coordinate.lexicographicallyPrecedes(orderLessOne) else {
        throw Malformed("P-256 key", "has a coordinate that OpenSSH refuses")
      }
    }
  }

  /// Whether `signature`, r and s of 32 bytes each, is this key's over the SHA-256 of `message`.
  static func isValid(_ signature: [UInt8], for message: [UInt8], by point: [UInt8]) -> Bool {
    guard
      let key = try? P256.Signing.PublicKey(x963Representation: point),
      let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
    else { return false }
    return key.isValidSignature(signature, for: message)
  }

  private static let orderLessOne: [UInt8] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x50,
  ]
}
