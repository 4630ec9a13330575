internal import Foundation
internal import Glibc
public import SluiceEncoding

/// Hashes files as they stream by.
public enum FileHash {
  /// What one pass over a file found.
  public struct Result: Hashable, Sendable {
    /// The SHA-256 of its bytes.
    public let digest: SHA256Digest
    /// How many they were.
    public let size: Int
  }

  private static let pieceSize = 1 << 20

  /// Reads the file at `path` once, in pieces of 1 MiB.
  ///
  /// - Parameters:
  ///   - path: A regular file; a pipe is refused rather than waited for.
  ///   - progress: Called after each piece with the bytes read so far.
  /// - Returns: Digest and size of the bytes that were read.
  /// - Throws: `POSIXError`, or `CancellationError` between two pieces of a cancelled task.
  public static func sha256(
    of path: String,
    progress: (Int) throws -> Void = { _ in }
  ) throws -> Result {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw POSIXError(.EINVAL)
    }
    posix_fadvise(descriptor, 0, 0, Int32(POSIX_FADV_SEQUENTIAL))
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 64)
    defer { piece.deallocate() }
    var hasher = SHA256Hasher()
    var size = 0
    while true {
      try Task.checkCancellation()
      let count = read(descriptor, piece.baseAddress, pieceSize)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
      guard count > 0 else { break }
      hasher.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      size += count
      try progress(size)
    }
    return Result(digest: hasher.finalize(), size: size)
  }
}
