/// The list of what a zip archive holds, as far as recognising a pickle in it needs.
///
/// The directory at the end and the entries from the start are both read, because readers differ in
/// which of them they believe. Source: PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.5.3.
enum Zip {
  /// A file in the archive.
  struct Member {
    /// Its name, in lower case; bytes that are not UTF-8 are replaced.
    let name: String
    /// Where its bytes lie; `nil` where they are compressed, encrypted or out of bounds.
    let stored: Range<Int>?
  }

  /// Whether these bytes begin as an archive with at least one file in it.
  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 4 && bytes[..<4].elementsEqual([0x50, 0x4b, 0x03, 0x04])
  }

  /// Everything that either list names.
  static func members(of bytes: UnsafeRawBufferPointer) -> [Member] {
    directory(of: bytes).map { $0.member(at: $0.start, in: bytes) } + sequence(of: bytes)
  }

  private struct Entry {
    let name: String
    let method: Int
    let flags: Int
    let size: Int
    let start: Int

    // The local entry says how long its own name and extra field are.
    func member(at start: Int, in bytes: UnsafeRawBufferPointer) -> Member {
      guard method == 0, flags & 1 == 0, start >= 0, start <= bytes.count - 30 else {
        return Member(name: name, stored: nil)
      }
      let begin = start + 30 + bytes.number(at: start + 26, 2) + bytes.number(at: start + 28, 2)
      guard size >= 0, begin <= bytes.count, size <= bytes.count - begin else {
        return Member(name: name, stored: nil)
      }
      return Member(name: name, stored: begin..<begin + size)
    }
  }

  // The entries one after another, as long as each says where the next begins.
  private static func sequence(of bytes: UnsafeRawBufferPointer) -> [Member] {
    var members: [Member] = []
    var position = 0
    while position <= bytes.count - 30, bytes.number(at: position, 4) == 0x0403_4b50 {
      let nameLength = bytes.number(at: position + 26, 2)
      let begin = position + 30 + nameLength + bytes.number(at: position + 28, 2)
      guard begin <= bytes.count else { break }
      let entry = Entry(
        name: bytes.name(at: position + 30, nameLength),
        method: bytes.number(at: position + 8, 2),
        flags: bytes.number(at: position + 6, 2),
        size: bytes.number(at: position + 18, 4),
        start: position
      )
      members.append(entry.member(at: position, in: bytes))
      let isSized = entry.flags & 8 == 0 && entry.size != 0xffff_ffff
      guard isSized, entry.size <= bytes.count - begin else { break }
      position = begin + entry.size
    }
    return members
  }

  private static func directory(of bytes: UnsafeRawBufferPointer) -> [Entry] {
    guard var (position, end) = directoryBounds(of: bytes) else { return [] }
    end = min(end, bytes.count)
    var entries: [Entry] = []
    while position <= end - 46, bytes.number(at: position, 4) == 0x0201_4b50 {
      let lengths = [28, 30, 32].map { bytes.number(at: position + $0, 2) }
      guard position + 46 + lengths.reduce(0, +) <= end else { break }
      var size = bytes.number(at: position + 20, 4)
      var start = bytes.number(at: position + 42, 4)
      let extra = position + 46 + lengths[0]
      let wide = bytes.wideNumbers(in: extra..<extra + lengths[1])
      var next = bytes.number(at: position + 24, 4) == 0xffff_ffff ? 1 : 0
      if size == 0xffff_ffff, next < wide.count {
        size = wide[next]
        next += 1
      }
      if start == 0xffff_ffff, next < wide.count { start = wide[next] }
      entries.append(
        Entry(
          name: bytes.name(at: position + 46, lengths[0]),
          method: bytes.number(at: position + 10, 2),
          flags: bytes.number(at: position + 8, 2),
          size: size,
          start: start
        )
      )
      position = extra + lengths[1] + lengths[2]
    }
    return entries
  }

  // The end record lies in the last 65 557 bytes; in a large archive one before it says where.
  private static func directoryBounds(of bytes: UnsafeRawBufferPointer) -> (Int, Int)? {
    guard bytes.count >= 22 else { return nil }
    let earliest = max(0, bytes.count - 65_557)
    for position in stride(from: bytes.count - 22, through: earliest, by: -1)
    where bytes.number(at: position, 4) == 0x0605_4b50 {
      var (size, start) = (bytes.number(at: position + 12, 4), bytes.number(at: position + 16, 4))
      if position >= 20, bytes.number(at: position - 20, 4) == 0x0706_4b50 {
        let wide = bytes.number(at: position - 12, 8)
        guard wide >= 0, wide <= bytes.count - 56 else { return nil }
        (size, start) = (bytes.number(at: wide + 40, 8), bytes.number(at: wide + 48, 8))
      }
      let (end, overflow) = start.addingReportingOverflow(size)
      guard start >= 0, size >= 0, !overflow else { return nil }
      return (start, end)
    }
    return nil
  }
}

extension UnsafeRawBufferPointer {
  // Callers have checked that the bytes are there; a number beyond `Int` comes out negative.
  fileprivate func number(at position: Int, _ width: Int) -> Int {
    Int(
      truncatingIfNeeded: self[position..<position + width].reversed().reduce(UInt64(0)) {
        $0 << 8 | UInt64($1)
      }
    )
  }

  fileprivate func name(at position: Int, _ length: Int) -> String {
    let end = Swift.min(position + length, count)
    return String(decoding: self[position..<end], as: UTF8.self).lowercased()
  }

  // The 64-bit numbers of the extra field with the identifier 1.
  fileprivate func wideNumbers(in extra: Range<Int>) -> [Int] {
    var position = extra.lowerBound
    while position + 4 <= extra.upperBound {
      let length = number(at: position + 2, 2)
      let end = Swift.min(position + 4 + length, extra.upperBound)
      if number(at: position, 2) == 1 {
        return stride(from: position + 4, through: end - 8, by: 8).map { number(at: $0, 8) }
      }
      position += 4 + length
    }
    return []
  }
}
