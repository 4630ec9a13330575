public import SluiceAPI
public import SluiceEncoding
public import SluiceGovernance
public import SluiceLedger
internal import SluiceProof
internal import Foundation
internal import SluiceWeights

/// Binds a directory to a tier: check, hash, import, record, sign, and let the ledger take it in.
///
/// What is refused or interrupted leaves nothing behind: files enter the blobs under one import, and
/// the manifest is stored in the transaction of the `bind` statement.
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
    /// What should be known about the weights.
    public let warnings: [String]
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

    /// Chooses.
    public init(movesFiles: Bool = false, allowsNonFinite: Bool = false) {
      self.movesFiles = movesFiles
      self.allowsNonFinite = allowsNonFinite
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
    let directory = selection.directory.path(percentEncoded: false)
    let inspection = try Inspection(
      of: directory,
      files: selection.files.map(\.path),
      allowsNonFinite: options.allowsNonFinite
    )
    guard inspection.faults.isEmpty else {
      throw Fault.files(inspection.faults.map(\.description))
    }
    let key = try ReleaseKey(
      pem: String(decoding: try Home.secret(at: home.releaseKey), as: UTF8.self)
    )
    return try await Blobs(in: home.blobs).importing { intake in
      var resources: [Manifest.Resource] = []
      for file in selection.files {
        let blob = try await intake.take(
          selection.directory.appending(path: file.path, directoryHint: .notDirectory),
          by: options.movesFiles ? .move : .copy,
          progress: progress
        )
        resources.append(.init(path: file.path, sha256: blob.sha256, size: blob.size))
      }
      let record = try self.record(of: directory, resources: resources)
      let blob = try await intake.take(record)
      resources.append(
        .init(path: Selection.recordPath, sha256: blob.sha256, size: blob.size)
      )
      let manifest = try self.manifest(of: resources)
      let bundle = try await self.bundle(for: manifest, signedWith: key)
      let envelope = try sign(manifest.digest)
      _ = try await ledger.perform(
        [try Submission(envelope)],
        manifests: [bundle],
        at: instant
      )
      return Bound(
        tier: tier,
        manifest: manifest.digest,
        files: resources.count,
        bytes: resources.reduce(0) { $0 + ($1.size ?? 0) },
        warnings: inspection.warnings.map(\.description)
      )
    }
  }

  /// What the model computes, if there is one among the files; probes follow from their digests.
  private func record(of directory: String, resources: [Manifest.Resource]) throws -> [UInt8] {
    guard resources.contains(where: { $0.path.hasSuffix(".safetensors") && !$0.path.contains("/") })
    else {
      return Record(notExecutable: .architecture("a tier without weights")).json.canonical
    }
    let seed = SHA256Digest(of: resources.flatMap(\.sha256.bytes))
    return try Record(of: try Checkpoint(opening: directory), seed: seed).json.canonical
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
