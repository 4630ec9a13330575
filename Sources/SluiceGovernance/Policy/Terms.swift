public import SluiceEncoding

/// A text that people agree to, byte for byte.
public struct Terms: Hashable, Sendable {
  /// The name by which gates refer to it.
  public typealias ID = Identifier<Terms>

  /// Its name.
  public let id: ID
  /// The file, relative to the policy's.
  public let file: String
  /// The digest that the file must have, where the policy ties it down.
  public let sha256: SHA256Digest?
}
