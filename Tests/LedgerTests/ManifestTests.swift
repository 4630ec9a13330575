import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("Manifests")
struct ManifestTests {
  @Test func `are stored with their files when they are bound`() async throws {
    let depot = try await Depot()
    let digest = try #require(depot.manifests["weights"])
    let bundle = try #require(try await depot.ledger.bundle(of: digest))
    #expect(SHA256Digest(of: bundle.statement) == digest)
    let files = try await depot.ledger.files(of: digest)
    #expect(files.map(\.path) == ["config.json", "model.bin"])
    #expect(files.map(\.size) == [100, 1_000])
    #expect(try await depot.ledger.bundle(of: SHA256Digest(of: [])) == nil)
    #expect(try await depot.ledger.files(of: SHA256Digest(of: [])) == [])
  }

  @Test func `are signed once and for all`() async throws {
    var draft = try await Draft()
    let manifest = try draft.manifest()
    let (first, second) = try (draft.sign(manifest), draft.sign(manifest))
    #expect(first != second)
    try await draft.bind(manifest.digest, with: [first])
    try await draft.bind(manifest.digest, with: [second])
    try await draft.bind(manifest.digest, with: [])
    #expect(try await draft.ledger.bundle(of: manifest.digest) == first)
  }

  @Test func `are bound to the tier that they name`() async throws {
    var draft = try await Draft()
    for binding in [
      ("ana/tiny", "code", ""), ("ana/other", "weights", ""), ("ana/tiny", "weights", "x"),
    ] {
      let manifest = try draft.manifest(
        release: binding.0,
        tier: binding.1,
        audience: draft.ledger.origin + binding.2
      )
      await #expect(throws: Refusal.self) {
        try await draft.bind(manifest.digest, with: [draft.sign(manifest)])
      }
      #expect(try await draft.ledger.bundle(of: manifest.digest) == nil)
    }
    let upstream = try Manifest(
      model: "tiny",
      resources: [.init(path: "a", sha256: SHA256Digest(of: []), size: nil)],
      binding: nil
    )
    await #expect(throws: Refusal.self) {
      try await draft.bind(upstream.digest, with: [draft.sign(upstream)])
    }
  }

  @Test func `come with the statement that names them, and nothing else does`() async throws {
    var draft = try await Draft()
    let manifest = try draft.manifest()
    let other = try draft.manifest(tier: "code")
    await #expect(throws: Refusal.self) { try await draft.bind(manifest.digest, with: []) }
    await #expect(throws: Refusal.self) {
      try await draft.bind(manifest.digest, with: [draft.sign(manifest), draft.sign(other)])
    }
    #expect(try await draft.ledger.bundle(of: manifest.digest) == nil)
  }

  @Test func `are signed by the key of the home, about files that are there`() async throws {
    var draft = try await Draft(onDisk: true)
    let manifest = try draft.manifest()
    let fault = BlobFault.missing(SHA256Digest(of: Draft.content))
    await #expect(throws: fault) {
      try await draft.bind(manifest.digest, with: [draft.sign(manifest)])
    }
    let home = try #require(draft.ledger.home)
    try await Blobs(in: home.blobs).importing { _ = try await $0.take(Draft.content) }
    await #expect(throws: Refusal.self) {
      try await draft.bind(manifest.digest, with: [ModelBundle(manifest, signedWith: .make())])
    }
    let longer = try draft.manifest(size: 4)
    await #expect(throws: Refusal.self) {
      try await draft.bind(longer.digest, with: [draft.sign(longer)])
    }
    try await draft.bind(manifest.digest, with: [draft.sign(manifest)])
    #expect(try await draft.ledger.recordedBlobs().map(\.size) == [3])
    try draft.remove()
  }

  @Test func `find their files again after these were restored`() async throws {
    var draft = try await Draft(onDisk: true)
    let manifest = try draft.manifest()
    let ledger = draft.ledger
    let blobs = Blobs(in: try #require(ledger.home).blobs)
    let blob = try await blobs.importing { try await $0.take(Draft.content) }
    try await draft.bind(manifest.digest, with: [draft.sign(manifest)])

    let place = blobs.url(of: blob.sha256)
    try FileManager.default.removeItem(at: place)
    try Data([9, 9, 9]).write(to: place)
    let wrong = try await ledger.verify(at: World.noon, acceptsRestored: true)
    #expect(wrong.restored == 0)
    #expect(wrong.faults.contains { $0.what == "its content has another digest" })
    try Data(Draft.content).write(to: place)
    let recorded = try #require(try await ledger.recordedBlob(blob.sha256))
    #expect(throws: BlobFault.replaced(blob.sha256)) { try blobs.check(recorded) }
    #expect(try await ledger.verify(at: World.noon).faults.count == 1)
    #expect(throws: BlobFault.replaced(blob.sha256)) { try blobs.check(recorded) }
    let accepted = try await ledger.verify(at: World.noon, acceptsRestored: true)
    #expect((accepted.restored, accepted.faults.count) == (1, 0))
    try blobs.check(try #require(try await ledger.recordedBlob(blob.sha256)))
    #expect(try await ledger.verify(at: World.noon).faults == [])
    try draft.remove()
  }
}

/// A release in which nothing is bound yet, and the key that signs manifests.
private struct Draft {
  static let content: [UInt8] = [1, 2, 3]

  private var world: World
  private let key: ReleaseKey

  var ledger: Ledger { world.ledger }

  init(onDisk: Bool = false) async throws {
    var ledger: Ledger?
    var key = ReleaseKey.make()
    if onDisk {
      let folder = FileManager.default.temporaryDirectory
        .appending(path: "draft-\(UUID())", directoryHint: .isDirectory)
      let home = Home(at: folder)
      ledger = try await .create(in: home, origin: "ledger.invalid/log", at: World.noon)
      key = try ReleaseKey(
        pem: String(decoding: try Home.secret(at: home.releaseKey), as: UTF8.self)
      )
    }
    self.key = key
    world = try await World(ledger)
    let filed = try await world.file(world.amendment, by: "service:clerk")
    try await world.approve(filed, by: "person:ana")
    try await world.approve(filed, by: "person:ben")
  }

  func manifest(
    release: String = "ana/tiny",
    tier: String = "weights",
    audience: String? = nil,
    size: Int = 3
  ) throws -> Manifest {
    try Manifest(
      model: "\(release)@\(tier)",
      resources: [.init(path: "a.bin", sha256: SHA256Digest(of: Self.content), size: size)],
      binding: .init(release: release, tier: tier, audience: audience ?? ledger.origin)
    )
  }

  func sign(_ manifest: Manifest) throws -> ModelBundle {
    try ModelBundle(manifest, signedWith: key)
  }

  mutating func bind(_ manifest: SHA256Digest, with bundles: [ModelBundle]) async throws {
    let statement = try await world.statement(
      .bind(manifest: manifest),
      about: .init(name: "tier:weights", in: World.release),
      by: "service:clerk"
    )
    _ = try await ledger.perform([world.signed(statement)], manifests: bundles, at: world.now)
  }

  func remove() throws {
    try ledger.close()
    if let home = ledger.home { try FileManager.default.removeItem(at: home.folder) }
  }
}
