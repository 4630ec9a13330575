internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger
internal import SluiceProof

/// The repositories that were laid out last, kept until their releases change.
///
/// Laying one out reads policies and small files; a download asks once a file. What is kept is
/// compared with the log before it is used, because another process writes there too.
actor Repositories {
  private struct Kept {
    let revision: Int?
    let repository: Repository
  }

  private let ledger: Ledger
  private var kept: [Release.ID: Kept] = [:]
  private var files: [SHA256Digest: [RepositoryFile]] = [:]

  /// Lays out what `ledger` remembers.
  init(_ ledger: Ledger) { self.ledger = ledger }

  /// The repository of a release.
  ///
  /// - Throws: `Refusal.unknownRelease` if nobody has set the name aside; ``BlobFault`` if a small
  ///   file is not what was imported; what SQLite threw.
  func repository(_ id: Release.ID) async throws -> Repository {
    let revision = try await ledger.revision(of: id)
    if let kept = kept[id], kept.revision == revision { return kept.repository }
    let release = try await ledger.release(id, scope: .levelOnly)
    for opening in release.openings.values {
      for (tier, manifest) in opening.manifests where files[manifest] == nil {
        files[manifest] = try await list(manifest, of: tier)
      }
    }
    let repository = Repository(
      id,
      stages: OpenStage.all(of: release),
      files: files,
      sealed: release.adoption?.policy.sealed ?? [:]
    )
    kept[id] = Kept(revision: revision, repository: repository)
    return repository
  }

  /// A repository with what somebody was granted of it in an emergency, where no stage offers it.
  func repository(
    _ repository: Repository,
    for principal: Principal.ID
  ) async throws -> Repository {
    var extended = repository
    let grants = try await ledger.grants(of: repository.id, heldBy: principal)
    for grant in grants where grant.terms.stage == nil {
      for (tier, manifest) in grant.terms.tiers.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        if files[manifest] == nil { files[manifest] = try await list(manifest, of: tier) }
        guard let listed = files[manifest], !listed.isEmpty else { continue }
        let commit = Repository.Commit(tier, manifest, at: grant.terms.notBefore, files: listed)
        extended = extended.adding(tier, commit)
      }
    }
    return extended
  }

  private func list(_ manifest: SHA256Digest, of tier: Tier.ID) async throws -> [RepositoryFile] {
    var found: [RepositoryFile] = []
    for file in try await ledger.files(of: manifest) {
      if RepositoryFile.isLarge(file.path, size: file.size) {
        found.append(.large(file, of: tier, manifest))
      } else {
        found.append(.small(file.path, try await content(of: file), of: tier, manifest))
      }
    }
    if let bundle = try await ledger.bundle(of: manifest) {
      found.append(.small("model.sig", bundle.bytes, of: tier, manifest))
    }
    return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private func content(of file: ManifestFile) async throws -> [UInt8] {
    guard let home = ledger.home, let blob = try await ledger.recordedBlob(file.sha256) else {
      throw BlobFault.missing(file.sha256)
    }
    return try Blobs(in: home.blobs).read(blob)
  }
}
