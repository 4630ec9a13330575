import Foundation
import SluiceEncoding

/// Paths as people type them.
enum Files {
  /// The home folder as a shell knows it: `HOME`, else that of the account.
  static var home: URL {
    let named = ProcessInfo.processInfo.environment["HOME"]
    guard let named, named.hasPrefix("/") else {
      return FileManager.default.homeDirectoryForCurrentUser
    }
    return URL(filePath: named, directoryHint: .isDirectory)
  }

  /// A path with a leading `~` expanded.
  static func url(_ path: String) -> URL {
    guard path == "~" || path.hasPrefix("~/") else { return URL(filePath: path) }
    return home.appending(path: String(path.dropFirst(2)))
  }

  /// Whether there is something at a place.
  static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.typed) }

  /// The text of a file that somebody named.
  ///
  /// - Throws: `Malformed`, naming the file, if it is not there or is not text.
  static func text(at path: String) throws -> String {
    guard let text = String(bytes: try bytes(at: path), encoding: .utf8) else {
      throw Malformed(path, "is not UTF-8 text")
    }
    return text
  }

  /// The bytes of a file that somebody named.
  ///
  /// - Throws: `Malformed`, naming the file, if it is not there or cannot be read.
  static func bytes(at path: String) throws -> [UInt8] {
    let file = url(path)
    guard exists(file) else { throw Malformed(path, "there is no such file") }
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: file.typed, isDirectory: &isFolder)
    guard !isFolder.boolValue else { throw Malformed(path, "is a folder, not a file") }
    do { return Array(try Data(contentsOf: file)) } catch {
      throw Malformed(path, Trouble.clause(error))
    }
  }
}

extension URL {
  /// The path as it is typed: nothing in it is percent-encoded, and a folder has no final slash.
  var typed: String {
    let path = path(percentEncoded: false)
    return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}
