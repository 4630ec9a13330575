public import Foundation
public import SluiceEncoding

/// One import under way; it is all kept or all taken back.
///
/// Exists within ``Blobs/importing(_:)`` only, which holds the home's import lock for its time.
public struct Intake {
  /// How a file gets here.
  public enum Way: Hashable, Sendable {
    /// Its blocks are shared where the file system can (reflink), else copied.
    case copy
    /// It has no other name afterwards; on another disk it is copied and then removed.
    case move
  }

  let blobs: Blobs
  // What has to be undone if the import fails, and done when it has succeeded.
  private var added: [SHA256Digest] = []
  private var moved: [Moved] = []
  /// What imports had given its name to that were killed before they ended.
  private let unfinished: [SHA256Digest]

  init(into blobs: Blobs, after unfinished: [SHA256Digest]) {
    self.blobs = blobs
    self.unfinished = unfinished
  }

  /// Imports one file, hashing it on the way, in steps between which it can be cancelled.
  ///
  /// - Parameters:
  ///   - file: A regular file; not a symbolic link.
  ///   - way: Whether the file stays where it is.
  ///   - expected: The digest that it must have, if that is known.
  ///   - progress: Called with the number of bytes of each step.
  /// - Returns: The blob; its file is on the disk.
  /// - Throws: ``BlobFault``; `CancellationError`. Nothing of the file is kept then.
  public mutating func take(
    _ file: URL,
    by way: Way = .copy,
    expecting expected: SHA256Digest? = nil,
    progress: @Sendable (Int) -> Void = { _ in }
  ) async throws -> Blob {
    let path = file.path(percentEncoded: false)
    let source = try OpenFile(path, O_RDONLY | O_NONBLOCK)
    let before = try source.facts()
    let draft = Draft(in: blobs.drafts)
    let isLinked = way == .move && before.links == 1 && draft.link(to: source)
    let found =
      isLinked
      ? try await source.hash(progress: progress)
      : try await draft.copy(source, size: before.size, progress: progress)
    let after = try source.facts()
    guard after.isSameContent(as: before) else {
      throw BlobFault.changed(path: path)
    }
    if let expected, expected != found {
      throw BlobFault.wrongContent(path: path, expected: expected, found: found)
    }
    if way == .move { moved.append(Moved(path: path, facts: before, isLinked: isLinked)) }
    do { return try await keep(draft, as: found) } catch {
      if way == .move { moved.removeLast().restore() }
      throw error
    }
  }

  /// Imports bytes that were made here.
  ///
  /// - Throws: ``BlobFault``.
  public mutating func take(_ bytes: [UInt8]) async throws -> Blob {
    let draft = Draft(in: blobs.drafts)
    try draft.write(bytes)
    return try await keep(draft, as: SHA256Digest(of: bytes))
  }

  /// Removes the blobs of imports that were killed, unless a manifest names them.
  ///
  /// Only what such an import brought is looked at: of other blobs that the ledger does not know, as
  /// when an older copy of it was put back, nobody can say that they are worth nothing.
  ///
  /// - Parameter named: The digests that the ledger knows.
  /// - Returns: What was removed.
  /// - Throws: What the system threw.
  @discardableResult
  public func sweep(keeping named: Set<SHA256Digest>) throws -> [SHA256Digest] {
    let manager = FileManager.default
    var orphans: [SHA256Digest] = []
    for digest in unfinished where !added.contains(digest) {
      let place = blobs.url(of: digest)
      if !named.contains(digest), manager.fileExists(atPath: place.path(percentEncoded: false)) {
        try manager.removeItem(at: place)
        orphans.append(digest)
      }
      unmark(digest)
    }
    return orphans
  }

  /// Gives a draft its name, unless the same content has it already.
  private mutating func keep(_ draft: borrowing Draft, as digest: SHA256Digest) async throws -> Blob
  {
    let target = blobs.url(of: digest).path(percentEncoded: false)
    if FileManager.default.fileExists(atPath: target),
      try await blobs.measure(digest).sha256 == digest
    {
      return try blobs.facts(of: digest)
    }
    try draft.settle()
    let isNew = !FileManager.default.fileExists(atPath: target)
    let shard = blobs.shard(of: digest)
    try FileManager.default.createDirectory(at: shard, withIntermediateDirectories: true)
    if isNew {
      added.append(digest)
      try mark(digest)
    }
    try draft.rename(to: target)
    try OpenFile.sync(folder: shard.path(percentEncoded: false))
    try OpenFile.sync(folder: shard.deletingLastPathComponent().path(percentEncoded: false))
    // The first blob of a home brings the folder that all of them are in.
    try OpenFile.sync(folder: blobs.folder.path(percentEncoded: false))
    return try blobs.facts(of: digest)
  }

  /// Removes the moved files from where they were.
  ///
  /// By now others rely on what was imported, so nothing is taken back, whatever happens here.
  ///
  /// - Returns: What had to be left where it was.
  func conclude() -> [Leftover] {
    for digest in added { unmark(digest) }
    return moved.compactMap { $0.remove() }
  }

  /// Notes beside the drafts, where the next import finds it, that a blob belongs to this one.
  private func mark(_ digest: SHA256Digest) throws {
    let mark = blobs.mark(of: digest).path(percentEncoded: false)
    _ = try OpenFile(mark, O_RDWR | O_CREAT, mode: 0o600)
  }

  private func unmark(_ digest: SHA256Digest) {
    unlink(blobs.mark(of: digest).path(percentEncoded: false))
  }

  /// Removes what this import added, and gives moved files their permissions back.
  ///
  /// What cannot be removed is an orphan, which ``sweep(keeping:)`` finds; the reason why the import
  /// failed is worth more than that.
  func withdraw() {
    for digest in added {
      unlink(blobs.url(of: digest).path(percentEncoded: false))
      unmark(digest)
    }
    for file in moved { file.restore() }
  }
}

extension Blobs {
  /// Imports files; if `body` throws, what it imported is taken back.
  ///
  /// One import at a time in a home, over all processes. What an import had begun that was killed
  /// earlier is removed first; what it had finished is ``Intake/sweep(keeping:)``'s. Moved files disappear from where they were when `body` has returned;
  /// from then on nothing is taken back any more.
  ///
  /// - Parameters:
  ///   - isolation: Where it runs.
  ///   - leaving: Called with the moved files that could not be removed, if there are any.
  ///   - body: Takes files in.
  /// - Returns: What `body` returned.
  /// - Throws: What `body` threw; ``BlobFault``, `busy` if another import is under way.
  @discardableResult
  public func importing<Result>(
    isolation: isolated (any Actor)? = #isolation,
    leaving: ([Leftover]) -> Void = { _ in },
    _ body: (inout Intake) async throws -> Result
  ) async throws -> Result {
    let files = FileManager.default
    try files.createDirectory(at: drafts, withIntermediateDirectories: true)
    let name = folder.appending(path: "import.lock", directoryHint: .notDirectory)
    let lock = try OpenFile(name.path(percentEncoded: false), O_RDWR | O_CREAT, mode: 0o600)
    guard lock.lock() else { throw BlobFault.busy(path: lock.path) }
    defer { lock.unlock() }
    var unfinished: [SHA256Digest] = []
    for draft in try files.contentsOfDirectory(at: drafts, includingPropertiesForKeys: nil) {
      if let digest = try? SHA256Digest(hex: draft.lastPathComponent) {
        unfinished.append(digest)
      } else {
        try files.removeItem(at: draft)
      }
    }
    var intake = Intake(into: self, after: unfinished.sorted())
    let result: Result
    do { result = try await body(&intake) } catch {
      intake.withdraw()
      throw error
    }
    let left = intake.conclude()
    if !left.isEmpty { leaving(left) }
    return result
  }
}
