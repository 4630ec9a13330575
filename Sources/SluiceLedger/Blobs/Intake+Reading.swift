internal import Foundation

extension Intake {
  /// Reads imported files under the names that they will have.
  ///
  /// What is found out there holds for what was imported, whatever happens to the files where they
  /// came from. The names are symbolic links in a folder that is gone afterwards.
  ///
  /// - Parameters:
  ///   - files: What was imported, and the paths in the folder.
  ///   - body: Is given the path of the folder.
  /// - Returns: What `body` returned.
  /// - Throws: What `body` or the system threw; ``BlobFault``, `replaced` if a file was written to
  ///   while it was read.
  public func reading<Result>(
    _ files: [(path: String, blob: Blob)],
    _ body: (String) throws -> Result
  ) throws -> Result {
    let manager = FileManager.default
    let name = UUID().uuidString
    let folder = blobs.drafts.absoluteURL.appending(path: name, directoryHint: .isDirectory)
    try manager.createDirectory(at: folder, withIntermediateDirectories: false)
    let result: Result
    do {
      for file in files {
        let place = folder.appending(path: file.path, directoryHint: .notDirectory)
        try manager.createDirectory(
          at: place.deletingLastPathComponent(),
          withIntermediateDirectories: true
        )
        try manager.createSymbolicLink(
          at: place,
          withDestinationURL: blobs.url(of: file.blob.sha256).absoluteURL
        )
      }
      result = try body(String(folder.path(percentEncoded: false).dropLast()))
    } catch {
      try manager.removeItem(at: folder)
      throw error
    }
    try manager.removeItem(at: folder)
    for file in files { try blobs.check(file.blob) }
    return result
  }
}
