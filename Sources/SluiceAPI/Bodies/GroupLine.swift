public import SluiceEncoding
public import SluiceGovernance

/// A group of people who may receive, as the release's page shows it.
public struct GroupLine: Body {
  /// Its name.
  public let group: Group.ID
  /// The role whose heads invite and remove members.
  public let managers: Role.ID
  /// What is recorded of each member, in file order.
  public let describe: [String]
  /// What the field `sector` may say; empty: anything.
  public let sectors: [String]

  /// Shows a group.
  public init(_ group: Group) {
    self.group = group.id
    managers = group.managers
    describe = group.describe
    sectors = group.sectors
  }

  /// `{"describe","group","managers","sectors"}`.
  public var json: JSONValue {
    .object([
      "describe": .array(describe.map { .string($0) }), "group": .string(group.rawValue),
      "managers": .string(managers.rawValue), "sectors": .array(sectors.map { .string($0) }),
    ])
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "group")
    group = try fields.name("group")
    managers = try fields.name("managers")
    describe = try fields.texts("describe")
    sectors = try fields.texts("sectors")
    try fields.finish()
  }
}
