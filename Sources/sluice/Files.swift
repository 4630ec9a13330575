import Foundation

/// Paths as people type them.
enum Files {
  /// A path with `~` expanded.
  static func url(_ path: String) -> URL {
    URL(filePath: NSString(string: path).expandingTildeInPath)
  }
}
