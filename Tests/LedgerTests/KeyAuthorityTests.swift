import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

/// README join 11, as a table of who signed with what.
@Suite("The authority of keys")
struct KeyAuthorityTests {
  @Test func `is the roster's for whoever is in it`() throws {
    let authority = try authority(["ana": ["ana"]])
    #expect(try authority.holder(of: key("ana"), registry: []) == "person:ana")
  }

  @Test func `is the registry's for everybody else`() throws {
    let authority = try authority(["ana": ["ana"]])
    #expect(
      try authority.holder(of: key("bob"), registry: [enrolled("bob", "bob")]) == "person:bob"
    )
  }

  @Test func `is not the registry's for whoever is in the roster`() throws {
    let authority = try authority(["ana": ["ana"]])
    let other = try key("mallory")
    #expect(throws: Refusal.unknownKey(fingerprint: other)) {
      try authority.holder(of: other, registry: [enrolled("mallory", "ana")])
    }
  }

  @Test func `is nobody's for a key that nobody knows`() throws {
    let authority = try authority(["ana": ["ana"]])
    let other = try key("eve")
    #expect(throws: Refusal.unknownKey(fingerprint: other)) {
      try authority.holder(of: other, registry: [])
    }
  }

  @Test func `is nobody's for a key that several claim`() throws {
    let shared = try authority(
      ["ana": ["a"], "ben": ["b"]],
      [change("ana", .add, "one", by: "a"), change("ben", .add, "one", by: "b")]
    )
    #expect(throws: Refusal.unknownKey(fingerprint: try key("one"))) {
      try shared.holder(of: key("one"), registry: [])
    }
    let registry = [try enrolled("one", "bob"), try enrolled("one", "eve")]
    #expect(throws: Refusal.unknownKey(fingerprint: try key("one"))) {
      try authority([:]).holder(of: key("one"), registry: registry)
    }
  }

  @Test func `follows a chain of changes from the roster's keys`() throws {
    let authority = try authority(
      ["ana": ["a1"]],
      [change("ana", .add, "a2", by: "a1"), change("ana", .add, "a3", by: "a2")]
    )
    #expect(try authority.holder(of: key("a3"), registry: []) == "person:ana")
  }

  @Test func `follows no chain that begins elsewhere`() throws {
    let authority = try authority(
      ["ana": ["a1"]],
      [change("ana", .add, "m2", by: "m1"), change("ben", .add, "a2", by: "a1")]
    )
    for other in ["m2", "a2"] {
      #expect(throws: Refusal.unknownKey(fingerprint: try key(other))) {
        try authority.holder(of: key(other), registry: [enrolled(other, "ana")])
      }
    }
  }

  @Test func `follows no chain from a key that was ended`() throws {
    let authority = try authority(
      ["ana": ["a1"]],
      [
        change("ana", .add, "a2", by: "a1"), change("ana", .end, "a1", by: "a2"),
        change("ana", .add, "a3", by: "a1"),
      ]
    )
    #expect(try authority.holder(of: key("a2"), registry: []) == "person:ana")
    #expect(throws: Refusal.keyEnded(fingerprint: try key("a1"), at: World.noon)) {
      try authority.holder(of: key("a1"), registry: [])
    }
    #expect(throws: Refusal.unknownKey(fingerprint: try key("a3"))) {
      try authority.holder(of: key("a3"), registry: [])
    }
  }

  @Test func `ends with a key of the registry`() throws {
    let ended = try enrolled("bob", "bob", until: World.noon)
    #expect(throws: Refusal.keyEnded(fingerprint: try key("bob"), at: World.noon)) {
      try authority([:]).holder(of: key("bob"), registry: [ended])
    }
  }

  private func key(_ name: String) throws -> String { try World.key(name).publicKey.fingerprint }

  private func authority(
    _ members: [String: [String]],
    _ changes: [KeyAuthority.Change] = []
  ) throws -> KeyAuthority {
    let principals = try members.sorted { $0.key < $1.key }.map { name, keys in
      let lines = try keys.map { "\"\(try World.key($0).publicKey.line)\"" }
      return "  person:\(name): {keys: [\(lines.joined(separator: ", "))]}\n"
    }
    guard !members.isEmpty else { return KeyAuthority(rosters: [], changes: changes) }
    let names = members.keys.sorted().map { "person:\($0)" }.joined(separator: ", ")
    let text = """
      sluice: roster/1
      id: tiny
      version: 1
      principals:
      \(principals.joined())roles:
        managers: [\(names)]

      """
    return KeyAuthority(rosters: [try Roster(text: text)], changes: changes)
  }

  private func change(
    _ name: String,
    _ action: Statement.KeyChange.Action,
    _ changed: String,
    by signer: String
  ) throws -> KeyAuthority.Change {
    KeyAuthority.Change(
      principal: Principal.ID("person:\(name)"),
      action: action,
      key: try key(changed),
      signer: try key(signer),
      at: World.noon
    )
  }

  private func enrolled(
    _ name: String,
    _ principal: String,
    until: Instant? = nil
  ) throws -> Registration.Key {
    Registration.Key(
      principal: Principal.ID("person:\(principal)"),
      fingerprint: try key(name),
      line: try World.key(name).publicKey.line,
      from: World.noon,
      until: until,
      way: .registry,
      approves: false
    )
  }
}
