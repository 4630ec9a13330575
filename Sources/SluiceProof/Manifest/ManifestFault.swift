public import SluiceEncoding

/// Why a bundle does not prove what a model consists of.
public enum ManifestFault: Error, Hashable, Sendable {
  /// The bundle or the signed statement is not what its format says.
  case malformed(Malformed)
  /// Another key signed it, of which only the hint is known.
  case otherKey(hint: SHA256Digest)
  /// Not this key's signature over these bytes.
  case bad
}
