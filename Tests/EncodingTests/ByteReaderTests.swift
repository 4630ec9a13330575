import SluiceEncoding
import Testing

@Suite("A byte reader")
struct ByteReaderTests {
  let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0xFF, 0x80]

  @Test func `reads big-endian numbers and bytes in order`() throws {
    var reader = ByteReader(bytes, format: "test")
    #expect(try reader.readUInt8() == 0x01)
    #expect(try reader.readUInt16() == 0x0203)
    #expect(try reader.readUInt32() == 0x0405_0607)
    #expect(try reader.readUInt32() == 0x0809_0A0B)
    #expect(try reader.readUInt32() == 0x0C0D_0E0F)
    #expect(reader.offset == 15 && reader.remaining == 2 && !reader.isAtEnd)
    #expect(try reader.readBytes(2) == [0xFF, 0x80])
    #expect(reader.isAtEnd)
    try reader.finish()
  }

  @Test(arguments: [18, Int.max, -1, Int.min])
  func `does not read past the end, whatever the count`(count: Int) throws {
    var reader = ByteReader(bytes, format: "test")
    #expect(throws: Malformed("test", "cut short", at: 0)) { try reader.readBytes(count) }
    #expect(try reader.readUInt8() == 1)
  }

  @Test func `stays where it was when a number is cut short`() throws {
    var reader = ByteReader([1, 2, 3], format: "test")
    #expect(throws: Malformed("test", "cut short", at: 0)) { try reader.readUInt32() }
    #expect(try reader.readUInt16() == 0x0102)
    #expect(throws: Malformed("test", "cut short", at: 2)) { try reader.readUInt16() }
    #expect(throws: Malformed("test", "bytes after the end", at: 2)) { try reader.finish() }
    #expect(try reader.readUInt8() == 3)
    #expect(throws: Malformed("test", "cut short", at: 3)) { try reader.readUInt8() }
  }
}
