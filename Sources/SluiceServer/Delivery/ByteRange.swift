/// What a `Range` header asks of a file, as far as this server answers it.
///
/// A header that is not understood is as good as none, as RFC 9110 section 14.2 wants it: the answer
/// is then the whole file, never an error. Several ranges are answered when they merge into one; two
/// that stay apart are answered with the whole file, which the same section allows.
package enum ByteRange: Hashable, Sendable {
  /// 200: no range, or none that is answered.
  case whole
  /// 206: these bytes; never empty, and within the file.
  case partial(Range<Int>)
  /// 416: well formed, but nothing of it lies in the file.
  case unsatisfiable

  /// Reads the value of a `Range` header about a file of `size` bytes.
  ///
  /// Numbers of up to 20 digits are read and clamped to the file; a longer one, another unit, a last
  /// position before the first or anything that is not a digit makes the header count as absent.
  package init(_ header: String?, of size: Int) {
    guard let header, let asked = Self.specifications(header) else {
      self = .whole
      return
    }
    if size == 0, asked.contains(where: \.isSuffix) {
      self = .whole
      return
    }
    let found = asked.compactMap { $0.range(in: size) }.sorted { $0.lowerBound < $1.lowerBound }
    guard var merged = found.first else {
      self = .unsatisfiable
      return
    }
    for range in found.dropFirst() {
      guard range.lowerBound <= merged.upperBound else {
        self = .whole
        return
      }
      merged = merged.lowerBound..<max(merged.upperBound, range.upperBound)
    }
    self = .partial(merged)
  }

  /// The value of `Content-Range` for a file of `size` bytes; `nil` for the whole of it.
  package func contentRange(of size: Int) -> String? {
    switch self {
    case .whole: nil
    case .partial(let range): "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
    case .unsatisfiable: "bytes */\(size)"
    }
  }

  // The parts of a well-formed header; `nil` if it is not one of bytes, or not well formed.
  private static func specifications(_ header: String) -> [Specification]? {
    let halves = header.utf8.split(
      separator: UInt8(ascii: "="),
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    guard halves.count == 2, halves[0].map({ $0 | 0x20 }) == Array("bytes".utf8) else { return nil }
    var found: [Specification] = []
    for part in halves[1].split(separator: UInt8(ascii: ",")) {
      let text = part.trimmingBlanks
      guard !text.isEmpty else { continue }
      guard let specification = Specification(text) else { return nil }
      found.append(specification)
    }
    return found.isEmpty ? nil : found
  }
}

private enum Specification {
  case from(Int, through: Int?)
  case last(Int)

  var isSuffix: Bool {
    if case .last(let count) = self { return count > 0 }
    return false
  }

  init?(_ text: Substring.UTF8View) {
    let ends = text.split(
      separator: UInt8(ascii: "-"),
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    guard ends.count == 2 else { return nil }
    if ends[0].isEmpty {
      guard let count = Self.number(ends[1]) else { return nil }
      self = .last(count)
      return
    }
    guard let first = Self.number(ends[0]) else { return nil }
    if ends[1].isEmpty {
      self = .from(first, through: nil)
      return
    }
    guard let last = Self.number(ends[1]), first <= last else { return nil }
    self = .from(first, through: last)
  }

  func range(in size: Int) -> Range<Int>? {
    switch self {
    case .from(let first, let last):
      guard first < size else { return nil }
      return first..<(min(last ?? size, size - 1) + 1)
    case .last(let count):
      guard count > 0, size > 0 else { return nil }
      return max(0, size - count)..<size
    }
  }

  // Saturates: what does not fit is beyond the end of every file.
  private static func number(_ digits: Substring.UTF8View) -> Int? {
    guard (1...20).contains(digits.count) else { return nil }
    guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return Int(String(Substring(digits))) ?? .max
  }
}
