extension Header {
  /// Validates a whole file, its rules in their order.
  ///
  /// Nothing is allocated by the announced length before that is known to lie in the file.
  public init(_ file: UnsafeRawBufferPointer) throws(SafeTensorsFault) {
    guard file.count >= 8 else { throw SafeTensorsFault(.headerTooSmall) }
    guard !Pickle.begins(file), !Zip.begins(file) else {
      throw SafeTensorsFault(.pickleRefused, at: 0)
    }
    let announced = UInt64(littleEndian: file.loadUnaligned(as: UInt64.self))
    guard announced <= UInt64(Self.maximumLength) else {
      throw SafeTensorsFault(.headerTooLarge, "\(announced) bytes", at: 0)
    }
    let dataStart = 8 + Int(announced)
    guard dataStart <= file.count else {
      throw SafeTensorsFault(.invalidHeaderLength, "\(announced) bytes", at: 0)
    }
    var reader = HeaderReader([UInt8](file[8..<dataStart]), startingAt: 8)
    let declared = try reader.read()
    try self.init(declared, dataStart: dataStart, dataCount: file.count - dataStart)
  }

  private init(
    _ declared: HeaderReader.Document,
    dataStart: Int,
    dataCount: Int
  ) throws(SafeTensorsFault) {
    for name in declared.tensors.map(\.name) where !Self.isName(name.text) {
      throw SafeTensorsFault(.invalidTensorName, Self.quoted(name))
    }
    var sizes: [UInt64] = []
    for tensor in declared.tensors { sizes.append(try Self.size(of: tensor)) }
    let order = declared.tensors.indices.sorted { left, right in
      let (left, right) = (declared.tensors[left], declared.tensors[right])
      return (left.begin, left.end) < (right.begin, right.end)
    }
    var end: UInt64 = 0
    for tensor in order.map({ declared.tensors[$0] }) {
      guard tensor.begin == end, tensor.begin <= tensor.end else {
        throw SafeTensorsFault(.invalidOffset, Self.quoted(tensor.name))
      }
      end = tensor.end
    }
    for index in order {
      let tensor = declared.tensors[index]
      guard tensor.end - tensor.begin == sizes[index] else {
        throw SafeTensorsFault(.tensorSizeMismatch, Self.quoted(tensor.name))
      }
    }
    guard end == UInt64(dataCount) else {
      throw SafeTensorsFault(
        .metadataIncompleteBuffer,
        "the tensors end at \(end) of \(dataCount) bytes",
        at: dataStart
      )
    }
    var entries: [Entry] = []
    for tensor in order.map({ declared.tensors[$0] }) {
      let shape = tensor.shape.map { Int(clamping: $0) }
      let offsets = Int(tensor.begin)..<Int(tensor.end)
      entries.append(
        Entry(name: tensor.name, elementType: tensor.elementType, shape: shape, offsets: offsets)
      )
    }
    self.init(entries: entries, metadata: declared.metadata, dataStart: dataStart)
  }

  private static func isName(_ text: String) -> Bool {
    guard (1...512).contains(text.utf8.count) else { return false }
    return !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }

  // Dimensions stay below 2^63, so that a dimension beside a zero is still a number that Swift holds.
  private static func size(of tensor: HeaderReader.Declaration) throws(SafeTensorsFault) -> UInt64 {
    var bits = UInt64(tensor.elementType.bits)
    for dimension in tensor.shape {
      let (product, overflow) = bits.multipliedReportingOverflow(by: dimension)
      guard !overflow, dimension <= UInt64(Int.max) else {
        throw SafeTensorsFault(.validationOverflow, quoted(tensor.name))
      }
      bits = product
    }
    guard bits.isMultiple(of: 8) else {
      throw SafeTensorsFault(.misalignedSlice, quoted(tensor.name))
    }
    return bits / 8
  }

  // A name in an error may be anything; at most 64 characters of it, control characters escaped.
  private static func quoted(_ name: TensorName) -> String {
    name.text.prefix(64).debugDescription
  }
}
