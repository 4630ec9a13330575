extension HeaderReader {
  /// Adds a member of the header to `document`, if it is what a header may hold.
  static func add(
    _ node: Node,
    named name: TensorName,
    to document: inout Document
  ) throws(SafeTensorsFault) {
    guard case .object(let members) = node else {
      throw SafeTensorsFault(.invalidHeader, "\(name.text.prefix(64).debugDescription): no object")
    }
    if name == "__metadata__" {
      document.metadata = try metadata(members)
    } else {
      document.tensors.append(try declaration(name, members))
    }
  }

  private static func metadata(
    _ members: [(name: TensorName, value: Node)]
  ) throws(SafeTensorsFault) -> [TensorName: String] {
    var metadata: [TensorName: String] = [:]
    for member in members {
      guard case .string(let text) = member.value else {
        throw SafeTensorsFault(.invalidHeader, "metadata that is not text")
      }
      metadata[member.name] = text
    }
    return metadata
  }

  private static func declaration(
    _ name: TensorName,
    _ members: [(name: TensorName, value: Node)]
  ) throws(SafeTensorsFault) -> Declaration {
    let quoted = name.text.prefix(64).debugDescription
    var (type, shape, offsets): (String?, [UInt64]?, [UInt64]?)
    for member in members {
      switch (member.name, member.value) {
      case ("dtype", .string(let text)): type = text
      case ("shape", .array(let elements)): shape = integers(elements)
      case ("data_offsets", .array(let elements)): offsets = integers(elements)
      default:
        let field = member.name.text.prefix(64).debugDescription
        throw SafeTensorsFault(.invalidHeader, "\(quoted): \(field)")
      }
    }
    guard let type, let shape, let offsets else {
      throw SafeTensorsFault(.invalidHeader, "\(quoted): needs dtype, shape and data_offsets")
    }
    guard let elementType = ElementType(rawValue: type) else {
      throw SafeTensorsFault(.unknownDType, type.prefix(64).debugDescription)
    }
    guard offsets.count == 2, shape.count <= 64 else {
      throw SafeTensorsFault(.invalidHeader, "\(quoted): two offsets, at most 64 dimensions")
    }
    return Declaration(
      name: name,
      elementType: elementType,
      shape: shape,
      begin: offsets[0],
      end: offsets[1]
    )
  }

  private static func integers(_ elements: [Node]) -> [UInt64]? {
    var integers: [UInt64] = []
    for element in elements {
      guard case .integer(let value) = element else { return nil }
      integers.append(value)
    }
    return integers
  }
}
