import Foundation
import SluiceEncoding
import SluiceLedger
import Testing

@Suite("A moved file")
struct MovedFileTests {
  private let folder: Folder
  private let blobs: Blobs
  private let source: URL

  init() throws {
    folder = try Folder()
    blobs = Blobs(in: folder.url.appending(path: "blobs", directoryHint: .isDirectory))
    source = folder.url.appending(path: "weights", directoryHint: .notDirectory)
    try Data([1, 2, 3]).write(to: source)
  }

  @Test func `stays in the blobs when something else has its place`() async throws {
    let (blob, left) = try await move(source) {
      try FileManager.default.removeItem(at: source)
      try FileManager.default.createDirectory(at: source, withIntermediateDirectories: false)
    }
    #expect(left.map(\.path) == [source.path()])
    #expect(try blobs.read(blob) == [1, 2, 3])
  }

  @Test func `leaves alone what was put in its place`() async throws {
    let (blob, left) = try await move(source) {
      try FileManager.default.removeItem(at: source)
      try Data([4, 5, 6]).write(to: source)
    }
    #expect(left.map(\.why) == ["it is no longer the file that was taken"])
    #expect(try Data(contentsOf: source) == Data([4, 5, 6]))
    #expect(try blobs.read(blob) == [1, 2, 3])
  }

  @Test func `may be gone already`() async throws {
    let (blob, left) = try await move(source) { try FileManager.default.removeItem(at: source) }
    #expect(left == [])
    #expect(try blobs.read(blob) == [1, 2, 3])
  }

  @Test(.enabled(if: getuid() == 0, "mounts a small disk"))
  func `stays in the blobs when it cannot be removed`() async throws {
    let disk = folder.url.appending(path: "disk", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: false)
    try run("/bin/mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.path())
    defer { try? run("/bin/umount", disk.path()) }
    let source = disk.appending(path: "weights", directoryHint: .notDirectory)
    try Data([7, 8, 9]).write(to: source)
    let (blob, left) = try await move(source) {
      try run("/bin/mount", "-o", "remount,ro", disk.path())
    }
    #expect(left.map(\.path) == [source.path()])
    #expect(left.first?.description.contains("remove it yourself") == true)
    #expect(try blobs.read(blob) == [7, 8, 9])
  }

  /// Moves a file into the blobs; `body` happens after it was taken.
  private func move(
    _ source: URL,
    _ body: () throws -> Void
  ) async throws -> (Blob, [Leftover]) {
    var left: [Leftover] = []
    let blob = try await blobs.importing(leaving: { left = $0 }) { intake in
      let blob = try await intake.take(source, by: .move)
      try body()
      return blob
    }
    return (blob, left)
  }

  private func run(_ program: String, _ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
