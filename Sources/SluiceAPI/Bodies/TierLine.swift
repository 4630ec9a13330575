public import SluiceEncoding
public import SluiceGovernance

/// One tier of a release, as its page shows it.
public struct TierLine: Body {
  /// Its name.
  public let tier: Tier.ID
  /// What is in it; affects display only.
  public let kind: Tier.Kind
  /// What it stands for: pinned once a stage that offers it has opened, until then the last
  /// proposal; `nil` while it is unbound.
  public let manifest: SHA256Digest?
  /// Whether an open stage offers it.
  public let isOpen: Bool
  /// Whether an open stage gives it to everyone.
  public let isForEveryone: Bool
  /// Why it is never offered, if it is sealed.
  public let sealed: String?
  /// Its files, sorted by path.
  public let files: [FileLine]

  /// Composes a line.
  public init(
    tier: Tier.ID,
    kind: Tier.Kind,
    manifest: SHA256Digest?,
    isOpen: Bool,
    isForEveryone: Bool,
    sealed: String? = nil,
    files: [FileLine]
  ) {
    self.tier = tier
    self.kind = kind
    self.manifest = manifest
    self.isOpen = isOpen
    self.isForEveryone = isForEveryone
    self.sealed = sealed
    self.files = files
  }

  /// The sizes of its files together.
  public var bytes: Int { files.reduce(0) { $0 &+ $1.size } }

  /// `{"bytes","everyone","files","kind","manifest_sha256"?,"open","sealed"?,"tier"}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "bytes": .integer(bytes),
      "everyone": .bool(isForEveryone),
      "files": .array(files.map(\.json)),
      "kind": .string(kind.rawValue),
      "open": .bool(isOpen),
      "tier": .string(tier.rawValue),
    ]
    members["manifest_sha256"] = manifest.map { .string($0.hex) }
    members["sealed"] = sealed.map { .string($0) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "tier")
    self.init(
      tier: try fields.name("tier"),
      kind: try fields.word("kind"),
      manifest: try fields.optionalDigest("manifest_sha256"),
      isOpen: try fields.bool("open"),
      isForEveryone: try fields.bool("everyone"),
      sealed: try fields.optionalString("sealed"),
      files: try fields.bodies("files")
    )
    guard try fields.integer("bytes") == bytes else {
      throw Malformed("tier", "bytes is not the sum of the files' sizes")
    }
    try fields.finish()
  }
}

/// One file of a tier.
public struct FileLine: Body {
  /// The path in the tier.
  public let path: String
  /// Bytes.
  public let size: Int
  /// The digest of its bytes.
  public let sha256: SHA256Digest

  /// Composes a line.
  public init(path: String, size: Int, sha256: SHA256Digest) {
    self.path = path
    self.size = size
    self.sha256 = sha256
  }

  /// `{"path","sha256","size"}`.
  public var json: JSONValue {
    .object([
      "path": .string(path), "sha256": .string(sha256.hex), "size": .integer(size),
    ])
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "file")
    self.init(
      path: try fields.string("path"),
      size: try fields.count("size"),
      sha256: try fields.digest("sha256")
    )
    try fields.finish()
  }
}
