internal import SluiceEncoding

/// Reads the JSON of a safetensors header, strictly, one tensor at a time.
///
/// Not `JSONValue`: offsets go up to 2^64, a duplicate member is its own error, and a header may have
/// 100 MB, of which no tree should be held. A syntax error anywhere comes before a wrong member.
struct HeaderReader {
  /// A tensor as it is written, not yet checked against the others.
  struct Declaration {
    let name: TensorName
    let elementType: ElementType
    let shape: [UInt64]
    let begin: UInt64
    let end: UInt64
  }

  /// All that a header holds.
  struct Document {
    var tensors: [Declaration] = []
    var metadata: [TensorName: String] = [:]
  }

  /// A value inside a tensor's member; no header needs more kinds.
  enum Node {
    case string(String)
    case integer(UInt64)
    case array([Node])
    case object([(name: TensorName, value: Node)])
    case other
  }

  private var scanner: HeaderScanner
  private var firstFault: SafeTensorsFault?

  init(_ bytes: [UInt8], startingAt base: Int) {
    scanner = HeaderScanner(bytes, base: base)
  }

  mutating func read() throws(SafeTensorsFault) -> Document {
    guard scanner.isUTF8 else { throw SafeTensorsFault(.invalidHeader, "not UTF-8") }
    guard let first = scanner.peek else { throw SafeTensorsFault(.invalidHeader, "empty", at: 8) }
    guard first == UInt8(ascii: "{") else { throw scanner.fault(.invalidHeaderStart) }
    var document = Document()
    try readMembers(depth: 1) { (self, name) throws(SafeTensorsFault) in
      let position = self.scanner.offset
      let node = try self.readNode(depth: 2)
      do throws(SafeTensorsFault) {
        try Self.add(node, named: name, to: &document)
      } catch {
        let fault = SafeTensorsFault(error.kind, error.what, at: position)
        self.firstFault = self.firstFault ?? fault
      }
    }
    while scanner.peek == UInt8(ascii: " ") { scanner.skip() }
    guard scanner.peek == nil else { throw scanner.fault(.invalidHeader, "after the header") }
    if let firstFault { throw firstFault }
    return document
  }

  // Members of an object, duplicates refused; after unescaping, and by their bytes.
  private mutating func readMembers(
    depth: Int,
    _ member: (inout HeaderReader, TensorName) throws(SafeTensorsFault) -> Void
  ) throws(SafeTensorsFault) {
    try scanner.expect("{")
    scanner.skipBlanks()
    guard !scanner.skip("}") else { return }
    var names: Set<TensorName> = []
    repeat {
      scanner.skipBlanks()
      let offset = scanner.offset
      let name = TensorName(try scanner.readString())
      guard names.insert(name).inserted else {
        throw SafeTensorsFault(.duplicateKey, name.text.prefix(64).debugDescription, at: offset)
      }
      scanner.skipBlanks()
      try scanner.expect(":")
      scanner.skipBlanks()
      try member(&self, name)
      scanner.skipBlanks()
    } while scanner.skip(",")
    try scanner.expect("}")
  }

  private mutating func readNode(depth: Int) throws(SafeTensorsFault) -> Node {
    guard depth <= 4 else { throw scanner.fault(.invalidHeader, "nested too deeply") }
    switch scanner.peek {
    case UInt8(ascii: "\""): return .string(try scanner.readString())
    case .some(0x30...0x39): return .integer(try scanner.readInteger())
    case UInt8(ascii: "{"):
      var members: [(TensorName, Node)] = []
      try readMembers(depth: depth) { (self, name) throws(SafeTensorsFault) in
        members.append((name, try self.readNode(depth: depth + 1)))
      }
      return .object(members)
    case UInt8(ascii: "["): return .array(try readElements(depth: depth))
    default:
      try scanner.readWord()
      return .other
    }
  }

  private mutating func readElements(depth: Int) throws(SafeTensorsFault) -> [Node] {
    try scanner.expect("[")
    scanner.skipBlanks()
    guard !scanner.skip("]") else { return [] }
    var elements: [Node] = []
    repeat {
      scanner.skipBlanks()
      elements.append(try readNode(depth: depth + 1))
      scanner.skipBlanks()
    } while scanner.skip(",")
    try scanner.expect("]")
    return elements
  }
}
