internal import SluiceEncoding

extension Scenario {
  /// The people of a story: who holds which role, and to whom they belong.
  struct Cast: Sendable {
    /// One wording of the roster: role → members, in file order.
    struct Roles: Sendable {
      let line: Int
      let seats: [(role: String, members: [Principal.ID])]
    }

    /// The roster with which the story begins.
    let first: Roles
    /// Those that amendments propose, by name, in file order.
    let later: [(name: String, roles: Roles)]
    /// Who belongs to which organisation.
    let organisations: [Principal.ID: Principal.ID]

    /// Reads somebody: a name without a kind is a person's, and an issuer an organisation.
    static func principal(_ word: String) throws(Malformed) -> Principal.ID {
      if let name = word.rest(after: "issuer:") {
        return try Principal.ID(.organisation, named: name)
      }
      return try Principal.ID(
        parsing: word.utf8.contains(UInt8(ascii: ":")) ? word : "person:\(word)"
      )
    }

    /// Reads somebody or a group.
    static func party(_ word: String) throws(Malformed) -> Statement.Beneficiary {
      if let name = word.rest(after: "group:") { return .group(Group.ID(name)) }
      return .principal(try principal(word))
    }

    /// The fingerprint of the key with which somebody signs everything.
    static func key(of principal: Principal.ID) -> String {
      let digest = SHA256Digest(of: principal.rawValue.utf8)
      return "SHA256:" + Base64.encode(digest.bytes).dropLast()
    }

    /// The roster as a file, with a key made up for everybody.
    func text(of roles: Roles, for policy: Policy, after previous: Roster?) -> String {
      var people: [Principal.ID] = []
      for member in roles.seats.flatMap(\.members) where !people.contains(member) {
        people.append(member)
      }
      let principals = people.map { member in
        let organisation = organisations[member].map { ", organisation: \"\($0)\"" } ?? ""
        return "  \"\(member)\": {keys: [\"\(line(of: member))\"]\(organisation)}"
      }
      let seats = roles.seats.map { seat in
        "  \(seat.role): [\(seat.members.map { "\"\($0)\"" }.joined(separator: ", "))]"
      }
      let version = ["version: \((previous?.version ?? 0) + 1)"]
      let before = previous.map { ["previous: \($0.digest)"] } ?? []
      return
        (["sluice: roster/1", "id: \(policy.id)"] + version + before + ["principals:"] + principals
        + ["roles:"] + seats).joined(separator: "\n")
    }

    /// A public key line like any other; nobody has its private half.
    private func line(of principal: Principal.ID) -> String {
      let kind = Array("ssh-ed25519".utf8)
      let digest = SHA256Digest(of: principal.rawValue.utf8)
      return "ssh-ed25519 " + Base64.encode([0, 0, 0, 11] + kind + [0, 0, 0, 32] + digest.bytes)
    }
  }
}
