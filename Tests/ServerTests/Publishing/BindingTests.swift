import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import SluiceWeights
import Synchronization
import Testing

@Suite("A binding")
struct BindingTests {
  @Test func `checks what was imported, and not what was there before`() async throws {
    let bench = try await Bench()
    let pickle = bench.source.appending(path: "notes.bin")
    let isWritten = Atomic(false)
    let fault = await #expect(throws: SluiceServer.Binding.Fault.self) {
      // By the first step the files were walked; this one is taken last.
      try await bench.bind(progress: { _ in
        guard !isWritten.exchange(true, ordering: .relaxed) else { return }
        #expect(throws: Never.self) { try Data([0x80, 2, 0x4e, 0x2e]).write(to: pickle) }
      })
    }
    #expect(fault?.description.hasPrefix("notes.bin: a pickle") == true)
    #expect(try Blobs(in: bench.home.blobs).all() == [])
    #expect(try await bench.deployed.ledger.release(Deployed.release).bindings.isEmpty)
  }

  @Test func `records what was imported, and not what is there now`() async throws {
    let bench = try await Bench()
    let model = bench.source.appending(path: "model.safetensors")
    let weights = try Data(contentsOf: model)
    let first = try Data(contentsOf: bench.source.appending(path: "config.json")).count
    let other = weights.prefix(weights.count / 2) + Data(count: weights.count - weights.count / 2)
    let read = Mutex(0)
    let bound = try await bench.bind(progress: { step in
      let total = read.withLock { total in
        total += step
        return total
      }
      guard total > first + weights.count else { return }
      #expect(throws: Never.self) { try other.write(to: model) }
    })
    #expect(try Data(contentsOf: model) == other)
    try weights.write(to: model)
    let record = try Record(parsing: await bench.published(Selection.recordPath, of: bound))
    let checkpoint = try Checkpoint(opening: bench.source.path())
    #expect(try record.compare(with: checkpoint).verdict == .exact)
    #expect(try await bench.published("model.safetensors", of: bound) == Array(weights))
  }

  @Test func `stands when a moved file cannot be removed, and says so`() async throws {
    let bench = try await Bench()
    let notes = bench.source.appending(path: "notes.bin")
    let bound = try await bench.bind(
      .init(movesFiles: true),
      signing: {
        try FileManager.default.removeItem(at: notes)
        try FileManager.default.createDirectory(at: notes, withIntermediateDirectories: false)
      }
    )
    #expect(bound.warnings.contains { $0.hasPrefix(notes.path()) })
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: bench.source.path()) == ["notes.bin"]
    )
    #expect(try await bench.published("notes.bin", of: bound) == Bench.notes)
    let ledger = bench.deployed.ledger
    #expect(try await ledger.release(Deployed.release).bindings["weights"] == bound.manifest)
    #expect(try await ledger.verify(at: Deployed.noon).faults == [])
  }

  @Test func `removes what a killed one left, and nothing that is bound`() async throws {
    let bench = try await Bench()
    let bound = try await bench.bind()
    let blobs = Blobs(in: bench.home.blobs)
    let before = try blobs.all()
    let orphan = try await blobs.importing { try await $0.take([1, 2, 3]) }
    let named = try #require(before.first)
    for digest in [orphan.sha256, named] {
      try Data().write(to: blobs.folder.appending(path: "drafts/\(digest.hex)"))
    }
    #expect(try await bench.bind().manifest == bound.manifest)
    #expect(try blobs.all() == before)
  }

  @Test func `leaves no links behind`() async throws {
    let bench = try await Bench()
    _ = try await bench.bind()
    let drafts = bench.home.blobs.appending(path: "drafts").path()
    #expect(try FileManager.default.contentsOfDirectory(atPath: drafts) == [])
  }
}

/// A deployment in a folder whose rules are in force, and a small model that is to be bound.
private final class Bench {
  static let notes = Array("What we saw.\n".utf8)

  let folder: URL
  let home: Home
  let source: URL
  let deployed: Deployed

  init() async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID())")
    home = Home(at: folder.appending(path: "home", directoryHint: .isDirectory))
    source = folder.appending(path: "model", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    let golden = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "WeightsTests/Golden/gpt2-f32")
    for name in ["config.json", "model.safetensors"] {
      let content = try Data(contentsOf: golden.appending(path: name))
      try content.write(to: source.appending(path: name))
    }
    try Data(Self.notes).write(to: source.appending(path: "notes.bin"))
    let ledger = try await Ledger.create(in: home, origin: "localhost/test", at: Deployed.noon)
    deployed = try await Deployed.proposed(over: ledger)
    try await deployed.approve(1, as: "ana")
    try await deployed.approve(1, as: "ben")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Binds the model; `signing` happens when all was imported and nothing is in the log yet.
  func bind(
    _ options: SluiceServer.Binding.Options = .init(),
    progress: @escaping @Sendable (Int) -> Void = { _ in },
    signing: @escaping @Sendable () throws -> Void = {}
  ) async throws -> SluiceServer.Binding.Bound {
    let (deployed, draft) = (deployed, try await deployed.draft("hal"))
    let binding = SluiceServer.Binding(
      ledger: deployed.ledger,
      home: home,
      release: Deployed.release,
      tier: "weights"
    )
    return try await binding.bind(
      try Selection(of: source),
      options: options,
      at: Deployed.noon,
      progress: progress
    ) { manifest in
      try signing()
      return try deployed.envelope(draft.bind("weights", to: manifest), as: "hal")
    }
  }

  /// The bytes under which a file was bound.
  func published(_ path: String, of bound: SluiceServer.Binding.Bound) async throws -> [UInt8] {
    let files = try await deployed.ledger.files(of: bound.manifest)
    let file = try #require(files.first { $0.path == path })
    let blob = try #require(try await deployed.ledger.recordedBlob(file.sha256))
    return try Blobs(in: home.blobs).read(blob)
  }
}
