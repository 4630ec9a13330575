internal import Crypto
internal import Foundation
internal import SluiceEncoding

/// Ed25519 over bytes, with the keys refused under which a signature proves nothing.
enum Ed25519 {
  /// The public key of 32 secret bytes.
  static func publicKey(of seed: [UInt8]) throws(Malformed) -> [UInt8] {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw Malformed("Ed25519 seed", "has \(seed.count) bytes instead of 32")
    }
    return Array(key.publicKey.rawRepresentation)
  }

  /// The 64-byte signature, which the message and the seed determine.
  static func sign(_ message: [UInt8], seed: [UInt8]) throws -> [UInt8] {
    let key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
    return Array(try key.signature(for: message))
  }

  /// Whether `key` signed `message`; keys of a wrong length sign nothing.
  static func isValid(_ signature: [UInt8], for message: [UInt8], by key: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else { return false }
    return key.isValidSignature(signature, for: message)
  }

  /// Refuses keys of a wrong length, in a second spelling, or of small order.
  ///
  /// With a small-order key a trivial signature holds for any message, so whoever enrols one
  /// could later deny or claim everything. signing-and-log 3.5 and 12.1.
  static func check(_ key: [UInt8]) throws(Malformed) {
    guard key.count == 32 else {
      throw Malformed("Ed25519 key", "has \(key.count) bytes instead of 32")
    }
    var y = key
    y[31] &= 0x7f  // the top bit is the sign of x
    let isReduced = y[0] < 0xed || y[31] != 0x7f || y[1...30].contains { $0 != 0xff }
    guard isReduced else { throw Malformed("Ed25519 key", "is not in its one spelling") }
    guard !smallOrders.contains(y) else {
      throw Malformed("Ed25519 key", "is a small-order point, whose signatures prove nothing")
    }
  }

  /// The y coordinates of the points of order 1, 2, 4 and 8.
  private static let smallOrders: Set<[UInt8]> = [
    [1] + [UInt8](repeating: 0, count: 31),
    [0xec] + [UInt8](repeating: 0xff, count: 30) + [0x7f],
    [UInt8](repeating: 0, count: 32),
    [
      0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
      0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
      0xfc, 0x05,
    ],
    [
      0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
      0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
      0x03, 0x7a,
    ],
  ]
}
