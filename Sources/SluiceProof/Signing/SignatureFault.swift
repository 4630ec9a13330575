public import SluiceEncoding

/// Why a signature does not count.
public enum SignatureFault: Error, Hashable, Sendable {
  /// The armor, the blob or the key is not what its format says; small-order keys among them.
  case malformed(Malformed)
  /// A kind of key, signature or hash that is not accepted, by its name in SSH.
  case unsupported(String)
  /// Made for another purpose.
  case wrongNamespace(found: String)
  /// Not this key's over these bytes.
  case bad
  /// Made by a token that nobody touched.
  case noTouch
}
