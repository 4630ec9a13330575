internal import Foundation

/// What the ledger must know of the disk that it lies on.
enum FileSystem {
  /// Refuses file systems on which SQLite's write-ahead log does not work.
  ///
  /// - Throws: ``HomeFault``.
  static func refuseNetwork(at path: String) throws {
    var facts = statfs()
    guard statfs(path, &facts) == 0 else { throw HomeFault.missing(path) }
    if let name = network(type: UInt32(truncatingIfNeeded: facts.f_type)) {
      throw HomeFault.network(path, fileSystem: name)
    }
  }

  /// The name of a network file system or one in user space, by its number in statfs(2).
  static func network(type: UInt32) -> String? {
    switch type {
    case 0x6969: "NFS"
    case 0xff53_4d42, 0xfe53_4d42, 0x517b: "SMB/CIFS"
    case 0x6573_5546: "FUSE"
    default: nil
    }
  }
}
