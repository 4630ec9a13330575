package import SluiceEncoding
package import SluiceGovernance
internal import SluiceLedger
internal import SluiceProof

/// A file as Hub clients see it.
package struct RepositoryFile: Hashable, Sendable {
  /// Its path in the repository.
  package let path: String
  /// The digest of its content, which is its tag and its name in clients' caches.
  package let sha256: SHA256Digest
  /// Its length in bytes.
  package let size: Int
  /// The tier through which it is there.
  package let tier: Tier.ID
  /// The manifest of that tier.
  package let manifest: SHA256Digest
  /// The name that git would give to it, or to its pointer.
  package let oid: String
  /// The length of its git-lfs pointer; `nil` of a small file.
  package let pointerSize: Int?

  /// Describes a file.
  package init(
    path: String,
    sha256: SHA256Digest,
    size: Int,
    tier: Tier.ID,
    manifest: SHA256Digest,
    oid: String,
    pointerSize: Int?
  ) {
    self.path = path
    self.sha256 = sha256
    self.size = size
    self.tier = tier
    self.manifest = manifest
    self.oid = oid
    self.pointerSize = pointerSize
  }

  /// Whether it is `model.sig`, which no manifest can list: its bytes are the ledger's.
  var isBundle: Bool { path.utf8.elementsEqual(Manifest.bundlePath.utf8) }

  /// Whether Hub clients take such a file for one that git-lfs keeps.
  static func isLarge(_ path: String, size: Int) -> Bool {
    size >= 1 << 20 || path.utf8.suffix(12).elementsEqual(".safetensors".utf8)
  }

  /// A file that git-lfs keeps; its content need not be read.
  static func large(_ file: ManifestFile, of tier: Tier.ID, _ manifest: SHA256Digest) -> Self {
    let pointer = GitObject.pointer(to: file.sha256, size: file.size)
    return RepositoryFile(
      path: file.path,
      sha256: file.sha256,
      size: file.size,
      tier: tier,
      manifest: manifest,
      oid: GitObject.blob(pointer),
      pointerSize: pointer.count
    )
  }

  /// A small file, or the bundle.
  static func small(
    _ path: String,
    _ content: [UInt8],
    of tier: Tier.ID,
    _ manifest: SHA256Digest
  ) -> Self {
    RepositoryFile(
      path: path,
      sha256: SHA256Digest(of: content),
      size: content.count,
      tier: tier,
      manifest: manifest,
      oid: GitObject.blob(content),
      pointerSize: nil
    )
  }
}
