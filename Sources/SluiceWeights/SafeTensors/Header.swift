/// What a safetensors file says about itself, validated whole.
///
/// A value of this type exists only for a file in which every byte is the length, the header or
/// exactly one tensor's (rules of safetensors 0.8.0, and nine that are stricter).
public struct Header: Hashable, Sendable {
  /// A tensor as the header declares it.
  public struct Entry: Hashable, Sendable {
    /// Its name.
    public let name: TensorName
    /// How its elements are stored.
    public let elementType: ElementType
    /// Its dimensions, outermost first.
    public let shape: [Int]
    /// Its bytes, counted from the end of the header.
    public let offsets: Range<Int>

    /// Declares a tensor.
    public init(name: TensorName, elementType: ElementType, shape: [Int], offsets: Range<Int>) {
      self.name = name
      self.elementType = elementType
      self.shape = shape
      self.offsets = offsets
    }
  }

  /// The tensors, in the order of their bytes.
  public let entries: [Entry]
  /// The texts under `__metadata__`, by the bytes of their names.
  public let metadata: [TensorName: String]
  /// Where the tensors' bytes begin: eight and the length of the header.
  public let dataStart: Int

  /// The largest header that is read.
  public static let maximumLength = 100_000_000

  /// Reads and validates the header of `file`.
  public init(of file: MappedFile) throws(SafeTensorsFault) {
    let header = file.withUnsafeBytes { bytes in
      Result { () throws(SafeTensorsFault) in try Header(bytes) }
    }
    self = try header.get()
  }

  init(entries: [Entry], metadata: [TensorName: String], dataStart: Int) {
    self.entries = entries
    self.metadata = metadata
    self.dataStart = dataStart
  }
}
