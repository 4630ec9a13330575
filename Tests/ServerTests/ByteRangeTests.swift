import SluiceServer
import Testing

@Suite("A byte range")
struct ByteRangeTests {
  typealias Vector = (header: String, size: Int, answer: ByteRange)

  /// The table of serving-and-storage 4.3, and the edges of each of its lines.
  static let vectors: [Vector] = [
    ("bytes=0-99", 4_096, .partial(0..<100)),
    ("bytes=0-0", 4_096, .partial(0..<1)),
    ("BYTES=10-19", 4_096, .partial(10..<20)),
    ("bytes=4000-9999", 4_096, .partial(4_000..<4_096)),
    ("bytes=4095-", 4_096, .partial(4_095..<4_096)),
    ("bytes=100-", 4_096, .partial(100..<4_096)),
    ("bytes=-500", 4_096, .partial(3_596..<4_096)),
    ("bytes=-4096", 4_096, .partial(0..<4_096)),
    ("bytes=-9999", 4_096, .partial(0..<4_096)),
    ("bytes=52428800-60000000", 60_000_000, .partial(52_428_800..<60_000_000)),
    ("bytes=0-99999999999999999999", 4_096, .partial(0..<4_096)),
    ("bytes=4096-", 4_096, .unsatisfiable),
    ("bytes=4096-5000", 4_096, .unsatisfiable),
    ("bytes=99999999999999999999-", 4_096, .unsatisfiable),
    ("bytes=-0", 4_096, .unsatisfiable),
    ("bytes=-0,5000-", 4_096, .unsatisfiable),
    ("bytes=0-", 0, .unsatisfiable),
    ("bytes=-0", 0, .unsatisfiable),
    ("bytes=-5", 0, .whole),
    ("bytes=5-4", 4_096, .whole),
    ("bytes=-", 4_096, .whole),
    ("bytes=", 4_096, .whole),
    ("bytes=,", 4_096, .whole),
    ("bytes", 4_096, .whole),
    ("", 4_096, .whole),
    ("bytes=a-b", 4_096, .whole),
    ("bytes=1-2x", 4_096, .whole),
    ("bytes=+1-2", 4_096, .whole),
    ("bytes=1 -2", 4_096, .whole),
    ("bytes=1-2-3", 4_096, .whole),
    ("bytes=0x1-0x2", 4_096, .whole),
    ("bytes=\u{664}-\u{665}", 4_096, .whole),
    ("bytes=000000000000000000001-2", 4_096, .whole),
    ("seconds=0-1", 4_096, .whole),
    (" bytes=0-1", 4_096, .whole),
    ("bytes=0-9,10-19", 4_096, .partial(0..<20)),
    ("bytes=10-19 ,\t0-12", 4_096, .partial(0..<20)),
    ("bytes=,0-9,,", 4_096, .partial(0..<10)),
    ("bytes=0-9,9000-", 4_096, .partial(0..<10)),
    ("bytes=0-9,11-19", 4_096, .whole),
    ("bytes=0-9,10-x", 4_096, .whole),
  ]

  @Test(arguments: vectors)
  func `is read as the table says`(vector: Vector) {
    #expect(ByteRange(vector.header, of: vector.size) == vector.answer)
  }

  @Test func `is the whole file without a header`() {
    #expect(ByteRange(nil, of: 10) == .whole)
  }

  @Test func `holds the very bytes that a set of positions holds`() {
    for size in 0...4 {
      let specifications = Self.specifications(upTo: size + 1)
      for (one, two) in specifications.flatMap({ one in specifications.map { (one, $0) } }) {
        let header = "bytes=\(one.text),\(two.text)"
        #expect(
          ByteRange(header, of: size) == Self.expected([one, two], size),
          "\(header) \(size)"
        )
      }
    }
  }

  @Test func `is written into Content-Range`() {
    #expect(ByteRange.partial(3..<10).contentRange(of: 20) == "bytes 3-9/20")
    #expect(ByteRange.unsatisfiable.contentRange(of: 20) == "bytes */20")
    #expect(ByteRange.whole.contentRange(of: 20) == nil)
  }

  private typealias Specification = (text: String, first: Int?, last: Int?)

  private static func specifications(upTo limit: Int) -> [Specification] {
    var all: [Specification] = []
    for first in 0...limit {
      all.append(("\(first)-", first, nil))
      all.append(("-\(first)", nil, first))
      for last in first...limit { all.append(("\(first)-\(last)", first, last)) }
    }
    return all
  }

  // The same rule by another way: which positions are asked for, and whether they lie together.
  private static func expected(_ asked: [Specification], _ size: Int) -> ByteRange {
    if size == 0, asked.contains(where: { $0.first == nil && $0.last ?? 0 > 0 }) { return .whole }
    var positions: Set<Int> = []
    for (_, first, last) in asked {
      for position in 0..<size {
        let isIn =
          if let first { position >= first && position <= last ?? .max } else {
            position >= size - (last ?? 0)
          }
        if isIn { positions.insert(position) }
      }
    }
    guard let first = positions.min(), let last = positions.max() else { return .unsatisfiable }
    return positions.count == last - first + 1 ? .partial(first..<last + 1) : .whole
  }
}
