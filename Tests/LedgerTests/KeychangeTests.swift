import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("Changes of keys")
struct KeychangeTests {
  @Test func `let the new key speak, and silence the ended one`() async throws {
    var world = try await World.opened()
    let (old, new) = (try World.key("bob"), try World.key("bob's new"))
    let first = try await change(.add, new, by: "person:bob", in: &world)
    try await world.perform([world.signed(first, second: new)])
    #expect(try await world.kinds().suffix(2) == ["keychange", "signers"])

    let accept = try await world.statement(.accept, about: world.use, by: "person:bob")
    try await world.perform([world.signed(accept, by: new)])

    world.now = World.noon + Duration(seconds: 5)
    let second = try await change(.end, old, by: "person:bob", after: first.id, in: &world)
    try await world.perform([world.signed(second, by: new)])
    let late = try await world.statement(.file(world.request()), by: "person:bob")
    await #expect(
      throws: Refusal.keyEnded(fingerprint: old.publicKey.fingerprint, at: world.now)
    ) { try await world.perform([world.signed(late, by: old)]) }
    try await world.perform([world.signed(late, by: new)])
    let keys = try await world.ledger.keys(of: "person:bob")
    let ends = keys.map { "\($0.line) \($0.until == nil ? "counts" : "was ended")" }
    #expect(
      Set(ends) == ["\(old.publicKey.line) was ended", "\(new.publicKey.line) counts"]
    )
    #expect(keys.map(\.approves) == [false, false])
  }

  @Test func `let the new key of an approver approve`() async throws {
    var (world, asked) = try await World.asked()
    let new = try World.key("ana's new")
    let first = try await change(.add, new, by: "person:ana", in: &world)
    try await world.perform([world.signed(first, second: new)])
    let verdict = try await world.verdict(on: asked)
    let approval = try await world.statement(.approve(verdict), by: "person:ana")
    try await world.perform([world.signed(approval, by: new)])
    #expect(try await world.ledger.keys(of: "person:ana").map(\.approves) == [true, true])
    #expect(
      try await world.ledger.holder(of: new.publicKey.fingerprint, in: World.release)
        == "person:ana"
    )
  }

  @Test func `need both keys`() async throws {
    var world = try await World.opened()
    let (new, other) = (try World.key("bob's new"), try World.key("other"))
    let statement = try await change(.add, new, by: "person:bob", in: &world)
    await #expect(throws: Refusal.unsigned) { try await world.perform([world.signed(statement)]) }
    await #expect(throws: Refusal.badSignature("the second signature is not the new key's")) {
      try await world.perform([world.signed(statement, second: other)])
    }
    await #expect(throws: Refusal.unknownKey(fingerprint: new.publicKey.fingerprint)) {
      try await world.perform([world.signed(statement, by: new, second: new)])
    }
    #expect(try await world.ledger.keys(of: "person:bob").count == 1)
  }

  @Test func `continue the change before`() async throws {
    var world = try await World.opened()
    let (new, third) = (try World.key("bob's new"), try World.key("bob's third"))
    let first = try await change(.add, new, by: "person:bob", in: &world)
    #expect(try await world.ledger.lastKeychange(of: "person:bob") == nil)
    try await world.perform([world.signed(first, second: new)])
    #expect(try await world.ledger.lastKeychange(of: "person:bob") == first.id)
    let stray = try await change(.add, third, by: "person:bob", in: &world)
    await #expect(throws: Refusal.stale("previous: not your last change of keys")) {
      try await world.perform([world.signed(stray, second: third)])
    }
    let next = try await change(.add, third, by: "person:bob", after: first.id, in: &world)
    try await world.perform([world.signed(next, second: third)])
  }

  @Test func `take no key that is somebody else's or was ended`() async throws {
    var world = try await World.opened()
    let (ana, old) = (try World.key("ana"), try World.key("bob"))
    let theft = try await change(.add, ana, by: "person:bob", in: &world)
    await #expect(
      throws: Refusal.unfit(
        "person:bob: the key \(ana.publicKey.fingerprint) is that of person:ana"
      )
    ) { try await world.perform([world.signed(theft, second: ana)]) }
    let strange = try await change(.end, ana, by: "person:bob", in: &world)
    await #expect(throws: Refusal.stale("the key does not count for you")) {
      try await world.perform([world.signed(strange)])
    }
    let again = try await change(.add, old, by: "person:bob", in: &world)
    await #expect(throws: Refusal.stale("the key counts for you already")) {
      try await world.perform([world.signed(again, second: old)])
    }
  }

  @Test func `bring no ended key back`() async throws {
    var world = try await World.opened()
    let (old, new) = (try World.key("bob"), try World.key("bob's new"))
    let first = try await change(.add, new, by: "person:bob", in: &world)
    try await world.perform([world.signed(first, second: new)])
    let second = try await change(.end, old, by: "person:bob", after: first.id, in: &world)
    try await world.perform([world.signed(second)])
    let third = try await change(.add, old, by: "person:bob", after: second.id, in: &world)
    let fingerprint = old.publicKey.fingerprint
    await #expect(
      throws: Refusal.unfit("person:bob: the key \(fingerprint) was ended; make a new one")
    ) { try await world.perform([world.signed(third, by: new, second: old)]) }
  }

  @Test func `are spelt in one way`() async throws {
    var world = try await World.opened()
    let new = try World.key("bob's new")
    let end = try await change(.end, try World.key("bob"), by: "person:bob", in: &world)
    await #expect(throws: Refusal.badSignature("ending a key takes one signature")) {
      try await world.perform([world.signed(end, second: try World.key("bob"))])
    }
    let line = new.publicKey.line + " bob@laptop"
    let add = Statement.KeyChange(action: .add, key: line, previous: nil)
    let commented = try await world.statement(.keychange(add), by: "person:bob")
    await #expect(
      throws: Refusal.unfit("predicate.body.key: must be TYPE BASE64, without a comment")
    ) { try await world.perform([world.signed(commented, second: new)]) }
    let none = Statement.KeyChange(action: .add, key: "ssh-rsa AAAA", previous: nil)
    let unreadable = try await world.statement(.keychange(none), by: "person:bob")
    await #expect(throws: Refusal.self) {
      try await world.perform([world.signed(unreadable, second: new)])
    }
  }

  @Test func `cannot be said by a session`() async throws {
    var world = try await World.opened()
    let token = try await world.token(of: "person:bob")
    let statement = try await change(.end, try World.key("bob"), by: "person:bob", in: &world)
    await #expect(throws: Refusal.unsigned) {
      try await world.perform([
        Submission(statement: statement.canonical, proof: .session("person:bob", token: token))
      ])
    }
  }

  private func change(
    _ action: Statement.KeyChange.Action,
    _ key: Ed25519Signer,
    by principal: Principal.ID,
    after previous: Statement.ID? = nil,
    in world: inout World
  ) async throws -> Statement {
    let change = Statement.KeyChange(action: action, key: key.publicKey.line, previous: previous)
    return try await world.statement(.keychange(change), by: principal)
  }
}
