public import SluiceAPI
public import SluiceEncoding
public import SluiceGovernance
public import SluiceLedger
internal import SluiceProof
internal import Foundation
internal import SluiceWeights

/// Binds a directory to a tier: hash, import, check, record, sign, and let the ledger take it in.
///
/// What is checked and recorded is what was imported, so that nobody can put another file in its place
/// in between. What is refused or interrupted leaves nothing behind: files enter the blobs under one
/// import, and the manifest is stored in the transaction of the `bind` statement.
public struct Binding: Sendable {
  /// Why a directory is not bound.
  public enum Fault: Error, Sendable, CustomStringConvertible {
    /// What is wrong with the files, one line each.
    case files([String])

    /// One line a fault.
    public var description: String {
      switch self {
      case .files(let faults): faults.joined(separator: "\n")
      }
    }
  }

  /// What was bound.
  public struct Bound: Sendable {
    /// The tier.
    public let tier: Tier.ID
    /// What it stands for from now on.
    public let manifest: SHA256Digest
    /// How many files there are, the record included.
    public let files: Int
    /// Their bytes.
    public let bytes: Int
    /// What should be known about the weights, and which files could not be moved away.
    public internal(set) var warnings: [String]
  }

  /// Where files and statements go.
  let ledger: Ledger
  /// Whose blobs and whose release key.
  let home: Home
  /// The release.
  let release: Release.ID
  /// The tier.
  let tier: Tier.ID

  /// Prepares a binding; nothing is read yet.
  public init(ledger: Ledger, home: Home, release: Release.ID, tier: Tier.ID) {
    self.ledger = ledger
    self.home = home
    self.release = release
    self.tier = tier
  }

  /// Whether files keep their place, and whether NaN and infinity pass.
  public struct Options: Sendable {
    /// Moves the files instead of copying them.
    public let movesFiles: Bool
    /// Lets NaN and infinity in weights pass.
    public let allowsNonFinite: Bool
    /// The ids of probes that are recorded besides those that Sluice chooses.
    public let probes: [[Int]]

    /// Chooses.
    public init(
      movesFiles: Bool = false,
      allowsNonFinite: Bool = false,
      probes: [[Int]] = []
    ) {
      self.movesFiles = movesFiles
      self.allowsNonFinite = allowsNonFinite
      self.probes = probes
    }
  }

  /// Binds the selected files.
  ///
  /// - Parameters:
  ///   - selection: The files.
  ///   - options: How.
  ///   - instant: What the clock shows.
  ///   - progress: Called with the number of bytes that were read.
  ///   - sign: Composes and signs the `bind` statement for a manifest.
  /// - Returns: What the tier stands for.
  /// - Throws: ``Fault``; a `Refusal`; what blobs or the system threw.
  public func bind(
    _ selection: Selection,
    options: Options = Options(),
    at instant: Instant,
    progress: @escaping @Sendable (Int) -> Void = { _ in },
    sign: @Sendable (SHA256Digest) throws -> Envelope
  ) async throws -> Bound {
    try await checkTier()
    let key = try ReleaseKey(
      pem: String(decoding: try Home.secret(at: home.releaseKey), as: UTF8.self)
    )
    let blobs = Blobs(in: home.blobs)
    var left: [Leftover] = []
    var bound = try await blobs.importing(leaving: { left = $0 }) { intake in
      try intake.sweep(keeping: Set(try await ledger.recordedBlobs().map(\.sha256)))
      var taken: [(path: String, blob: Blob)] = []
      for file in selection.files {
        let blob = try await intake.take(
          selection.directory.appending(path: file.path, directoryHint: .notDirectory),
          by: options.movesFiles ? .move : .copy,
          progress: progress
        )
        taken.append((file.path, blob))
      }
      let (warnings, record) = try intake.reading(taken) { folder in
        let inspection = try Self.inspect(taken.map(\.path), in: folder, options)
        try Task.checkCancellation()
        let record = try self.record(of: folder, files: taken, beside: options.probes)
        return (inspection.warnings.map(\.description), record)
      }
      try Task.checkCancellation()
      taken.append((Selection.recordPath, try await intake.take(record)))
      let resources = taken.map {
        Manifest.Resource(path: $0.path, sha256: $0.blob.sha256, size: $0.blob.size)
      }
      let manifest = try self.manifest(of: resources)
      let bundle = try await self.bundle(for: manifest, signedWith: key)
      let envelope = try sign(manifest.digest)
      try Task.checkCancellation()
      _ = try await ledger.perform(
        [try Submission(envelope)],
        manifests: [bundle],
        at: instant
      )
      return Bound(
        tier: tier,
        manifest: manifest.digest,
        files: resources.count,
        bytes: taken.reduce(0) { $0 + $1.blob.size },
        warnings: warnings
      )
    }
    bound.warnings += left.map(\.description)
    return bound
  }

  /// What the model computes, if there is one among the files; probes follow from their digests, and
  /// those that were given come after them.
  private func record(
    of folder: String,
    files: [(path: String, blob: Blob)],
    beside probes: [[Int]]
  ) throws -> [UInt8] {
    guard files.contains(where: { $0.path.hasSuffix(".safetensors") && !$0.path.contains("/") })
    else {
      guard probes.isEmpty else {
        throw Fault.files(["probes: there are no weights to run them on"])
      }
      return Record(notExecutable: .architecture("a tier without weights")).json.canonical
    }
    let seed = SHA256Digest(of: files.flatMap(\.blob.sha256.bytes))
    do {
      let record = try Record(of: try Checkpoint(opening: folder), seed: seed, beside: probes)
      guard probes.isEmpty || !record.probes.isEmpty else {
        throw Fault.files(["probes: the model cannot be run: \(record.reason ?? "")"])
      }
      return record.json.canonical
    } catch let fault as Transformer.Fault where !probes.isEmpty {
      throw Fault.files(["probes: \(fault.words)"])
    }
  }

  /// The statement that lists the files under the tier's name.
  private func manifest(of resources: [Manifest.Resource]) throws -> Manifest {
    try Manifest(
      model: "\(release)@\(tier)",
      resources: resources,
      binding: .init(release: release.rawValue, tier: tier.rawValue, audience: ledger.origin)
    )
  }

  /// Refuses early, before gigabytes are read, what the ledger would refuse late.
  private func checkTier() async throws {
    let state = try await ledger.release(release)
    guard let policy = state.adoption?.policy else {
      throw Refusal.stale("no policy of \(release) is in force yet")
    }
    guard let declared = policy.tier(tier) else {
      let advice = Spelling.advice(on: tier.rawValue, among: policy.tiers.map(\.id.rawValue))
      throw Refusal.unfit("\(release) has no tier \(tier); \(advice)")
    }
    guard declared.kind != .service else {
      throw Refusal.unfit("tier \(tier) is a service: it has no bytes")
    }
    guard state.pinned(tier) == nil else {
      throw Refusal.stale(
        "a stage that offers tier \(tier) has opened; a corrected checkpoint is a new tier"
      )
    }
  }

  /// The stored bundle of the same manifest, so that the same files are signed once and for all.
  private func bundle(
    for manifest: Manifest,
    signedWith key: ReleaseKey
  ) async throws -> ModelBundle {
    if let stored = try await ledger.bundle(of: manifest.digest) { return stored }
    return try ModelBundle(manifest, signedWith: key)
  }
}

extension Submission {
  /// A signed envelope as the ledger takes it.
  init(_ envelope: Envelope) throws(Refusal) {
    guard let signature = envelope.signature else { throw .unsigned }
    self.init(
      statement: envelope.statement,
      proof: .signature(armor: signature, second: envelope.second)
    )
  }
}

extension Transformer.Fault {
  /// What is wrong with a probe.
  fileprivate var words: String {
    switch self {
    case .empty: "one has no token"
    case .tooLong(let count, let positions):
      "one has \(count) tokens, the model \(positions) places"
    case .unknownToken(let token, let vocabulary):
      "there is no token \(token), only 0 to \(vocabulary - 1)"
    case .nonFinite(let position): "NaN or infinity after token \(position) of one"
    }
  }
}
