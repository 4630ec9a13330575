internal import Foundation
internal import SluiceEncoding

/// A blob that has no name yet: a temporary file that disappears with its owner unless it is renamed.
struct Draft: ~Copyable {
  private let folder: String
  private let path: String

  /// Chooses a name in `folder` that nobody has.
  init(in folder: URL) {
    let name = folder.appending(path: UUID().uuidString, directoryHint: .notDirectory)
    self.folder = folder.path(percentEncoded: false)
    path = name.path(percentEncoded: false)
  }

  deinit { unlink(path) }

  /// Makes the draft another name of `other`; `false` where the system refuses that.
  ///
  /// The file that is open is meant, and not what has its name by now.
  func link(to other: borrowing OpenFile) -> Bool {
    let open = "/proc/self/fd/\(other.descriptor)"
    return linkat(AT_FDCWD, open, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
  }

  /// Makes the draft a copy of `source`, and hashes it on the way.
  ///
  /// - Throws: ``BlobFault``; `noSpace` before the first byte, if the disk has too little left.
  func copy(
    _ source: borrowing OpenFile,
    size: Int,
    progress: @Sendable (Int) -> Void
  ) async throws -> SHA256Digest {
    let file = try create()
    if file.clone(source) { return try await file.hash(progress: progress) }
    let free = try free()
    guard size <= free else {
      throw BlobFault.noSpace(path: source.path, needed: size, free: free)
    }
    do {
      return try await source.hash(progress: progress) { chunk throws(BlobFault) in
        try file.write(chunk)
      }
    } catch BlobFault.noSpace {
      throw BlobFault.noSpace(path: source.path, needed: size, free: try self.free())
    }
  }

  /// Makes the draft a file of these bytes.
  func write(_ bytes: [UInt8]) throws(BlobFault) {
    let file = try create()
    var fault: BlobFault?
    bytes.withUnsafeBytes { storage in
      do throws(BlobFault) { try file.write(storage) } catch { fault = error }
    }
    if case .noSpace = fault {
      throw .noSpace(path: path, needed: bytes.count, free: try free())
    }
    if let fault { throw fault }
  }

  /// Lets nobody write any more, and waits until all of it is on the disk.
  func settle() throws(BlobFault) {
    let file = try OpenFile(path, O_RDONLY)
    try file.permit(0o440)
    try file.sync()
  }

  /// Gives the file its name, in place of what had it before.
  func rename(to target: String) throws(BlobFault) {
    guard Foundation.rename(path, target) == 0 else { throw OpenFile.fault(errno, target) }
  }

  private func create() throws(BlobFault) -> OpenFile {
    try OpenFile(path, O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
  }

  /// What is left of the disk for those who are not its administrator.
  private func free() throws(BlobFault) -> Int {
    var facts = statvfs()
    guard statvfs(folder, &facts) == 0 else { throw .system(errno, path: folder) }
    return Int(clamping: facts.f_bavail) * Int(clamping: facts.f_frsize)
  }
}
