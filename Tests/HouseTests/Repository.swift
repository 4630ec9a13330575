import Foundation

/// The checkout that these tests were built from, read as text.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The Swift files below `folder`, as paths from it.
  static func swiftFiles(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: url(folder).path())
      .filter { $0.hasSuffix(".swift") }.sorted()
  }

  /// The folders directly in `folder`.
  static func folders(in folder: String) throws -> Set<String> {
    let children = try FileManager.default.contentsOfDirectory(
      at: url(folder),
      includingPropertiesForKeys: [.isDirectoryKey],
      options: .skipsHiddenFiles
    )
    return Set(children.filter(\.hasDirectoryPath).map(\.lastPathComponent))
  }

  static func url(_ path: String) -> URL { root.appending(path: path).resolvingSymlinksInPath() }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: url(path), encoding: .utf8)
  }

  static func lines(_ path: String) throws -> [Substring] {
    let text = try text(path)
    return text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { Substring($0) }
  }
}
