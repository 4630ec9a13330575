public import SluiceEncoding
public import SluiceGovernance

extension Possession: Body {
  /// An item of the auditor's answer, by the names of interface 4.
  ///
  /// The member `token` is the credential: `token:ID`, or `key:` and the key's fingerprint.
  public var json: JSONValue {
    var members: JSONObject = [
      "approvers": .names(approvers),
      "bytes": .integer(bytes),
      "case": .integer(`case`),
      "complete": .bool(isComplete),
      "file": .string(file),
      "first": .string(first.description),
      "grant": .string(grant.rawValue),
      "last": .string(last.description),
      "sha256": .string(sha256.hex),
      "size": .integer(size),
      "tier": .string(tier.rawValue),
      "token": .string(credential),
    ]
    members["principal"] = principal.map { .string($0.rawValue) }
    return .object(members)
  }

  /// Reads an item.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "possession")
    self.init(
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
      case: try fields.integer("case"),
      approvers: try fields.names("approvers")
    )
    try fields.finish()
  }
}
