internal import SluiceEncoding

extension Statement.Finding {
  var members: JSONObject {
    [
      "attachments": .object(
        JSONObject(attachments.map { .init(name: $0.key, value: .string($0.value.hex)) })
      ),
      "kind": .string(kind), "method": .string(method), "metrics": .texts(metrics),
      "publish": .bool(publishes),
    ]
  }

  init(_ fields: inout JSONFields) throws(Malformed) {
    let metrics = try fields.texts("metrics", limit: 64)
    for (name, text) in metrics where ExactDecimal(text) == nil {
      throw fields.fault("metrics", "\(name): must be a decimal number")
    }
    self.init(
      kind: try fields.name("kind"),
      metrics: metrics,
      method: try fields.text("method", limit: Statement.limit),
      attachments: try fields.files("attachments"),
      publishes: try fields.bool("publish")
    )
  }
}

extension Statement.Claim {
  var members: JSONObject {
    var members: JSONObject = [
      "asserted_at": .string(assertedAt.description), "type": .string(type),
      "values": .texts(values),
    ]
    members["expires_at"] = expiresAt.map { .string($0.description) }
    return members
  }

  init(_ fields: inout JSONFields) throws(Malformed) {
    let values = try fields.texts("values", limit: 200)
    guard values.count <= 50 else { throw fields.fault("values", "more than 50 of them") }
    self.init(
      type: try fields.name("type"),
      values: values,
      assertedAt: try fields.instant("asserted_at"),
      expiresAt: try fields.optionalInstant("expires_at")
    )
  }
}
