internal import Foundation
internal import SluiceEncoding
internal import SluiceProof

extension Home {
  /// The folders and keys of a new deployment, in a folder beside this one.
  ///
  /// - Throws: ``HomeFault/exists(_:)`` if this folder holds anything.
  func draft(origin: String, random: (Int) -> [UInt8]) throws -> Home {
    let path = folder.path(percentEncoded: false)
    let manager = FileManager.default
    if manager.fileExists(atPath: path), try !manager.contentsOfDirectory(atPath: path).isEmpty {
      throw HomeFault.exists(path)
    }
    let log = try LogKey(seed: random(32), origin: origin)
    let release = ReleaseKey.make()
    let parent = folder.standardizedFileURL.deletingLastPathComponent()
    try Self.make(parent)
    let name = ".\(folder.lastPathComponent)-\(Hex.encode(random(4)))"
    let draft = Home(at: parent.appending(path: name, directoryHint: .isDirectory))
    do {
      for each in [draft.folder, draft.blobs, draft.keyFolder] {
        try manager.createDirectory(
          at: each,
          withIntermediateDirectories: false,
          attributes: [.posixPermissions: 0o700]
        )
      }
      try Self.write(Array("\(log.skey)\n".utf8), to: draft.logKey)
      try Self.write(Array("\(Hex.encode(random(32)))\n".utf8), to: draft.clerkKey)
      try Self.write(Array(release.pem.utf8), to: draft.releaseKey)
      try Self.write(Array(release.publicKey.pem.utf8), to: draft.releasePublicKey)
      try OpenFile.sync(folder: draft.keyFolder.path(percentEncoded: false))
    } catch {
      try manager.removeItem(at: draft.folder)
      throw error
    }
    return draft
  }

  /// Gives this folder the name of `home`, where nothing or an empty folder may be.
  ///
  /// Returns when the home has its name for good: a power cut takes neither it nor what is in it.
  func move(to home: Home) throws {
    let target = home.folder.path(percentEncoded: false)
    let parent = home.folder.standardizedFileURL.deletingLastPathComponent()
    let around = try OpenFile(parent.path(percentEncoded: false), O_RDONLY | O_DIRECTORY)
    try OpenFile.sync(folder: folder.path(percentEncoded: false))
    guard rename(folder.path(percentEncoded: false), target) == 0 else {
      throw HomeFault.exists(target)
    }
    try around.sync()
  }

  /// Makes a folder and those around it, unless they are there, and down to the disk.
  private static func make(_ folder: URL) throws {
    let manager = FileManager.default
    guard !manager.fileExists(atPath: folder.path(percentEncoded: false)) else { return }
    let parent = folder.deletingLastPathComponent()
    try make(parent)
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    try OpenFile.sync(folder: parent.path(percentEncoded: false))
  }

  /// Writes a file that was not there, for its owner only, and down to the disk: a key that a power
  /// cut took would be lost for good.
  static func write(_ bytes: [UInt8], to file: URL) throws {
    let isMade = FileManager.default.createFile(
      atPath: file.path(percentEncoded: false),
      contents: nil,
      attributes: [.posixPermissions: 0o600]
    )
    guard isMade else { throw CocoaError(.fileWriteUnknown) }
    let handle = try FileHandle(forWritingTo: file)
    try handle.write(contentsOf: Data(bytes))
    try handle.synchronize()
    try handle.close()
  }
}
