internal import SluiceEncoding

extension Statement.Rewording {
  var members: JSONObject {
    var members: JSONObject = ["revision": .string(revision.rawValue)]
    members["purpose"] = purpose.map { .string($0) }
    members["tiers"] = tiers.map { .tiers($0) }
    members["manifests"] = manifests.map { .digests($0) }
    return members
  }

  init(_ fields: inout JSONFields) throws(Malformed) {
    self.init(
      revision: Case.Revision.ID(try fields.digest("revision").hex),
      purpose: try fields.optionalText("purpose", limit: Statement.Filing.limit),
      tiers: try fields.optionalTiers("tiers"),
      manifests: try fields.optionalDigests("manifests")
    )
  }
}

extension Statement.Occasion {
  var members: JSONObject {
    switch self {
    case .case(let id): ["case": .string(id.rawValue)]
    case .grant(let id): ["grant": .string(id.rawValue)]
    }
  }

  init(_ fields: inout JSONFields) throws(Malformed) {
    switch (try fields.optionalDigest("case"), try fields.optionalDigest("grant")) {
    case (let id?, nil): self = .case(Case.ID(id.hex))
    case (nil, let id?): self = .grant(Grant.ID(id.hex))
    case (nil, nil): throw fields.fault("case", "missing; answers are given for a case or a grant")
    case (_?, _?): throw fields.fault("grant", "answers are given for a case or a grant, not both")
    }
  }
}
