internal import Foundation

/// What the ledger must know of the disk that it lies on.
///
/// The C library's `statfs` is not in Swift's module of it, so the kernel's list of mounts is read.
package enum FileSystem {
  /// Refuses file systems on which SQLite's write-ahead log does not work.
  ///
  /// Where the kernel's list cannot be read, nothing is refused.
  ///
  /// - Throws: ``HomeFault/network(_:fileSystem:)``.
  static func refuseNetwork(at folder: URL) throws {
    let path = folder.resolvingSymlinksInPath().path(percentEncoded: false)
    let list = FileManager.default.contents(atPath: "/proc/self/mountinfo") ?? Data()
    guard let type = type(of: path, in: String(decoding: list, as: UTF8.self)) else { return }
    if let name = network(type) { throw HomeFault.network(path, fileSystem: name) }
  }

  /// The type of the file system that a path lies on, from proc_pid_mountinfo(5).
  ///
  /// It is that of the longest mount point above the path, of several at one point the last.
  package static func type(of path: String, in mounts: String) -> String? {
    var best: (length: Int, type: String)?
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 5, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.endIndex
      else { continue }
      let point = unescaped(fields[4])
      let isAbove =
        point == "/" || path.utf8.elementsEqual(point.utf8)
        || path.utf8.starts(with: (point + "/").utf8)
      guard isAbove, point.utf8.count >= best?.length ?? 0 else { continue }
      best = (point.utf8.count, String(fields[dash + 1]))
    }
    return best?.type
  }

  /// The name of a network file system or one in user space.
  package static func network(_ type: String) -> String? {
    switch type {
    case _ where type.hasPrefix("nfs"): "NFS"
    case "cifs", "smb3", "smbfs": "CIFS"
    case _ where type.hasPrefix("fuse"): "FUSE"
    default: nil
    }
  }

  /// The kernel writes a space, tab, newline or backslash as `\` and three octal digits.
  private static func unescaped(_ field: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(field.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(3), as: UTF8.self)
      if byte == UInt8(ascii: "\\"), digits.utf8.count == 3, let value = UInt8(digits, radix: 8) {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
