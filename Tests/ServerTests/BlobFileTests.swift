import Foundation
import NIOCore
import SluiceServer
import Testing

@Suite("A blob file")
struct BlobFileTests {
  @Test func `is the file that was recorded`() throws {
    let scratch = try Scratch(of: 100)
    let identity = try BlobFile(at: scratch.path).identity
    #expect(identity.size == 100)
    #expect(try BlobFile(at: scratch.path, recorded: identity).isUnchanged)
  }

  @Test func `is refused when another stands in its place`() throws {
    let scratch = try Scratch(of: 100)
    let recorded = try BlobFile(at: scratch.path).identity
    try scratch.replace(withSize: 100)
    #expect {
      try BlobFile(at: scratch.path, recorded: recorded)
    } throws: { error in
      guard case .replaced(scratch.path, recorded, let found) = error as? BlobFile.Fault else {
        return false
      }
      return found.inode != recorded.inode && found.size == recorded.size
    }
  }

  @Test func `notices when it is written to, or cut`() throws {
    let scratch = try Scratch(of: 100)
    let written = try BlobFile(at: scratch.path)
    try scratch.setModified(secondsAgo: 1_000)
    #expect(!written.isUnchanged)
    let cut = try BlobFile(at: scratch.path)
    try scratch.truncate(to: 99)
    #expect(!cut.isUnchanged)
  }

  @Test func `is never reached through a link`() throws {
    let scratch = try Scratch(of: 100)
    let link = scratch.path + ".link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: scratch.path)
    defer { try? FileManager.default.removeItem(atPath: link) }
    #expect(throws: BlobFile.Fault.system(ELOOP, path: link)) { try BlobFile(at: link) }
  }

  @Test func `is a file, and exists`() {
    #expect(throws: BlobFile.Fault.notAFile(path: "/dev/null")) { try BlobFile(at: "/dev/null") }
    #expect(throws: BlobFile.Fault.notAFile(path: "/")) { try BlobFile(at: "/") }
    #expect(throws: BlobFile.Fault.system(ENOENT, path: "/none")) { try BlobFile(at: "/none") }
  }

  @Test func `gives the bytes of a range, and fewer at its end`() throws {
    let scratch = try Scratch(of: 100)
    let file = try BlobFile(at: scratch.path)
    var buffer = ByteBuffer()
    #expect(file.read(10..<20, into: &buffer) == 10)
    #expect(Array(buffer.readableBytesView) == scratch.bytes(10..<20))
    buffer.clear()
    #expect(file.read(90..<110, into: &buffer) == 10)
    #expect(Array(buffer.readableBytesView) == scratch.bytes(90..<100))
    #expect(file.read(100..<110, into: &buffer) == 0)
  }
}
