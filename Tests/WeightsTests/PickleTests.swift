import Foundation
import SluiceEncoding
import SluiceWeights
import Testing

@Suite("A pickle")
struct PickleTests {
  /// `pickle.dumps(collections.OrderedDict(a=1), protocol)`, CPython 3.11.
  static let dumps = [
    "Y2NvbGxlY3Rpb25zCk9yZGVyZWREaWN0CnAwCih0UnAxClZhCnAyCkkxCnMu",
    "Y2NvbGxlY3Rpb25zCk9yZGVyZWREaWN0CnEAKVJxAVgBAAAAYXECSwFzLg==",
    "gAJjY29sbGVjdGlvbnMKT3JkZXJlZERpY3QKcQApUnEBWAEAAABhcQJLAXMu",
    "gANjY29sbGVjdGlvbnMKT3JkZXJlZERpY3QKcQApUnEBWAEAAABhcQJLAXMu",
    "gASVKQAAAAAAAACMC2NvbGxlY3Rpb25zlIwLT3JkZXJlZERpY3SUk5QpUpSMAWGUSwFzLg==",
    "gAWVKQAAAAAAAACMC2NvbGxlY3Rpb25zlIwLT3JkZXJlZERpY3SUk5QpUpSMAWGUSwFzLg==",
  ]

  @Test(arguments: dumps)
  func `is recognised in every protocol`(text: String) throws {
    #expect(isPickle(try Base64.decode(text)))
  }

  @Test func `is recognised by an instance that calls while it imports`() {
    #expect(isPickle(Array("(S'id'\nios\nsystem\n.".utf8)))
  }

  @Test(arguments: [
    "", "N.", "I1\n.", "# Model card\n", "config\nfoo\n.hidden\n", "class A:\n  pass\n",
    "import torch\nimport os\n.", "(not a pickle)\n", "{\"a\": 1}",
  ])
  func `is not seen in a text`(text: String) {
    #expect(!isPickle(Array(text.utf8)))
  }

  @Test func `is found in an archive by its name or its content`() throws {
    let pickle = try Base64.decode(Self.dumps[2])
    #expect(isPickle(ZipFile([("archive/data.pkl", [1, 2, 3])]).bytes))
    #expect(isPickle(ZipFile([("a.txt", [0x61]), ("archive/WEIGHTS.PKL", [])]).bytes))
    #expect(isPickle(ZipFile([("innocent.txt", pickle)]).bytes))
    #expect(isPickle(ZipFile([("inner", ZipFile([("x/data.pkl", [0])]).bytes)]).bytes))
  }

  @Test func `is not seen in another archive`() {
    #expect(!isPickle(ZipFile([("word/document.xml", Array("<w/>".utf8)), ("a", [])]).bytes))
    #expect(!isPickle([0x50, 0x4b, 0x03, 0x04]))
  }

  @Test func `is found when only one of an archive's two lists names it`() {
    let file = ZipFile([("a.txt", [0x61]), ("archive/data.pkl", [1])])
    #expect(isPickle(file.entries))
    var hidden = file.bytes
    for (place, byte) in "xxxxxxxxxxxxxxxx".utf8.enumerated() {
      hidden[file.nameInSecondEntry + place] = byte
    }
    #expect(isPickle(hidden))
  }

  @Test func `does not stop a reader of broken archives`() {
    let bytes = ZipFile([("a.txt", [0x61, 0x62]), ("archive/data.bin", [1])]).bytes
    for place in bytes.indices {
      for value in [UInt8(0), 0x7f, 0xff] {
        var changed = bytes
        changed[place] = value
        _ = isPickle(changed)
      }
      _ = isPickle(Array(bytes[..<place]))
    }
  }

  private func isPickle(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { Pickle.isPickle($0) } }
}

/// An archive of stored files, as `zip -0` makes them.
struct ZipFile {
  var entries: [UInt8] = []
  var nameInSecondEntry = 0
  private var directory: [UInt8] = []
  private var count = 0

  init(_ files: [(name: String, content: [UInt8])]) {
    for (name, content) in files {
      let start = entries.count
      let sizes = number(content.count, 4) + number(content.count, 4) + number(name.utf8.count, 2)
      let common = number(20, 2) + number(0, 12) + sizes + number(0, 2)
      entries += number(0x0403_4b50, 4) + common
      if count == 1 { nameInSecondEntry = entries.count }
      entries += Array(name.utf8) + content
      directory += number(0x0201_4b50, 4) + number(20, 2) + common + number(0, 10)
      directory += number(start, 4) + Array(name.utf8)
      count += 1
    }
  }

  var bytes: [UInt8] {
    entries + directory + number(0x0605_4b50, 4) + number(0, 4) + number(count, 2)
      + number(count, 2) + number(directory.count, 4) + number(entries.count, 4) + number(0, 2)
  }

  private func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
