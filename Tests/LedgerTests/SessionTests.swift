import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("Sessions")
struct SessionTests {
  @Test func `suffice to ask, and are recorded as such`() async throws {
    var world = try await World.opened()
    let token = try await world.token(of: "person:bob")
    let statement = try await world.statement(.file(world.request()), by: "person:bob")
    try await world.perform([session(statement, token: token)])
    let event = try await world.lastEvent()
    #expect(event.body.contains("\"credential\":\"token:\(token)\""))
    #expect(event.body.contains("\"strength\":\"session\""))
  }

  @Test func `do not suffice to decide, to open or to revoke`() async throws {
    var (world, asked) = try await World.asked()
    let token = try await world.token(of: "person:ana")
    let bodies: [(Statement.Body, Statement.Subject?)] = [
      (.approve(try await world.verdict(on: asked)), nil),
      (.deny(try await world.verdict(on: asked, reason: "no"), .other), nil),
      (.file(.open("gated", manifests: [:])), nil),
      (.revoke(.leak, text: "x"), .init(name: "grant", digest: world.use.digest)),
    ]
    for (body, subject) in bodies {
      let statement = try await world.statement(body, about: subject, by: "person:ana")
      await #expect(throws: Refusal.unsigned) {
        try await world.perform([session(statement, token: token)])
      }
    }
  }

  @Test func `speak for nobody else`() async throws {
    var world = try await World.opened()
    let token = try await world.token(of: "person:bob")
    let statement = try await world.statement(.accept, about: world.use, by: "person:ana")
    await #expect(throws: Refusal.wrongPerson(said: "person:ana")) {
      try await world.perform([
        Submission(statement: statement.canonical, proof: .session("person:bob", token: token))
      ])
    }
    await #expect(throws: Refusal.badToken) {
      try await world.perform([session(statement, token: token)])
    }
  }

  @Test func `are of one token, not of any that the person has`() async throws {
    var world = try await World.opened()
    _ = try await world.token(of: "person:bob")
    let statement = try await world.statement(.accept, about: world.use, by: "person:bob")
    await #expect(throws: Refusal.badToken) {
      try await world.perform([session(statement, token: "0000000000000000")])
    }
  }

  @Test func `end with their token`() async throws {
    var world = try await World.opened()
    let token = try await world.token(of: "person:bob", lasts: Duration(seconds: 60))
    let statement = try await world.statement(.accept, about: world.use, by: "person:bob")
    world.now = World.noon + Duration(seconds: 60)
    await #expect(throws: Refusal.badToken) {
      try await world.perform([session(statement, token: token)])
    }
  }

  @Test func `end when their token is revoked`() async throws {
    var world = try await World.opened()
    let token = try await world.token(of: "person:bob")
    try await world.ledger.revokeToken("laptop", at: world.now)
    let statement = try await world.statement(.accept, about: world.use, by: "person:bob")
    await #expect(throws: Refusal.badToken) {
      try await world.perform([session(statement, token: token)])
    }
  }

  private func session(_ statement: Statement, token: String) -> Submission {
    Submission(statement: statement.canonical, proof: .session(statement.by, token: token))
  }
}
