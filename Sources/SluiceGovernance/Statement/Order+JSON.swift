internal import SluiceEncoding

extension Statement.Order {
  var members: JSONObject {
    var members: JSONObject = ["code": .string(code.rawValue), "text": .string(text)]
    members["since"] = since.map { .string($0.description) }
    members["until"] = until.map { .string($0.description) }
    return members
  }

  init(_ fields: inout JSONFields, subject: Statement.Subject) throws(Malformed) {
    let since = try fields.optionalInstant("since")
    guard since == nil || subject.name.rest(after: "key:") != nil else {
      throw fields.fault("since", "only of a key")
    }
    self.init(
      code: try ReasonCode(&fields),
      text: try fields.saying("text", limit: Statement.limit),
      until: try fields.optionalInstant("until"),
      since: since
    )
  }
}

extension Statement.KeyChange {
  var members: JSONObject {
    [
      "action": .string(action.rawValue), "key": .string(key),
      "previous": .string(previous?.rawValue ?? ""),
    ]
  }

  init(_ fields: inout JSONFields) throws(Malformed) {
    guard let action = Action(rawValue: try fields.string("action")) else {
      throw fields.fault("action", "must be add or end")
    }
    let key = try fields.string("key")
    let previous = try fields.string("previous")
    let digest = try? SHA256Digest(hex: previous)
    guard previous.isEmpty || digest != nil else {
      throw fields.fault("previous", "must be 64 lower-case hexadecimal digits or empty")
    }
    self.init(action: action, key: key, previous: digest.map { Statement.ID($0.hex) })
  }
}
