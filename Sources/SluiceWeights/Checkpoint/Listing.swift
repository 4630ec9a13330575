internal import Foundation

/// The files below a directory that belong to a release.
enum Listing {
  // What git and download tools leave behind is nobody's release.
  private static let ignored: Set = [".git", ".cache"]

  /// Paths of all regular files and of links to files, relative to `directory`, sorted.
  static func files(in directory: String) throws -> [String] {
    var files: [String] = []
    func visit(_ folder: String) throws {
      let place = folder.isEmpty ? directory : "\(directory)/\(folder)"
      for name in try FileManager.default.contentsOfDirectory(atPath: place).sorted() {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(directory)/\(path)")
        switch attributes[.type] as? FileAttributeType {
        case .typeRegular?: files.append(path)
        case .typeSymbolicLink? where !isFolder("\(directory)/\(path)"): files.append(path)
        case .typeDirectory? where !ignored.contains(name): try visit(path)
        default: break
        }
      }
    }
    try visit("")
    return files
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
