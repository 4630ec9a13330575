import Foundation

/// A file with known bytes, gone with its owner.
final class Scratch: Sendable {
  let path: String
  let size: Int

  /// A file whose every byte follows from its position; nothing is written beyond `written` bytes, so
  /// a large one costs no disk.
  init(of size: Int, written: Int? = nil) throws {
    self.size = size
    path = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID())").path()
    let count = min(size, written ?? size)
    try Data(Self.pattern(0..<count)).write(to: URL(filePath: path))
    if count < size { try truncate(to: size) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func bytes(_ range: Range<Int>) -> [UInt8] { Self.pattern(range) }

  func truncate(to size: Int) throws {
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    try file.truncate(atOffset: UInt64(size))
    try file.close()
  }

  /// Puts another file of the same name in its place.
  func replace(withSize size: Int) throws {
    let other = path + ".new"
    try Data(repeating: 0, count: size).write(to: URL(filePath: other))
    guard rename(other, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  func setModified(secondsAgo seconds: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -seconds)],
      ofItemAtPath: path
    )
  }

  private static func pattern(_ range: Range<Int>) -> [UInt8] {
    range.map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }
  }
}
