public import SluiceEncoding

/// The two contents that a log serves in pieces of 256.
///
/// C2SP tlog-tiles; signing-and-log 6.5.
public enum Tile: Hashable, Sendable {
  /// Hashes of neighbouring subtrees of 256^level leaves.
  case hashes([SHA256Digest])
  /// Neighbouring entries.
  case entries([SealedEntry])

  /// How many hashes or entries a full tile has.
  public static let width = 256

  /// What is served: hashes one after the other, or each entry behind its length in two bytes.
  public var bytes: [UInt8] {
    switch self {
    case .hashes(let hashes):
      hashes.flatMap(\.bytes)
    case .entries(let entries):
      entries.flatMap { [UInt8($0.bytes.count >> 8), UInt8($0.bytes.count & 0xff)] + $0.bytes }
    }
  }

  /// Reads a tile of hashes.
  ///
  /// - Throws: `Malformed` unless there are 1 to 256 whole hashes.
  public init(hashes bytes: [UInt8]) throws(Malformed) {
    guard bytes.count.isMultiple(of: 32), (1...Self.width).contains(bytes.count / 32) else {
      throw Malformed("log tile", "must have 1 to \(Self.width) hashes of 32 bytes")
    }
    var hashes: [SHA256Digest] = []
    for start in stride(from: 0, to: bytes.count, by: 32) {
      hashes.append(try SHA256Digest(bytes: Array(bytes[start..<start + 32])))
    }
    self = .hashes(hashes)
  }

  /// Reads a tile of entries.
  ///
  /// - Throws: `Malformed` unless there are 1 to 256 whole entries.
  public init(entries bytes: [UInt8]) throws(Malformed) {
    var reader = ByteReader(bytes, format: "log tile")
    var entries: [SealedEntry] = []
    while !reader.isAtEnd {
      let length = Int(try reader.readUInt16())
      entries.append(try SealedEntry(bytes: try reader.readBytes(length)))
    }
    guard (1...Self.width).contains(entries.count) else {
      throw Malformed("log tile", "must have 1 to \(Self.width) entries")
    }
    self = .entries(entries)
  }
}
