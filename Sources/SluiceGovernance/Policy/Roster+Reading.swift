internal import SluiceEncoding

extension Roster {
  /// Reads a roster file.
  ///
  /// - Parameters:
  ///   - text: The file.
  ///   - source: What faults call the file.
  /// - Throws: Every error at once, in the order of the file. Whether it fits a policy is told by
  ///   ``Policy/check(roster:)``.
  public init(text: String, source: String = "roster") throws(PolicyFaults) {
    let (roster, faults) = try Self.drafted(text: text, source: source)
    guard faults.isEmpty else { throw PolicyFaults(faults: faults) }
    self = roster
  }

  /// What can be made of a roster file, and all that is wrong with it by itself.
  ///
  /// - Throws: Only what keeps the file from being read at all (P001).
  static func drafted(
    text: String,
    source: String
  ) throws(PolicyFaults) -> (roster: Roster, faults: [PolicyFault]) {
    let reading = try PolicyDocument.Reading(.roster, text: text, source: source)
    let roster = Roster(reading, text: text)
    return (roster, (reading.faults + roster.faults()).sorted)
  }

  private init(_ reading: PolicyDocument.Reading, text: String) {
    let root = reading.root
    id = root["id"]?.text ?? ""
    version = root["version"]?.integer ?? 0
    previous = root["previous"]?.digest
    principals =
      root["principals"]?.members.map { member in
        Member(
          id: Principal.ID(member.name),
          keys: member.value["keys"]?.items.compactMap(\.text) ?? [],
          organisation: member.value["organisation"]?.text.map { Principal.ID($0) },
          shown: member.value["shown"]?.text
        )
      } ?? []
    roles =
      root["roles"]?.members.map { member in
        Seat(
          role: Role.ID(member.name),
          members: member.value.items.map { Principal.ID($0.text ?? "") }
        )
      } ?? []
    self.text = text
    canonical = root.json.canonical
    digest = SHA256Digest(of: canonical)
    places = reading.places
  }

  /// Names and keys that would stand for two principals, and a history that does not fit (P016).
  private func faults() -> [PolicyFault] {
    var faults: [PolicyFault] = []
    var names: [String: Principal.ID] = [:]
    var keys: [String: Principal.ID] = [:]
    for member in principals {
      let path = "principals.\(member.id)"
      if let other = names.updateValue(member.id, forKey: member.id.name) {
        let message = "\(other) has that name already: names are unique over the kinds"
        faults.append(places.fault("P004", path, message))
      }
      for (number, key) in member.keys.enumerated() where !key.isEmpty {
        guard let other = keys.updateValue(member.id, forKey: key), other != member.id else {
          continue
        }
        let message = "the key is that of \(other): a key counts for one principal"
        faults.append(places.fault("P004", "\(path).keys[\(number)]", message))
      }
    }
    switch (version, previous) {
    case (1, .some): faults.append(places.fault("P016", "previous", "version 1 has none before it"))
    case (2..., nil) where !places.has("previous"):
      let message = "missing: the digest of version \(version - 1)"
      faults.append(places.fault("P016", "previous", message))
    default: break
    }
    return faults
  }
}
