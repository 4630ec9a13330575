public import SluiceEncoding
public import SluiceGovernance

/// One measurement on record, with who checked it.
public struct EvidenceLine: Body {
  /// Somebody's word that they checked it.
  public struct Confirmation: Hashable, Sendable {
    /// The `confirm` statement.
    public let statement: Statement.ID
    /// Who; `nil` for readers who may not see persons.
    public let by: Principal.ID?
    /// Log time.
    public let at: Instant

    /// Composes a confirmation.
    public init(statement: Statement.ID, by: Principal.ID?, at: Instant) {
      self.statement = statement
      self.by = by
      self.at = at
    }
  }

  /// The `evidence` statement, or the `report` of a leak.
  public let id: Evidence.ID
  /// The release.
  public let release: Release.ID
  /// The tiers that stand for what was measured, sorted; none if no tier does any more.
  public let tiers: [Tier.ID]
  /// What was measured: a manifest, or the name of a tier that is a service.
  public let manifest: SHA256Digest
  /// The kind, a free name.
  public let kind: String
  /// Name → decimal text.
  public let metrics: [String: String]
  /// How it was measured.
  public let method: String
  /// Files that belong to it: name → digest.
  public let attachments: [String: SHA256Digest]
  /// Whether everybody may read the attachments once the release is public.
  public let publishes: Bool
  /// Who measured; `nil` for readers who may not see persons.
  public let by: Principal.ID?
  /// Log time.
  public let at: Instant
  /// Whether it is the report of a leak, which counts only once a steward has confirmed it.
  public let isReport: Bool
  /// Who checked it, in log order, without those who took it back.
  public let confirmations: [Confirmation]

  /// Composes a line.
  public init(
    id: Evidence.ID,
    release: Release.ID,
    tiers: [Tier.ID],
    manifest: SHA256Digest,
    kind: String,
    metrics: [String: String],
    method: String,
    attachments: [String: SHA256Digest] = [:],
    publishes: Bool = false,
    by: Principal.ID?,
    at: Instant,
    isReport: Bool = false,
    confirmations: [Confirmation] = []
  ) {
    self.id = id
    self.release = release
    self.tiers = tiers
    self.manifest = manifest
    self.kind = kind
    self.metrics = metrics
    self.method = method
    self.attachments = attachments
    self.publishes = publishes
    self.by = by
    self.at = at
    self.isReport = isReport
    self.confirmations = confirmations
  }

  /// Shows a measurement; `named` says which persons the reader may see.
  public init(
    _ evidence: Evidence,
    in release: Release,
    named: (Principal.ID) -> Principal.ID? = { $0 }
  ) {
    let tiers = release.adoption?.policy.tiers.map(\.id) ?? []
    self.init(
      id: evidence.id,
      release: release.id,
      tiers: tiers.filter { release.standing(of: $0) == evidence.manifest }
        .sorted { $0.rawValue < $1.rawValue },
      manifest: evidence.manifest,
      kind: evidence.kind,
      metrics: evidence.metrics,
      method: evidence.method,
      attachments: evidence.attachments,
      publishes: evidence.publishes,
      by: named(evidence.by),
      at: evidence.at,
      isReport: evidence.isReport,
      confirmations: evidence.confirmations.map {
        Confirmation(statement: $0.statement, by: named($0.by), at: $0.at)
      }
    )
  }

  /// An item of `evidence`.
  public var json: JSONValue {
    var members: JSONObject = [
      "at": .string(at.description),
      "attachments": .files(attachments),
      "confirmations": .array(confirmations.map(\.json)),
      "id": .string(id.rawValue),
      "kind": .string(kind),
      "manifest_sha256": .string(manifest.hex),
      "method": .string(method),
      "metrics": .texts(metrics),
      "publish": .bool(publishes),
      "release": .string(release.rawValue),
      "report": .bool(isReport),
      "tiers": .names(tiers),
    ]
    members["by"] = by.map { .string($0.rawValue) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "evidence")
    var confirmations: [Confirmation] = []
    for value in try fields.array("confirmations") {
      var item = try JSONFields(value, format: "evidence", path: "confirmations")
      confirmations.append(
        Confirmation(
          statement: try item.identity("statement"),
          by: try item.optionalPrincipal("by"),
          at: try item.instant("at")
        )
      )
      try item.finish()
    }
    self.init(
      id: try fields.identity("id"),
      release: try fields.release("release"),
      tiers: try fields.names("tiers"),
      manifest: try fields.digest("manifest_sha256"),
      kind: try fields.string("kind"),
      metrics: try fields.map("metrics"),
      method: try fields.string("method"),
      attachments: try fields.files("attachments"),
      publishes: try fields.bool("publish"),
      by: try fields.optionalPrincipal("by"),
      at: try fields.instant("at"),
      isReport: try fields.bool("report"),
      confirmations: confirmations
    )
    try fields.finish()
  }
}

extension EvidenceLine.Confirmation {
  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "at": .string(at.description), "statement": .string(statement.rawValue),
    ]
    members["by"] = by.map { .string($0.rawValue) }
    return .object(members)
  }
}
