public import SluiceEncoding

/// A file that is kept by its digest, and what it was on disk when it was imported.
///
/// The facts tell a replaced or altered file from the imported one without reading it; whoever
/// opens a blob compares them (serving-and-storage 3.2).
public struct Blob: Hashable, Sendable {
  /// The digest of its content.
  public let sha256: SHA256Digest
  /// Its length in bytes.
  public let size: Int
  /// Its number in the file system.
  public let inode: UInt64
  /// When it was last written, in nanoseconds since 1970.
  public let modified: Int

  /// Puts together what was recorded.
  public init(sha256: SHA256Digest, size: Int, inode: UInt64, modified: Int) {
    self.sha256 = sha256
    self.size = size
    self.inode = inode
    self.modified = modified
  }

  init(sha256: SHA256Digest, _ facts: OpenFile.Facts) {
    self.init(sha256: sha256, size: facts.size, inode: facts.inode, modified: facts.modified)
  }
}

/// Why a blob was not imported or is not served.
public enum BlobFault: Error, Hashable, Sendable {
  /// The system refused; the number is its `errno`.
  case system(Int32, path: String)
  /// A symbolic link, a directory or a device.
  case notAFile(path: String)
  /// The disk is full, or would be; nothing of the file was kept.
  case noSpace(path: String, needed: Int, free: Int)
  /// The file was written to while it was read.
  case changed(path: String)
  /// The content has another digest than it was said to have.
  case wrongContent(path: String, expected: SHA256Digest, found: SHA256Digest)
  /// There is no such blob.
  case missing(SHA256Digest)
  /// The file of a blob is no longer the one that was imported.
  case replaced(SHA256Digest)
  /// Somebody else is importing into the same home.
  case busy(path: String)
}

extension BlobFault: CustomStringConvertible {
  /// One sentence, and what to do.
  public var description: String {
    switch self {
    case .system(let number, let path): "\(path): \(OpenFile.words(for: number))"
    case .notAFile(let path): "\(path) is not a regular file; copy the file itself to its place"
    case .noSpace(let path, let needed, let free):
      "\(path) needs \(needed) bytes and the disk of the home has \(free) left; make room there,"
        + " or move the files instead of copying them"
    case .changed(let path):
      "\(path) was written to while it was read; try again when it is at rest"
    case .wrongContent(let path, let expected, let found):
      "\(path) has the SHA-256 \(found) and not \(expected)"
    case .missing(let digest): "blob \(digest) is missing; restore it from a copy of blobs/"
    case .replaced(let digest):
      "the file of blob \(digest) was replaced or written to since it was imported;"
        + " sluice audit verify takes it with --accept-restored if its content is right;"
        + " if that is wrong, restore it from a copy of blobs/"
    case .busy(let path): "another import holds \(path); try again when it has ended"
    }
  }
}
