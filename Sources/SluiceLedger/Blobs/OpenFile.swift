internal import Foundation
internal import SluiceEncoding

/// A file descriptor that is closed when its owner is gone.
///
/// Every call throws ``BlobFault`` with the path and the system's reason, and goes on where a
/// signal interrupted it.
struct OpenFile: ~Copyable {
  /// What tells one state of a file from another without reading it.
  struct Facts: Hashable {
    let size: Int
    let inode: UInt64
    let modified: Int
    let links: Int
    let mode: mode_t

    /// Whether these and `other` are of one file that was not written to in between.
    func isSameContent(as other: Facts) -> Bool {
      (size, inode, modified) == (other.size, other.inode, other.modified)
    }
  }

  let path: String
  let descriptor: CInt

  /// Opens `path`, never through a symbolic link.
  init(_ path: String, _ flags: CInt, mode: mode_t = 0) throws(BlobFault) {
    let descriptor = open(path, flags | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else {
      throw errno == ELOOP ? .notAFile(path: path) : Self.fault(errno, path)
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// What the system calls an error.
  static func words(for number: Int32) -> String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }

  static func fault(_ number: Int32, _ path: String) -> BlobFault {
    number == ENOSPC || number == EDQUOT
      ? .noSpace(path: path, needed: 0, free: 0) : .system(number, path: path)
  }

  private func check(_ result: CInt) throws(BlobFault) {
    guard result == 0 else { throw Self.fault(errno, path) }
  }

  /// The facts of a regular file.
  func facts() throws(BlobFault) -> Facts {
    var status = stat()
    try check(fstat(descriptor, &status))
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    return Facts(
      size: Int(status.st_size),
      inode: UInt64(status.st_ino),
      modified: status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec,
      links: Int(status.st_nlink),
      mode: status.st_mode & 0o7777
    )
  }

  /// Fills `buffer` from the current place on; 0 at the end of the file.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(BlobFault) -> Int {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else { throw Self.fault(errno, path) }
    }
  }

  /// Writes all of `bytes` at the current place.
  func write(_ bytes: UnsafeRawBufferPointer) throws(BlobFault) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
      if count > 0 { rest = UnsafeRawBufferPointer(rebasing: rest[count...]) }
      guard count > 0 || errno == EINTR else { throw Self.fault(errno, path) }
    }
  }

  /// Goes back to the first byte.
  func rewind() throws(BlobFault) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw Self.fault(errno, path) }
  }

  /// Makes this empty file share the blocks of `other`; `false` where the file system cannot.
  func clone(_ other: borrowing OpenFile) -> Bool {
    let clone: UInt = 0x4004_9409  // FICLONE of linux/fs.h
    return ioctl(descriptor, clone, other.descriptor) == 0
  }

  /// Waits until content and facts are on the disk.
  func sync() throws(BlobFault) { try check(fsync(descriptor)) }

  /// Sets who may do what.
  func permit(_ mode: mode_t) throws(BlobFault) { try check(fchmod(descriptor, mode)) }

  /// Takes the exclusive lock, if nobody has it; it is given back when the file is closed.
  func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  /// Gives the lock back now: a child process that is being started may hold the descriptor for a
  /// moment after it was closed here.
  func unlock() { flock(descriptor, LOCK_UN) }

  /// Waits until the names in the folder at `path` are on the disk.
  static func sync(folder path: String) throws(BlobFault) {
    let folder = try OpenFile(path, O_RDONLY | O_DIRECTORY)
    try folder.sync()
  }
}
