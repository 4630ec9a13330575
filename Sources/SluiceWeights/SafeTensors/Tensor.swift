/// One tensor of an open safetensors file.
public struct Tensor: Sendable {
  /// Its name in the header.
  public let name: TensorName
  /// How its elements are stored.
  public let elementType: ElementType
  /// Its dimensions, outermost first; empty for a scalar.
  public let shape: [Int]
  /// The bytes of the file that hold it, little-endian and row-major.
  public let range: Range<Int>
  /// The file that holds it.
  public let file: MappedFile

  /// Elements in it.
  public var elementCount: Int { shape.reduce(1, *) }

  /// Calls `body` with the stored bytes, which need not be aligned.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows
    -> Result
  {
    try file.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }
}
