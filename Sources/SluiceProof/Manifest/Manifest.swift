public import SluiceEncoding

/// Which files with which digests a model consists of, as a statement to be signed.
///
/// The statement of OpenSSF Model Signing, method `files`. Its bytes are kept as they were made or
/// read, because the signature covers those. signing-and-log 5.2.
public struct Manifest: Hashable, Sendable {
  /// One file.
  public struct Resource: Hashable, Sendable {
    /// Relative to the model's directory, separated by `/`.
    public let path: String
    /// The digest of its content.
    public let sha256: SHA256Digest
    /// The number of its bytes; upstream's manifests do not say.
    public let size: Int?

    /// Names a file; nothing is checked here.
    public init(path: String, sha256: SHA256Digest, size: Int?) {
      self.path = path
      self.sha256 = sha256
      self.size = size
    }
  }

  /// What this deployment adds as `predicate.sluice`: what the files were bound to.
  public struct Binding: Hashable, Sendable {
    /// The release.
    public let release: String
    /// Its tier.
    public let tier: String
    /// The origin of the deployment's log.
    public let audience: String

    /// Names what the files are bound to.
    public init(release: String, tier: String, audience: String) {
      self.release = release
      self.tier = tier
      self.audience = audience
    }
  }

  /// The name of the model, `OWNER/NAME@TIER` in manifests made here.
  public let model: String
  /// The files, each path once; sorted by path components in manifests made here.
  public let resources: [Resource]
  /// The SHA-256 of the raw digests of the files in their order; it does not cover their paths.
  public let root: SHA256Digest
  /// What in the directory is not covered.
  public let ignoredPaths: [String]
  /// What the files were bound to; none in upstream's manifests.
  public let binding: Binding?
  /// The exact bytes that are signed.
  public let statement: [UInt8]

  /// The largest statement that is read.
  static let maximumBytes = 16 << 20

  /// What a manifest is known by everywhere, `manifest_sha256`: the digest of the statement.
  public var digest: SHA256Digest { SHA256Digest(of: statement) }

  /// Makes the manifest of some files, in any order.
  ///
  /// - Throws: `Malformed` for paths that the rules refuse or leave out (see `check(path:)`), for
  ///   two of one name, and unless there is a size for each file exactly if there is a binding.
  public init(
    model: String,
    resources: [Resource],
    binding: Binding?
  ) throws(Malformed) {
    let sorted = resources.sorted { Self.precedes($0.path, $1.path) }
    for resource in sorted {
      guard !Self.isLeftOut(resource.path) else {
        throw Self.fault(resource.path, "is never covered by a manifest")
      }
      guard (resource.size == nil) == (binding == nil), (resource.size ?? 0) >= 0 else {
        throw Self.fault(resource.path, "must have a size exactly if the manifest has a binding")
      }
    }
    let root = Self.root(of: sorted)
    let ignored = [Self.bundlePath]
    let parts = Parts(
      model: model,
      resources: sorted,
      root: root,
      ignoredPaths: ignored,
      binding: binding
    )
    try self.init(parts, statement: Self.json(parts).canonical)
  }

  /// What a statement says, before its bytes are known or after they were read.
  struct Parts {
    let model: String
    let resources: [Resource]
    let root: SHA256Digest
    let ignoredPaths: [String]
    let binding: Binding?
  }

  init(_ parts: Parts, statement: [UInt8]) throws(Malformed) {
    guard !parts.model.isEmpty else { throw Malformed("manifest", "must name the model") }
    try Self.check(paths: parts.resources.map(\.path))
    guard Self.root(of: parts.resources) == parts.root else {
      throw Malformed("manifest", "has a root that its resources do not make")
    }
    model = parts.model
    resources = parts.resources
    root = parts.root
    ignoredPaths = parts.ignoredPaths
    binding = parts.binding
    self.statement = statement
  }

  private static func root(of resources: [Resource]) -> SHA256Digest {
    var hasher = SHA256Hasher()
    for resource in resources { hasher.update(resource.sha256.bytes) }
    return hasher.finalize()
  }
}
