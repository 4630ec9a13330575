public import SluiceEncoding
public import SluiceGovernance

/// One release, as the list of them shows it.
public struct ReleaseLine: Body {
  /// `OWNER/NAME`.
  public let release: Release.ID
  /// The title of its policy.
  public let title: String
  /// The version of the policy in force; `nil` while none is.
  public let version: Int?
  /// Since when strangers may know of it; `nil` while they may not.
  public let publicSince: Instant?
  /// The tiers that an open stage gives to everyone, in file order.
  public let everyone: [Tier.ID]
  /// The tiers that an open stage gives to whom it admits, in file order.
  public let gated: [Tier.ID]

  /// Composes a line.
  public init(
    release: Release.ID,
    title: String,
    version: Int?,
    publicSince: Instant?,
    everyone: [Tier.ID],
    gated: [Tier.ID]
  ) {
    self.release = release
    self.title = title
    self.version = version
    self.publicSince = publicSince
    self.everyone = everyone
    self.gated = gated
  }

  /// Shows a release in force; `nil` before version 1 is adopted.
  public init?(_ release: Release) {
    guard let policy = release.adoption?.policy else { return nil }
    let open = policy.stages.filter { release.openings[$0.id] != nil }
    let everyone = Set(open.filter { $0.admits == .everyone }.flatMap(\.offers))
    let gated = Set(open.flatMap(\.offers)).subtracting(everyone)
    self.init(
      release: release.id,
      title: policy.title,
      version: policy.version,
      publicSince: release.publicSince,
      everyone: policy.tiers.map(\.id).filter(everyone.contains),
      gated: policy.tiers.map(\.id).filter(gated.contains)
    )
  }

  /// `{"everyone","gated","public_since"?,"release","title","version"?}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "everyone": .names(everyone), "gated": .names(gated),
      "release": .string(release.rawValue), "title": .string(title),
    ]
    members["public_since"] = publicSince.map { .string($0.description) }
    members["version"] = version.map { .integer($0) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "releases")
    self.init(
      release: try fields.release("release"),
      title: try fields.string("title"),
      version: try fields.optionalInteger("version"),
      publicSince: try fields.optionalInstant("public_since"),
      everyone: try fields.names("everyone"),
      gated: try fields.names("gated")
    )
    try fields.finish()
  }
}
