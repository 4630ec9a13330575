public import SluiceEncoding

/// The public key of a witness, who says when he saw a checkpoint.
///
/// C2SP tlog-cosignature; signing-and-log 6.7.
public struct WitnessVerifier: Hashable, Sendable {
  let key: NoteKey

  /// Reads a vkey, `NAME+ID+BASE64`, of the type for cosignatures.
  ///
  /// - Throws: `Malformed` for other types, a wrong ID and small-order keys.
  public init(vkey: String) throws(Malformed) {
    key = try NoteKey(vkey, kind: .cosignature)
  }

  /// The public form, `NAME+ID+BASE64`.
  public var vkey: String { key.text }

  /// When the witness last signed this note, by his clock.
  ///
  /// Lines of other keys are not looked at. Every line of this key must hold.
  public func verify(_ note: SignedNote) throws(NoteFault) -> Instant {
    var newest: Instant?
    for signature in key.signatures(on: note) {
      guard let instant = time(of: signature, on: note.text) else { throw .bad(name: key.name) }
      newest = max(newest ?? instant, instant)
    }
    guard let newest else { throw .unsigned(name: key.name) }
    return newest
  }

  private func time(of signature: SignedNote.Signature, on text: String) -> Instant? {
    guard signature.bytes.count == 72 else { return nil }
    let time = signature.bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    let message = Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
    guard
      time <= Self.year9999,
      key.isValid(Array(signature.bytes.dropFirst(8)), for: message)
    else { return nil }
    return Instant(seconds: Int(time))
  }

  private static let year9999: UInt64 = 253_402_300_799
}
