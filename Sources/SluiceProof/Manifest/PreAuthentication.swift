/// What a DSSE signature covers: the type and the payload, each behind its length.
///
/// secure-systems-lab/dsse `protocol.md`; signing-and-log 5.1.
public enum PreAuthentication {
  /// `DSSEv1 SP LEN(type) SP type SP LEN(payload) SP payload`, the lengths in decimal.
  public static func encoding(type: String, payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
  }
}
