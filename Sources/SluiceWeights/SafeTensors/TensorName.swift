/// The name of a tensor: a label, never a path.
///
/// Compared and ordered by its UTF-8 bytes, so that two spellings of one letter stay two names.
public struct TensorName: Hashable, Sendable {
  /// The name as it is stored.
  public let text: String

  /// Wraps a name.
  public init(_ text: String) { self.text = text }

  /// Whether the bytes are the same.
  public static func == (left: TensorName, right: TensorName) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Feeds the bytes into a hash table's hasher.
  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension TensorName: Comparable, CustomStringConvertible, ExpressibleByStringLiteral,
  ExpressibleByStringInterpolation
{
  /// Wraps a literal.
  public init(stringLiteral value: String) { self.init(value) }

  /// Whether the bytes of `left` come first.
  public static func < (left: TensorName, right: TensorName) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// The name itself.
  public var description: String { text }
}
