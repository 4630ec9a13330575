public import SluiceEncoding
public import SluiceGovernance

/// Who received what, as the auditor's answer shows it: what the log says, and what is known besides.
public struct PossessionLine: Body {
  /// What the log says.
  public let possession: Possession
  /// The organisation that the registry has for the principal.
  public let organisation: Principal.ID?
  /// The statements by which the approvers approved, in their order.
  public let approvals: [Statement.ID]

  /// Composes a line.
  public init(
    _ possession: Possession,
    organisation: Principal.ID?,
    approvals: [Statement.ID] = []
  ) {
    self.possession = possession
    self.organisation = organisation
    self.approvals = approvals
  }

  /// An item of the auditor's answer, by the names of interface 4.
  ///
  /// The member `token` is the credential: `token:ID`, or `key:` and the key's fingerprint.
  public var json: JSONValue {
    var members: JSONObject = [
      "approvals": .names(approvals),
      "approvers": .names(possession.approvers),
      "bytes": .integer(possession.bytes),
      "complete": .bool(possession.isComplete),
      "file": .string(possession.file),
      "first": .string(possession.first.description),
      "grant": .string(possession.grant.rawValue),
      "last": .string(possession.last.description),
      "sha256": .string(possession.sha256.hex),
      "size": .integer(possession.size),
      "tier": .string(possession.tier.rawValue),
      "token": .string(possession.credential),
    ]
    members["case"] = possession.case.map { .integer($0) }
    members["organisation"] = organisation.map { .string($0.rawValue) }
    members["principal"] = possession.principal.map { .string($0.rawValue) }
    return .object(members)
  }

  /// Reads an item.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "possession")
    possession = Possession(
      principal: try fields.optionalPrincipal("principal"),
      credential: try fields.string("token"),
      grant: try fields.identity("grant"),
      tier: try fields.name("tier"),
      file: try fields.string("file"),
      sha256: try fields.digest("sha256"),
      size: try fields.count("size"),
      bytes: try fields.integer("bytes"),
      isComplete: try fields.bool("complete"),
      first: try fields.instant("first"),
      last: try fields.instant("last"),
      case: try fields.optionalInteger("case"),
      approvers: try fields.names("approvers")
    )
    organisation = try fields.optionalPrincipal("organisation")
    approvals = try fields.names("approvals")
    try fields.finish()
  }
}
