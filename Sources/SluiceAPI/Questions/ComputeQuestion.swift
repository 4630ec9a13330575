public import SluiceEncoding
public import SluiceGovernance

/// What a deployment is asked to compute about a tier and, unless it is only looked at, to put on record.
public struct ComputeQuestion: Body {
  /// What can be computed (governance-domain 11).
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case earlyAccess = "early-access"
    case misuseWatch = "misuse-watch"
    case uptake
    case serviceLevel = "service-level"
    case replicationCost = "replication-cost"
  }

  /// The tier.
  public let tier: Tier.ID
  /// What is computed.
  public let kind: Kind
  /// Of `early-access`, the group; where the policy has one, it need not be named.
  public let group: Group.ID?
  /// Of `replication-cost`, and of nothing else, what is declared.
  public let cost: ReplicationCost?
  /// Whether nothing is to be recorded.
  public let isDry: Bool

  /// Composes a question.
  public init(
    tier: Tier.ID,
    kind: Kind,
    group: Group.ID? = nil,
    cost: ReplicationCost? = nil,
    isDry: Bool = false
  ) {
    self.tier = tier
    self.kind = kind
    self.group = group
    self.cost = cost
    self.isDry = isDry
  }

  /// `{"cost"?,"dry_run"?,"group"?,"kind","tier"}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "kind": .string(kind.rawValue), "tier": .string(tier.rawValue),
    ]
    members["dry_run"] = isDry ? .bool(true) : nil
    members["cost"] = cost?.json
    members["group"] = group.map { .string($0.rawValue) }
    return .object(members)
  }

  /// Reads a question; what goes with another kind is refused.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "compute question")
    var cost: ReplicationCost?
    if var inputs = try fields.optionalFields("cost") {
      cost = try ReplicationCost(&inputs)
      try inputs.finish()
    }
    self.init(
      tier: try fields.name("tier"),
      kind: try fields.word("kind"),
      group: try fields.optionalName("group"),
      cost: cost,
      isDry: try fields.optionalBool("dry_run") ?? false
    )
    guard (kind == .replicationCost) == (cost != nil) else {
      throw fields.fault("cost", "goes with replication-cost, which needs it")
    }
    guard group == nil || kind == .earlyAccess else {
      throw fields.fault("group", "goes with early-access")
    }
    try fields.finish()
  }
}

extension ReplicationCost {
  /// The inputs by the names of the command line's flags.
  fileprivate var json: JSONValue {
    .object([
      "currency": .string(currency), "gigaflops": .integer(gigaflops),
      "hardware": .string(hardware), "parameters": .integer(parameters),
      "price": .string(unitPrice), "priced_at": .string(pricedAt.description),
      "tokens": .integer(tokens), "utilisation": .integer(utilisation),
    ])
  }

  fileprivate init(_ fields: inout JSONFields) throws(Malformed) {
    self.init(
      parameters: try fields.integer("parameters"),
      tokens: try fields.integer("tokens"),
      hardware: try fields.string("hardware"),
      gigaflops: try fields.integer("gigaflops"),
      utilisation: try fields.integer("utilisation"),
      unitPrice: try fields.string("price"),
      currency: try fields.string("currency"),
      pricedAt: try fields.instant("priced_at")
    )
  }
}
