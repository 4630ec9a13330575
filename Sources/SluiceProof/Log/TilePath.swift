public import SluiceEncoding

/// The address of a tile below the log's prefix, such as `tile/0/x001/x234/067.p/3`.
///
/// C2SP tlog-tiles; signing-and-log 6.5.
public struct TilePath: Hashable, Sendable, CustomStringConvertible {
  /// What the tile holds.
  public enum Content: Hashable, Sendable {
    /// Hashes of subtrees of 256^level leaves, level 0 to 63.
    case hashes(level: Int)
    /// The entries themselves.
    case entries
  }

  /// What the tile holds.
  public let content: Content
  /// Which tile of its kind, from 0.
  public let index: Int
  /// How many hashes or entries are asked for: 1 to 256, less if the tile is partial.
  public let width: Int

  /// Names a tile; a level outside 0 to 63, a negative index and a width outside 1 to 256 are
  /// mistakes of the caller.
  public init(_ content: Content, index: Int, width: Int = Tile.width) {
    if case .hashes(let level) = content {
      precondition((0...63).contains(level), "a tile of a level that does not exist")
    }
    precondition(index >= 0 && (1...Tile.width).contains(width), "a tile that cannot exist")
    self.content = content
    self.index = index
    self.width = width
  }

  /// Reads a path without a leading slash; what was read is printed and compared.
  ///
  /// - Throws: `Malformed` for every spelling but the one that `description` writes.
  public init(_ text: String) throws(Malformed) {
    let fault = Malformed(
      "tile path",
      "must be tile/LEVEL/INDEX or tile/entries/INDEX, or .p/WIDTH"
    )
    // No index of 64 bits has more than 7 groups of digits.
    var parts = text.utf8.prefix(64).split(separator: 0x2f, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard parts.count >= 3 else { throw fault }

    width = try Self.takeWidth(from: &parts, or: fault)
    if parts[1].utf8.elementsEqual("entries".utf8) {
      content = .entries
    } else {
      guard let level = Int(parts[1]), (0...63).contains(level) else { throw fault }
      content = .hashes(level: level)
    }
    let digits = parts.dropFirst(2).flatMap(\.utf8).filter { $0 != UInt8(ascii: "x") }
    guard
      let index = Int(String(decoding: digits, as: UTF8.self)),
      index >= 0
    else { throw fault }
    self.index = index
    guard description.utf8.elementsEqual(text.utf8) else { throw fault }
  }

  /// The path without a leading slash.
  public var description: String {
    let kind =
      switch content {
      case .hashes(let level): "\(level)"
      case .entries: "entries"
      }
    var (rest, groups) = (index / 1_000, [Self.digits(index % 1_000)])
    while rest > 0 {
      groups.insert("x" + Self.digits(rest % 1_000), at: 0)
      rest /= 1_000
    }
    let partial = width < Tile.width ? ".p/\(width)" : ""
    return "tile/\(kind)/\(groups.joined(separator: "/"))\(partial)"
  }

  /// The positions that the tile covers on its level, of hashes or of entries.
  ///
  /// - Returns: `nil` if a log of `size` entries does not have all of them, or the index is beyond
  ///   what any log has.
  public func positions(inLogOf size: Int) -> Range<Int>? {
    let level =
      switch content {
      case .hashes(let level): level
      case .entries: 0
      }
    let (first, overflow) = index.multipliedReportingOverflow(by: Tile.width)
    let available = level < 8 ? size >> (8 * level) : 0
    guard !overflow, first <= available, width <= available - first else { return nil }
    return first..<first + width
  }

  private static func digits(_ number: Int) -> String {
    String(String(1_000 + number).dropFirst())
  }

  private static func takeWidth(
    from parts: inout [String],
    or fault: Malformed
  ) throws(Malformed) -> Int {
    let stem = parts[parts.count - 2]
    guard stem.utf8.suffix(2).elementsEqual(".p".utf8) else { return Tile.width }
    guard
      let width = Int(parts.removeLast()),
      (1..<Tile.width).contains(width)
    else { throw fault }
    parts[parts.count - 1] = String(Substring(stem.utf8.dropLast(2)))
    return width
  }
}
