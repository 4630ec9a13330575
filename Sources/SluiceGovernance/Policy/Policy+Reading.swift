internal import SluiceEncoding

extension Policy {
  /// Reads a policy file.
  ///
  /// - Parameters:
  ///   - text: The file.
  ///   - source: What faults call the file.
  /// - Throws: Every error at once, in the order of the file: what the grammar does not allow, what
  ///   this version does not honour (P002), and the rules of governance-domain 15.1 that need
  ///   neither a roster nor other files.
  public init(text: String, source: String = "policy") throws(PolicyFaults) {
    let (policy, faults) = try Self.drafted(text: text, source: source)
    guard faults.isEmpty else { throw PolicyFaults(faults: faults) }
    self = policy
  }

  /// What can be made of a policy file, and all that is wrong with it by itself.
  ///
  /// - Throws: Only what keeps the file from being read at all (P001).
  static func drafted(
    text: String,
    source: String
  ) throws(PolicyFaults) -> (policy: Policy, faults: [PolicyFault]) {
    let reading = try PolicyDocument.Reading(.policy, text: text, source: source)
    let policy = Policy(reading, text: text)
    let stated = reading.faults + reading.unsupported
    return (policy, (stated + policy.faults(besides: stated)).sorted)
  }

  /// What can be made of a reading; names that are missing or unreadable are empty.
  private init(_ reading: PolicyDocument.Reading, text: String) {
    let root = reading.root
    id = root["id"]?.text ?? ""
    version = root["version"]?.integer ?? 0
    title = root["title"]?.text ?? ""
    previous = root["previous"]?.digest
    roles = root["roles"]?.items.map { Role.ID($0.text ?? "") } ?? []
    tiers = root["tiers"]?.members.map { Tier(Tier.ID($0.name), $0.value) } ?? []
    sealed = Dictionary(
      root["sealed"]?.members.map { (Tier.ID($0.name), $0.value.text ?? "") } ?? [],
      uniquingKeysWith: { first, _ in first }
    )
    terms = root["terms"]?.members.map { Terms(Terms.ID($0.name), $0.value) } ?? []
    forms = root["forms"]?.members.map { Form(Form.ID($0.name), $0.value) } ?? []
    groups = root["groups"]?.members.map { Group(Group.ID($0.name), $0.value) } ?? []
    gates = root["gates"]?.members.map { Gate(Gate.ID($0.name), $0.value) } ?? []
    stages = root["stages"]?.members.map { Stage(Stage.ID($0.name), $0.value) } ?? []
    governance = Governance(root["governance"] ?? .map([]))
    onAdoption = root["on-adoption"].map(OnAdoption.init) ?? .keep
    self.text = text
    canonical = root.json.canonical
    digest = SHA256Digest(of: canonical)
    self.root = root
    places = reading.places
  }
}

extension DocumentValue {
  /// The name that a member gives; the empty one if it gives none.
  func name<Subject>(_ key: String) -> Identifier<Subject> { Identifier(self[key]?.text ?? "") }

  /// The texts of a member that is a list of them.
  func texts(_ key: String) -> [String] { self[key]?.items.compactMap(\.text) ?? [] }

  /// The duration that a member spells.
  func duration(_ key: String) -> Duration? { self[key]?.duration }

  /// The duration that a text spells, if it does.
  var duration: Duration? { text.flatMap { try? Duration($0) } }

  /// The digest that a text spells, if it does.
  var digest: SHA256Digest? { text.flatMap { try? SHA256Digest(hex: $0) } }
}

extension Tier {
  fileprivate init(_ id: ID, _ value: DocumentValue) {
    self.id = id
    kind = value["kind"]?.text.flatMap(Kind.init(rawValue:)) ?? .other
    credits = value.texts("credits")
    derivedFrom = value.texts("derived-from")
    note = value["note"]?.text
  }
}

extension Terms {
  fileprivate init(_ id: ID, _ value: DocumentValue) {
    self.id = id
    file = value["file"]?.text ?? ""
    sha256 = value["sha256"]?.digest
  }
}

extension Form {
  fileprivate init(_ id: ID, _ value: DocumentValue) {
    self.id = id
    fields = value.items.map(Field.init)
    digest = SHA256Digest(of: value.json.canonical)
  }
}

extension Form.Field {
  fileprivate init(_ value: DocumentValue) {
    id = value["id"]?.text ?? ""
    type = value["type"]?.text.flatMap(Form.Kind.init(rawValue:)) ?? .text
    ask = value["ask"]?.text
    max = value["max"]?.integer
    options = value.texts("options")
    isOptional = value["optional"]?.isTrue ?? false
    isPrivate = value["private"]?.isTrue ?? false
    allow = value.texts("allow")
    deny = value.texts("deny")
  }
}

extension Group {
  fileprivate init(_ id: ID, _ value: DocumentValue) {
    self.id = id
    managers = value.name("managers")
    describe = value.texts("describe")
    sectors = value.texts("sectors")
  }
}
