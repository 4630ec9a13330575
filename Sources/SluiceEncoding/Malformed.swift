/// Bytes that are not what their format says.
///
/// It carries facts for the edge to put into words: which format, what is wrong with it, and
/// where, in bytes from the start. A strict parser throws nothing else (style: errors).
public struct Malformed: Error, Hashable, Sendable {
  /// The format that was expected, such as `instant` or `statement`.
  public let format: String
  /// What is wrong, or what would be right.
  public let what: String
  /// How many bytes of the input come before the fault; `nil` where the place says nothing.
  public let offset: Int?

  /// Names a fault in a text or file of `format`.
  public init(_ format: String, _ what: String, at offset: Int? = nil) {
    self.format = format
    self.what = what
    self.offset = offset
  }
}

extension Malformed: CustomStringConvertible {
  /// The fault in one line: format, what, and the byte where it is known.
  public var description: String {
    guard let offset else { return "\(format): \(what)" }
    return "\(format): \(what) (at byte \(offset))"
  }
}
