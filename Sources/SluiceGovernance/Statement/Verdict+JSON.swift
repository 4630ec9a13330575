internal import SluiceEncoding

extension Statement.Verdict {
  var members: JSONObject {
    [
      "case": .string(`case`.rawValue), "manifests": .digests(manifests),
      "policy": .string(policy.hex), "reason": .string(reason),
      "revision": .string(revision.rawValue),
    ]
  }

  init(_ fields: inout JSONFields, reason: String) throws(Malformed) {
    self.init(
      case: Case.ID(try fields.digest("case").hex),
      revision: Case.Revision.ID(try fields.digest("revision").hex),
      policy: try fields.digest("policy"),
      manifests: try fields.digests("manifests"),
      reason: reason
    )
  }
}

extension ReasonCode {
  init(_ fields: inout JSONFields) throws(Malformed) {
    guard let code = ReasonCode(rawValue: try fields.string("code")) else {
      let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw fields.fault("code", "must be one of \(known)")
    }
    self = code
  }
}
