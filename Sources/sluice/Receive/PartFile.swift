import Foundation
import SluiceEncoding

/// A file that is being received: appended to, and hashed in the same pass.
struct PartFile {
  private let handle: FileHandle
  private var hasher = SHA256Hasher()
  /// Bytes that are there.
  private(set) var size = 0

  /// Opens or creates the file and hashes what is there already.
  init(at url: URL) throws {
    let path = url.path(percentEncoded: false)
    if !FileManager.default.fileExists(atPath: path) {
      guard FileManager.default.createFile(atPath: path, contents: nil) else {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
    }
    handle = try FileHandle(forUpdating: url)
    while let bytes = try handle.read(upToCount: 1 << 20), !bytes.isEmpty {
      hasher.update(bytes)
      size += bytes.count
    }
  }

  /// Forgets what was there: the server sends the file from its beginning.
  mutating func restart() throws {
    try handle.truncate(atOffset: 0)
    hasher = SHA256Hasher()
    size = 0
  }

  mutating func append(_ bytes: [UInt8]) throws {
    try handle.write(contentsOf: bytes)
    hasher.update(bytes)
    size += bytes.count
  }

  /// Puts the bytes on the disk and answers their digest.
  mutating func finish() throws -> SHA256Digest {
    try handle.synchronize()
    try handle.close()
    return hasher.finalize()
  }
}
