internal import Glibc
internal import Foundation
internal import SluiceEncoding

/// Writes a safetensors file as its bytes come: the header first, then the tensors in their order.
///
/// The header is padded with spaces to a multiple of eight, so that the tensors are aligned.
public struct Writer: ~Copyable {
  /// A tensor to be written.
  public struct Entry: Hashable, Sendable {
    /// Its name.
    public let name: TensorName
    /// How its elements are stored.
    public let elementType: ElementType
    /// Its dimensions, outermost first.
    public let shape: [Int]

    /// Announces a tensor.
    public init(_ name: TensorName, _ elementType: ElementType, _ shape: [Int]) {
      self.name = name
      self.elementType = elementType
      self.shape = shape
    }

    /// The bytes that it takes.
    public var byteCount: Int { shape.reduce(elementType.bits, *) / 8 }
  }

  private let descriptor: Int32
  private let expected: Int
  private var written = 0

  /// Creates the file at `path`, which must not exist, and writes the header.
  ///
  /// - Parameters:
  ///   - path: The new file.
  ///   - entries: The tensors in the order of their bytes, their names all different.
  ///   - metadata: Texts for `__metadata__`.
  /// - Throws: `POSIXError`.
  public init(
    creating path: String,
    entries: [Entry],
    metadata: [String: String] = ["format": "pt"]
  ) throws {
    let header = Self.header(entries, metadata)
    expected = entries.reduce(0) { $0 + $1.byteCount }
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    try header.withUnsafeBytes { try Self.write($0, to: descriptor) }
  }

  deinit { close(descriptor) }

  /// Adds bytes of the tensors; where one ends and the next begins does not matter.
  public mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
    precondition(written + bytes.count <= expected, "more bytes than the header announced")
    try Self.write(bytes, to: descriptor)
    written += bytes.count
  }

  /// Ends the file and waits until it is on disk.
  public consuming func finish() throws {
    precondition(written == expected, "fewer bytes than the header announced")
    guard fsync(descriptor) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  }

  /// Length and text of the header.
  static func header(_ entries: [Entry], _ metadata: [String: String]) -> [UInt8] {
    var members: [JSONObject.Member] = []
    var end = 0
    for entry in entries {
      let (begin, shape) = (end, entry.shape.map { JSONValue.integer($0) })
      end += entry.byteCount
      let value: JSONValue = [
        "dtype": .string(entry.elementType.rawValue), "shape": .array(shape),
        "data_offsets": [.integer(begin), .integer(end)],
      ]
      members.append(.init(name: entry.name.text, value: value))
    }
    if !metadata.isEmpty {
      let texts = metadata.map { JSONObject.Member(name: $0.key, value: .string($0.value)) }
      members.append(.init(name: "__metadata__", value: .object(JSONObject(texts))))
    }
    var text = JSONValue.object(JSONObject(members)).canonical
    while !text.count.isMultiple(of: 8) { text.append(UInt8(ascii: " ")) }
    let length = UInt64(text.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + text
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(
        descriptor,
        UnsafeRawBufferPointer(rebasing: rest).baseAddress,
        rest.count
      )
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
      rest = rest.dropFirst(count)
    }
  }
}
