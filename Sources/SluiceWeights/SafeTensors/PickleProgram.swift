/// Walks the instructions of a pickle without carrying any of them out.
///
/// Protocols 0 and 1 have no first mark. A file is taken for one of them if every byte up to the
/// first `STOP` belongs to an instruction, and something is imported and then called: text and
/// weights do not pass that by chance, and a pickle that calls nothing can do no harm.
/// Source: the opcodes of CPython's `pickletools`.
enum PickleProgram {
  /// What follows an instruction.
  enum Operand {
    case none
    case bytes(Int)
    case lines(Int)
    /// As many bytes as a little-endian number of this many bytes says.
    case counted(Int)
  }

  private static let stop = UInt8(ascii: ".")

  private static let mark = UInt8(ascii: "(")

  // INST imports and calls at once, but only what follows a MARK.
  private static let instance = UInt8(ascii: "i")

  // GLOBAL, STACK_GLOBAL and the three of the extension registry.
  private static let importing: Set<UInt8> = [UInt8(ascii: "c"), 0x93, 0x82, 0x83, 0x84]

  // REDUCE, OBJ, BUILD, NEWOBJ, NEWOBJ_EX.
  private static let calling: Set<UInt8> = [
    UInt8(ascii: "R"), UInt8(ascii: "o"), UInt8(ascii: "b"), 0x81, 0x92,
  ]

  /// What follows each instruction; every other byte is none.
  static let operands: [UInt8: Operand] = {
    var operands: [UInt8: Operand] = [:]
    for code in "(.012QRabdelo]}tu)sN".utf8 { operands[code] = Operand.none }
    for code in "FILVSPgp".utf8 { operands[code] = .lines(1) }
    for code in "ci".utf8 { operands[code] = .lines(2) }
    for code in "Khq".utf8 { operands[code] = .bytes(1) }
    operands[UInt8(ascii: "M")] = .bytes(2)
    for code in "Jjr".utf8 { operands[code] = .bytes(4) }
    operands[UInt8(ascii: "G")] = .bytes(8)
    for code in "UC".utf8 { operands[code] = .counted(1) }
    for code in "TXB".utf8 { operands[code] = .counted(4) }
    for code in UInt8(0x81)...0x98 { operands[code] = Operand.none }
    operands[0x80] = .bytes(1)
    (operands[0x82], operands[0x83], operands[0x84]) = (.bytes(1), .bytes(2), .bytes(4))
    (operands[0x8a], operands[0x8b], operands[0x8c]) = (.counted(1), .counted(4), .counted(1))
    (operands[0x8d], operands[0x8e], operands[0x96]) = (.counted(8), .counted(8), .counted(8))
    operands[0x95] = .bytes(8)
    return operands
  }()

  /// Whether `bytes` begin with a program that imports something and calls it.
  static func isProgram(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    var (marks, imports, calls) = (false, false, false)
    while position < bytes.count {
      let code = bytes[position]
      position += 1
      if code == stop { return calls }
      guard let operand = operands[code] else { return false }
      marks = marks || code == mark
      imports = imports || importing.contains(code)
      calls = calls || imports && calling.contains(code) || marks && code == instance
      guard skip(operand, in: bytes, &position) else { return false }
    }
    return false
  }

  private static func skip(
    _ operand: Operand,
    in bytes: UnsafeRawBufferPointer,
    _ position: inout Int
  ) -> Bool {
    switch operand {
    case .none: return true
    case .bytes(let count): position += count
    case .lines(let count):
      for _ in 0..<count {
        guard let end = bytes[position...].firstIndex(of: 0x0a) else { return false }
        position = end + 1
      }
    case .counted(let width):
      guard position + width <= bytes.count else { return false }
      let length = bytes[position..<position + width].reversed().reduce(UInt64(0)) {
        $0 << 8 | UInt64($1)
      }
      guard length <= UInt64(bytes.count) else { return false }
      position += width + Int(length)
    }
    return position <= bytes.count
  }
}
