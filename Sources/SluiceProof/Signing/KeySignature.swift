internal import SluiceEncoding

/// What the key itself made: the innermost part of a signature.
///
/// signing-and-log 3.3.
struct KeySignature: Hashable, Sendable {
  /// 64 bytes, R‖S of Ed25519 or r‖s of ECDSA.
  let value: [UInt8]
  /// What a token adds, which its signature covers.
  let presence: Presence?

  /// What a token says of the moment of signing.
  struct Presence: Hashable, Sendable {
    let flags: UInt8
    let counter: UInt32

    /// Somebody touched the token.
    var isTouched: Bool { flags & 0x01 != 0 }
    /// The token knew who: a PIN or a fingerprint.
    var isVerified: Bool { flags & 0x04 != 0 }

    /// As the token signs it and as the blob has it.
    var bytes: [UInt8] {
      var writer = SSHWriter([flags])
      writer.append(counter)
      return writer.bytes
    }
  }

  init(value: [UInt8], presence: Presence?) {
    self.value = value
    self.presence = presence
  }

  /// Reads the signature blob of a key of `kind`, whose algorithm was compared already.
  init(blob: [UInt8], kind: PublicKey.Kind) throws(Malformed) {
    var reader = SSHReader(blob, format: SSHSignature.format)
    _ = try reader.readString()
    switch kind {
    case .ed25519, .tokenEd25519:
      value = try reader.readString()
      guard value.count == 64 else {
        throw Malformed(SSHSignature.format, "has \(value.count) bytes of Ed25519 instead of 64")
      }
    case .p256, .tokenP256:
      var integers = SSHReader(try reader.readString(), format: SSHSignature.format)
      value = try integers.readInteger(bytes: 32) + integers.readInteger(bytes: 32)
      try integers.finish()
    }
    presence =
      kind.isToken
      ? Presence(flags: try reader.readByte(), counter: try reader.readUInt32()) : nil
    try reader.finish()
  }

  /// Whether this is the signature of `key` over `data`.
  func isValid(for data: [UInt8], by key: PublicKey) -> Bool {
    var message = data
    if let presence {
      let application = SHA256Digest(of: key.application).bytes
      message = application + presence.bytes + SHA256Digest(of: data).bytes
    }
    return switch key.kind {
    case .ed25519, .tokenEd25519: Ed25519.isValid(value, for: message, by: key.point)
    case .p256, .tokenP256: P256Point.isValid(value, for: message, by: key.point)
    }
  }
}
