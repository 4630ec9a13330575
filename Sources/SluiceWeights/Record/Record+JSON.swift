public import SluiceEncoding

extension Record {
  /// Reads a record of at most 16 MiB, strictly.
  public init(parsing bytes: [UInt8]) throws(Malformed) {
    let rules = JSONRules(
      maximumDepth: 8,
      maximumBytes: 16 << 20,
      allowsDecimals: false,
      allowsNegative: false
    )
    let value = try JSONValue(parsing: bytes, rules, format: "record")
    var fields = try JSONFields(value, format: "record")
    let format = try fields.string("format")
    guard format.utf8.elementsEqual(Self.format.utf8) else {
      throw fields.fault("format", "this version reads \(Self.format)")
    }
    let contract = try fields.string("contract")
    let reason = try fields.optionalString("reason")
    var tolerance: Tolerance?
    if var figures = try fields.optionalFields("tolerance") {
      tolerance = Tolerance(rms: try figures.float("rms"), max: try figures.float("max"))
      try figures.finish()
    }
    var probes: [Probe] = []
    for (index, value) in try fields.array("probes").enumerated() {
      probes.append(try Probe(JSONFields(value, format: "record", path: "probes[\(index)]")))
    }
    try fields.finish()
    guard probes.isEmpty ? reason != nil : tolerance != nil else {
      throw Malformed("record", "needs probes and a tolerance, or a reason why there are none")
    }
    self.init(contract: contract, probes: probes, tolerance: tolerance, reason: reason)
  }

  /// The record as it is written.
  public var json: JSONValue {
    var object: JSONObject = [
      "format": .string(Self.format), "contract": .string(contract),
      "probes": .array(probes.map(\.json)),
    ]
    if let reason { object["reason"] = .string(reason) }
    if let tolerance {
      object["tolerance"] = [
        "rms": .string(tolerance.rms.description), "max": .string(tolerance.max.description),
      ]
    }
    return .object(object)
  }
}

extension Record.Probe {
  init(_ fields: JSONFields) throws(Malformed) {
    var fields = fields
    var ids: [Int] = []
    for value in try fields.array("ids") {
      guard let id = value.integerValue else { throw fields.fault("ids", "must be integers") }
      ids.append(id)
    }
    self.ids = ids
    switch try fields.string("rows") {
    case "all": coversAllRows = true
    case "last": coversAllRows = false
    default: throw fields.fault("rows", "must be all or last")
    }
    logits = try fields.digest("logits_sha256")
    var top: [Record.Candidate] = []
    for value in try fields.array("top") {
      guard let pair = value.arrayValue, pair.count == 2, let id = pair[0].integerValue,
        let logit = pair[1].stringValue.flatMap(Float.init(recorded:))
      else { throw fields.fault("top", "must be pairs of a token and a decimal text") }
      top.append(Record.Candidate(id: id, logit: logit))
    }
    self.top = top
    var hidden: [SHA256Digest] = []
    for value in try fields.optionalArray("hidden_sha256") ?? [] {
      guard let text = value.stringValue else { throw fields.fault("hidden_sha256", "no text") }
      hidden.append(try SHA256Digest(hex: text))
    }
    self.hidden = hidden
    try fields.finish()
  }

  var json: JSONValue {
    var object: JSONObject = [
      "ids": .array(ids.map { .integer($0) }), "rows": coversAllRows ? "all" : "last",
      "logits_sha256": .string(logits.hex),
      "top": .array(top.map { [.integer($0.id), .string($0.logit.description)] }),
    ]
    if !hidden.isEmpty { object["hidden_sha256"] = .array(hidden.map { .string($0.hex) }) }
    return .object(object)
  }
}

extension JSONFields {
  fileprivate mutating func float(_ name: String) throws(Malformed) -> Float {
    guard let value = Float(recorded: try string(name)) else {
      throw fault(name, "must be the shortest decimal text of a number")
    }
    return value
  }
}

extension Float {
  // The shortest text that reads back to the same bits, and no other: print and compare.
  fileprivate init?(recorded text: String) {
    guard let value = Float(text), value.isFinite else { return nil }
    guard value.description.utf8.elementsEqual(text.utf8) else { return nil }
    self = value
  }
}
