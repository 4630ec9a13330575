public import Foundation
public import SluiceEncoding

/// The content-addressed files of a home: `sha256/ab/abcdef…`, readable, never written again.
///
/// A name stands for one content for good. Files enter by ``importing(_:)`` only, so that whatever
/// has a name here is whole and on the disk.
public struct Blobs: Hashable, Sendable {
  /// The folder, `blobs/` of a home.
  public let folder: URL

  /// Names the folder, without looking into it.
  public init(in folder: URL) { self.folder = folder }

  /// Where the blob of a digest is, or would be.
  public func url(of digest: SHA256Digest) -> URL {
    shard(of: digest).appending(path: digest.hex, directoryHint: .notDirectory)
  }

  func shard(of digest: SHA256Digest) -> URL {
    folder.appending(path: "sha256/\(digest.hex.prefix(2))", directoryHint: .isDirectory)
  }

  /// The empty file that says that a blob belongs to an import which has not ended.
  func mark(of digest: SHA256Digest) -> URL {
    drafts.appending(path: digest.hex, directoryHint: .notDirectory)
  }

  var drafts: URL { folder.appending(path: "drafts", directoryHint: .isDirectory) }

  /// What the file of a blob is on disk now; its content is not read.
  ///
  /// - Throws: ``BlobFault``; `missing` if there is none.
  public func facts(of digest: SHA256Digest) throws(BlobFault) -> Blob {
    try Blob(sha256: digest, open(digest).facts())
  }

  /// Refuses a blob whose file is not the one that was imported.
  ///
  /// - Throws: ``BlobFault``; `missing` or `replaced`.
  public func check(_ blob: Blob) throws(BlobFault) {
    guard try facts(of: blob.sha256) == blob else { throw .replaced(blob.sha256) }
  }

  /// Reads a small blob whole, comparing the facts before and the digest after.
  ///
  /// - Throws: ``BlobFault``.
  public func read(_ blob: Blob) throws(BlobFault) -> [UInt8] {
    let file = try open(blob.sha256)
    guard try Blob(sha256: blob.sha256, file.facts()) == blob else { throw .replaced(blob.sha256) }
    var bytes = [UInt8](repeating: 0, count: blob.size)
    var count = 0
    while count < blob.size {
      var fault: BlobFault?
      let step = bytes.withUnsafeMutableBytes { storage in
        do throws(BlobFault) {
          return try file.read(into: UnsafeMutableRawBufferPointer(rebasing: storage[count...]))
        } catch {
          fault = error
          return 0
        }
      }
      if let fault { throw fault }
      guard step > 0 else { throw .replaced(blob.sha256) }
      count += step
    }
    guard SHA256Digest(of: bytes) == blob.sha256 else { throw .replaced(blob.sha256) }
    return bytes
  }

  /// Hashes the file of a blob, in steps between which it can be cancelled.
  ///
  /// - Parameters:
  ///   - digest: The blob.
  ///   - progress: Called after each step with the number of bytes so far.
  /// - Returns: What the file is now; its `sha256` is that of the content that was read.
  /// - Throws: ``BlobFault``, `changed` if it was written to meanwhile; `CancellationError`.
  public func measure(
    _ digest: SHA256Digest,
    progress: @Sendable (Int) -> Void = { _ in }
  ) async throws -> Blob {
    let file = try open(digest)
    let before = try file.facts()
    var total = 0
    let found = try await file.hash { step in
      total += step
      progress(total)
    }
    let after = try file.facts()
    guard after.isSameContent(as: before) else { throw BlobFault.changed(path: file.path) }
    return Blob(sha256: found, after)
  }

  /// The digests of all blobs that are there, in order.
  ///
  /// - Throws: What the system threw.
  public func all() throws -> [SHA256Digest] {
    let root = folder.appending(path: "sha256", directoryHint: .isDirectory)
    guard FileManager.default.fileExists(atPath: root.path(percentEncoded: false)) else {
      return []
    }
    return try FileManager.default.subpathsOfDirectory(atPath: root.path(percentEncoded: false))
      .compactMap { path in
        let parts = path.split(separator: "/")
        return parts.count == 2 ? try? SHA256Digest(hex: String(parts[1])) : nil
      }.sorted()
  }

  func open(_ digest: SHA256Digest) throws(BlobFault) -> OpenFile {
    do {
      return try OpenFile(url(of: digest).path(percentEncoded: false), O_RDONLY | O_NONBLOCK)
    } catch {
      guard case .system(ENOENT, _) = error else { throw error }
      throw .missing(digest)
    }
  }
}

extension OpenFile {
  /// How much is read at once; between two steps others get their turn, and a task its end.
  static let step = 1 << 20

  /// Hashes the file from its first byte on, writing what was read to `copy`.
  ///
  /// Ends where the file ended when it began, so that a file which grows meanwhile has an end.
  func hash(
    progress: (Int) -> Void,
    copy: (UnsafeRawBufferPointer) throws(BlobFault) -> Void = { _ throws(BlobFault) in }
  ) async throws -> SHA256Digest {
    var rest = try facts().size
    try rewind()
    var hasher = SHA256Hasher()
    var buffer = [UInt8](repeating: 0, count: min(rest, Self.step))
    while rest > 0 {
      try Task.checkCancellation()
      let count = try buffer.withUnsafeMutableBytes { storage in
        let next = storage.prefix(rest)
        let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: next))
        let chunk = UnsafeRawBufferPointer(rebasing: storage[..<count])
        hasher.update(chunk)
        try copy(chunk)
        return count
      }
      guard count > 0 else { break }
      rest -= count
      progress(count)
      await Task.yield()
    }
    return hasher.finalize()
  }
}
