internal import Foundation

/// The folder in which mail lies until the operator's own program has sent it.
///
/// A mail is written below `tmp` and moved to `new` when it is whole and on the disk, so that whoever
/// takes files out of `new` never finds half of one. Only the owner can read them.
struct MailSpool {
  private let folder: URL

  init(in home: Home) { folder = home.mail }

  /// Writes a mail down, where nobody sends it yet.
  func write(_ mail: Mail) throws {
    for each in [folder, folder.appending(path: "tmp"), folder.appending(path: "new")] {
      guard !FileManager.default.fileExists(atPath: each.path(percentEncoded: false)) else {
        continue
      }
      try FileManager.default.createDirectory(
        at: each,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
    }
    try Home.write(Array(mail.text.utf8), to: place(of: mail.id, in: "tmp"))
  }

  /// Has a mail sent that was written down.
  func send(_ mail: Mail) throws {
    let (from, to) = (place(of: mail.id, in: "tmp"), place(of: mail.id, in: "new"))
    guard rename(from.path(percentEncoded: false), to.path(percentEncoded: false)) == 0 else {
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
    try OpenFile.sync(folder: folder.appending(path: "new").path(percentEncoded: false))
  }

  /// Takes a mail back, if it is still here.
  func remove(_ id: String) throws {
    for state in ["tmp", "new"] {
      let path = place(of: id, in: state).path(percentEncoded: false)
      guard unlink(path) != 0, errno != ENOENT else { continue }
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
  }

  private func place(of id: String, in state: String) -> URL {
    folder.appending(path: "\(state)/\(id).eml", directoryHint: .notDirectory)
  }
}
