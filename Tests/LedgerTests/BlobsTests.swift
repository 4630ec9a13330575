import Foundation
import SluiceEncoding
import SluiceLedger
import Synchronization
import Testing

@Suite("Blobs")
final class BlobsTests {
  let folder: URL
  let blobs: Blobs

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "blobs-\(UUID())", directoryHint: .isDirectory)
    blobs = Blobs(in: folder.appending(path: "blobs", directoryHint: .isDirectory))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
  }

  @Test func `are copied under their digest and cannot be written`() async throws {
    let source = try file("a", content(3 << 20))
    let blob = try await blobs.importing { try await $0.take(source) }

    let digest = SHA256Digest(of: content(3 << 20))
    #expect(blob.sha256 == digest)
    #expect(blobs.url(of: digest).path().hasSuffix("/sha256/\(digest.hex.prefix(2))/\(digest.hex)"))
    #expect(try Data(contentsOf: blobs.url(of: digest)) == Data(content(3 << 20)))
    #expect(try mode(blobs.url(of: digest)) == 0o440)
    #expect(try Data(contentsOf: source) == Data(content(3 << 20)))
    #expect(try blobs.read(blob) == content(3 << 20))
    #expect(try drafts() == [])
  }

  @Test func `are moved without a copy, and leave their old place at the end`() async throws {
    let source = try file("a", content(10))
    let inode = try inode(source)
    let blob = try await blobs.importing { intake in
      let blob = try await intake.take(source, by: .move)
      #expect(exists(source))
      return blob
    }
    #expect(blob.inode == inode)
    #expect(!exists(source))
    #expect(try mode(blobs.url(of: blob.sha256)) == 0o440)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/shm")))
  func `are copied when they are moved from another disk`() async throws {
    let source = URL(filePath: "/dev/shm/sluice-\(UUID())")
    try Data(content(10)).write(to: source)
    let blob = try await blobs.importing { try await $0.take(source, by: .move) }
    #expect(try blobs.read(blob) == content(10))
    #expect(!exists(source))
  }

  @Test func `are copied when they are moved and have another name`() async throws {
    let source = try file("a", content(10))
    let other = folder.appending(path: "b")
    try FileManager.default.linkItem(at: source, to: other)
    let blob = try await blobs.importing { try await $0.take(source, by: .move) }
    #expect(!exists(source))
    // Whoever has the other name cannot write to the blob.
    #expect(try blob.inode != inode(other))
  }

  @Test(arguments: [Intake.Way.copy, .move])
  func `are taken back when the import fails`(way: Intake.Way) async throws {
    let known = try file("known", content(5))
    let kept = try await blobs.importing { try await $0.take(known) }
    let source = try file("a", content(10))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: source.path())

    await #expect(throws: CancellationError.self) {
      try await blobs.importing { intake in
        _ = try await intake.take(known)
        _ = try await intake.take(source, by: way)
        _ = try await intake.take(content(11))
        throw CancellationError()
      }
    }
    #expect(try blobs.all() == [kept.sha256])
    #expect(try drafts() == [])
    #expect(try Data(contentsOf: source) == Data(content(10)))
    #expect(try mode(source) == 0o644)
  }

  @Test func `are given up between two steps`() async throws {
    let source = try file("a", content(8 << 20))
    let steps = Atomic(0)
    let task = Task { [blobs] in
      try await blobs.importing { intake in
        try await intake.take(source) { _ in
          steps.add(1, ordering: .relaxed)
          withUnsafeCurrentTask { $0?.cancel() }
        }
      }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(steps.load(ordering: .relaxed) == 1)
    #expect(try blobs.all() == [])
    #expect(try drafts() == [])
  }

  @Test func `are regular files`() async throws {
    let source = try file("a", content(1))
    let link = folder.appending(path: "link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: source)
    for other in [link, folder, URL(filePath: "/dev/null")] {
      await #expect(throws: BlobFault.notAFile(path: other.path(percentEncoded: false))) {
        try await blobs.importing { try await $0.take(other) }
      }
    }
  }

  @Test func `have the digest that was announced`() async throws {
    let source = try file("a", content(1))
    let other = SHA256Digest(of: content(2))
    let fault = BlobFault.wrongContent(
      path: source.path(),
      expected: other,
      found: SHA256Digest(of: content(1))
    )
    await #expect(throws: fault) {
      try await blobs.importing { try await $0.take(source, expecting: other) }
    }
    #expect(try blobs.all() == [])
  }

  @Test func `are at rest while they are read`() async throws {
    let source = try file("a", content(4 << 20))
    await #expect(throws: BlobFault.changed(path: source.path())) {
      try await blobs.importing { intake in
        try await intake.take(source) { _ in append(1, to: source) }
      }
    }
    #expect(try blobs.all() == [])
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/shm")))
  func `need room before the first byte is written`() async throws {
    let source = URL(filePath: "/dev/shm/sluice-\(UUID())")
    #expect(FileManager.default.createFile(atPath: source.path(), contents: nil))
    defer { try? FileManager.default.removeItem(at: source) }
    try FileHandle(forWritingTo: source).truncate(atOffset: 1 << 42)
    let steps = Atomic(0)
    let fault = await #expect(throws: BlobFault.self) {
      try await blobs.importing { intake in
        try await intake.take(source) { _ in steps.add(1, ordering: .relaxed) }
      }
    }
    guard case .noSpace(source.path(), 1 << 42, let free) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(free < 1 << 42)
    #expect(steps.load(ordering: .relaxed) == 0)
    #expect(try drafts() == [])
  }

  @Test(.enabled(if: getuid() == 0, "mounts a small disk"))
  func `leave nothing on a disk that fills up`() async throws {
    let small = folder.appending(path: "small", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: small, withIntermediateDirectories: true)
    try run("/bin/mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.path())
    defer { try? run("/bin/umount", small.path()) }
    let blobs = Blobs(in: small.appending(path: "blobs", directoryHint: .isDirectory))
    let source = try file("a", content(6 << 20))
    let other = small.appending(path: "other")
    let fault = await #expect(throws: BlobFault.self) {
      try await blobs.importing { intake in
        // Somebody else takes the room that was there when it began.
        try await intake.take(source) { _ in append(1 << 20, to: other) }
      }
    }
    guard case .noSpace(source.path(), 6 << 20, _) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(try blobs.all() == [])
    let left = try FileManager.default.subpathsOfDirectory(atPath: small.path())
    #expect(Set(left) == ["other", "blobs", "blobs/drafts", "blobs/import.lock"])
  }

  @Test func `are found out when their file was replaced`() async throws {
    let source = try file("a", content(100))
    let blob = try await blobs.importing { try await $0.take(source) }
    let place = blobs.url(of: blob.sha256)
    try blobs.check(blob)

    try FileManager.default.removeItem(at: place)
    #expect(throws: BlobFault.missing(blob.sha256)) { try blobs.check(blob) }
    try Data(content(100)).write(to: place)
    #expect(throws: BlobFault.replaced(blob.sha256)) { try blobs.check(blob) }
    #expect(throws: BlobFault.replaced(blob.sha256)) { try blobs.read(blob) }
  }

  @Test func `are found out when a byte differs, whatever the facts say`() async throws {
    let source = try file("a", content(100))
    _ = try await blobs.importing { try await $0.take(source) }
    let place = blobs.url(of: SHA256Digest(of: content(100)))
    chmod(place.path(), 0o640)
    try Data(content(99) + [0xff]).write(to: place)
    let facts = try blobs.facts(of: SHA256Digest(of: content(100)))
    try blobs.check(facts)
    #expect(throws: BlobFault.replaced(facts.sha256)) { try blobs.read(facts) }
    #expect(try await blobs.measure(facts.sha256).sha256 == SHA256Digest(of: content(99) + [0xff]))

    // The next import of the right content heals it.
    let healed = try await blobs.importing { try await $0.take(source) }
    #expect(try blobs.read(healed) == content(100))
  }

  @Test func `are imported by one at a time`() async throws {
    let lock = blobs.folder.appending(path: "import.lock").path(percentEncoded: false)
    try await blobs.importing { _ in
      await #expect(throws: BlobFault.busy(path: lock)) { try await blobs.importing { _ in } }
    }
    try await blobs.importing { _ in }
  }

  @Test func `lose what killed imports left`() async throws {
    let source = try file("a", content(1))
    let kept = try await blobs.importing { try await $0.take(source) }
    let unknown = try await blobs.importing { try await $0.take(content(4)) }
    #expect(try drafts() == [])
    // As of an import that had finished two files and begun a third when it was killed.
    let orphan = try await blobs.importing { try await $0.take(content(2)) }
    for name in ["half", orphan.sha256.hex, kept.sha256.hex] {
      try Data().write(to: blobs.folder.appending(path: "drafts/\(name)"))
    }

    try await blobs.importing { intake in
      let fresh = try await intake.take(content(3))
      #expect(Set(try drafts()) == Set([orphan, kept, fresh].map(\.sha256.hex)))
      #expect(try intake.sweep(keeping: [kept.sha256]) == [orphan.sha256])
      #expect(try Set(blobs.all()) == [kept.sha256, fresh.sha256, unknown.sha256])
    }
    #expect(try drafts() == [])
  }

  private func content(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0) }
  }

  private func file(_ name: String, _ content: [UInt8]) throws -> URL {
    let place = folder.appending(path: name)
    try Data(content).write(to: place)
    return place
  }

  private func drafts() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: blobs.folder.path() + "drafts")
  }

  private func exists(_ place: URL) -> Bool { FileManager.default.fileExists(atPath: place.path()) }

  private func mode(_ place: URL) throws -> Int? {
    let facts = try FileManager.default.attributesOfItem(atPath: place.path())
    return (facts[.posixPermissions] as? NSNumber)?.intValue
  }

  private func inode(_ place: URL) throws -> UInt64? {
    let facts = try FileManager.default.attributesOfItem(atPath: place.path())
    return (facts[.systemFileNumber] as? NSNumber)?.uint64Value
  }
}

private func append(_ count: Int, to place: URL) {
  let descriptor = open(place.path(), O_WRONLY | O_APPEND | O_CREAT, 0o600)
  let bytes = [UInt8](repeating: 7, count: count)
  #expect(write(descriptor, bytes, count) > 0)
  close(descriptor)
}

private func run(_ program: String, _ arguments: String...) throws {
  let process = Process()
  process.executableURL = URL(filePath: program)
  process.arguments = arguments
  try process.run()
  process.waitUntilExit()
  #expect(process.terminationStatus == 0)
}
