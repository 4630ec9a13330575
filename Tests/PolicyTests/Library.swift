import Foundation

/// The policies of the repository, and the tables that lie beside these tests.
enum Library {
  /// `Policies`, where people look.
  static let policies = tests.deletingLastPathComponent().appending(path: "Policies")
  /// The pages about formats.
  static let formats = tests.deletingLastPathComponent().appending(path: "Docs/Formats")
  /// The tables of these tests.
  static let vectors = tests.appending(path: "PolicyTests/Vectors")

  private static let tests = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The files of a folder, by name.
  static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path())
      .filter { $0.hasSuffix(".yaml") }.sorted()
  }

  /// The text of a file.
  static func text(_ name: String, in folder: URL) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }
}
