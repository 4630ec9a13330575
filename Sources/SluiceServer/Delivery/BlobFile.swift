internal import Foundation
package import NIOCore

/// A file open for one transfer.
///
/// Weights that were replaced in silence are the one thing that must never be served, so what the
/// file was at opening, and what the ledger recorded of it, is compared again before each window.
///
/// One transfer at a time may use it: NIO refuses a second use of the same handle.
package final class BlobFile: Sendable {
  /// What tells one state of a file from another without reading it.
  package struct Identity: Hashable, Sendable {
    /// Its length in bytes.
    package let size: Int
    /// Its number in the file system.
    package let inode: UInt64
    /// When it was last written, in nanoseconds since 1970.
    package let modified: Int

    /// Puts together what was recorded of a file.
    package init(size: Int, inode: UInt64, modified: Int) {
      self.size = size
      self.inode = inode
      self.modified = modified
    }
  }

  /// Why a file is not served.
  package enum Fault: Error, Hashable, Sendable {
    /// The system refused; the number is its `errno`. A symbolic link is refused with `ELOOP`.
    case system(Int32, path: String)
    /// A directory, a pipe or a device.
    case notAFile(path: String)
    /// Not the file that was recorded.
    case replaced(path: String, recorded: Identity, found: Identity)
  }

  /// What the file was when it was opened.
  package let identity: Identity
  let handle: NIOFileHandle
  private let descriptor: CInt

  /// Opens the file at `path` for reading, never through a symbolic link.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - recorded: What was recorded when it was imported; nothing is compared if `nil`.
  /// - Throws: A ``Fault``; nothing stays open.
  package init(at path: String, recorded: Identity? = nil) throws(Fault) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw .system(errno, path: path) }
    do throws(Fault) {
      let found = try Self.identity(of: descriptor, at: path)
      if let recorded, recorded != found {
        throw Fault.replaced(path: path, recorded: recorded, found: found)
      }
      identity = found
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    handle = NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: descriptor)
  }

  deinit {
    // Nothing was written, so closing has no failure that anybody could act on.
    try? handle.close()
  }

  /// Whether the file is still what it was when it was opened.
  package var isUnchanged: Bool {
    (try? Self.identity(of: descriptor, at: "")) == identity
  }

  /// Asks the kernel to read ahead; a hint, so what it answers does not matter.
  package func advise(_ range: Range<Int>) {
    _ = posix_fadvise(descriptor, range.lowerBound, range.count, CInt(POSIX_FADV_WILLNEED))
  }

  /// Reads up to the end of `range` into `buffer`, and returns how many bytes came.
  ///
  /// - Returns: Fewer than asked for only at the end of the file; 0 also when reading failed, which
  ///   the caller treats alike, because a recorded file has no such end.
  package func read(_ range: Range<Int>, into buffer: inout ByteBuffer) -> Int {
    buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: range.count) { storage in
      var count = 0
      while count < range.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: storage[count..<range.count])
        let got = pread(descriptor, rest.baseAddress, rest.count, range.lowerBound + count)
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { break }
        count += got
      }
      return count
    }
  }

  private static func identity(of descriptor: CInt, at path: String) throws(Fault) -> Identity {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(errno, path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    return Identity(
      size: status.st_size,
      inode: UInt64(status.st_ino),
      modified: status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    )
  }
}
