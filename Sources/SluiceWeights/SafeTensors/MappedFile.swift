internal import Foundation
internal import Glibc

/// A regular file, read through the page cache and never written.
///
/// Opening costs nothing however large the file is. Whoever shortens the file while it is open ends
/// the process. So `bind` maps what it has imported; `verify` maps one's own files, and `quickstart`
/// as well, while there is nothing yet that an end could leave half done.
public struct MappedFile: Sendable {
  private let data: Data

  /// Maps the file at `path`, following a symbolic link.
  ///
  /// - Throws: `POSIXError`; `EINVAL` for what is not a regular file, so that a pipe cannot hang it.
  public init(path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw POSIXError(.EINVAL) }
    data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
  }

  /// Bytes in the file.
  public var count: Int { data.count }

  /// Calls `body` with all bytes; the buffer must not be kept.
  public func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try data.withUnsafeBytes(body)
  }

  /// The bytes of `range`, copied.
  public func bytes(in range: Range<Int>) -> [UInt8] {
    data.withUnsafeBytes { [UInt8]($0[range.clamped(to: 0..<$0.count)]) }
  }
}
