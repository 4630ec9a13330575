/// Why bytes are not a safetensors file that Sluice reads.
///
/// Closed, and named as in the table of required errors: the names never change.
public struct SafeTensorsFault: Error, Hashable, Sendable {
  /// The rule that was broken, in the order in which the rules are tried.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Fewer than the eight bytes of a length.
    case headerTooSmall
    /// A pickle, which is a program, or a zip archive as `torch.save` writes them.
    case pickleRefused
    /// A header of more than 100 000 000 bytes.
    case headerTooLarge
    /// A header that would end beyond the file.
    case invalidHeaderLength
    /// Text that does not begin with a brace.
    case invalidHeaderStart
    /// A member that occurs twice in one object.
    case duplicateKey
    /// Text that is not JSON, or JSON that is not a header.
    case invalidHeader
    /// An element type that safetensors does not know.
    case unknownDType
    /// A name that is empty, longer than 512 bytes or holds a control character.
    case invalidTensorName
    /// A size that 64 bits cannot hold.
    case validationOverflow
    /// Elements of less than a byte that do not fill whole bytes.
    case misalignedSlice
    /// A hole, an overlap, an alias or a reversed range.
    case invalidOffset
    /// A range that is not as long as type and shape say.
    case tensorSizeMismatch
    /// Bytes that no tensor covers, or a tensor that ends beyond the file.
    case metadataIncompleteBuffer
  }

  /// The rule that was broken.
  public let kind: Kind
  /// The tensor, member or token that broke it; empty where the kind says all.
  public let what: String
  /// The byte of the file where that was seen; `nil` where the place says nothing.
  public let offset: Int?

  /// Names a fault.
  public init(_ kind: Kind, _ what: String = "", at offset: Int? = nil) {
    self.kind = kind
    self.what = what
    self.offset = offset
  }
}

extension SafeTensorsFault: CustomStringConvertible {
  /// The fault in one line.
  public var description: String {
    var text = kind.rawValue
    if !what.isEmpty { text += ": \(what)" }
    if let offset { text += " (at byte \(offset))" }
    return text
  }
}
