import GRDB
import SluiceAPI
import SluiceEncoding
import SluiceLedger
import SluiceServer
import Testing

@Suite("Health routes")
struct HealthRoutesTests {
  @Test func `are ready when nothing is missing, and leave nothing`() async throws {
    let deployed = try await Deployed.adopted()
    let head = try await deployed.ledger.head()
    try await deployed.serving { served async throws in
      #expect(try await served.reply("/healthz").status == 200)
      let reply = try await served.reply("/readyz")
      #expect(reply.status == 200)
      let checks: JSONValue = ["clock": "ok", "database": "ok", "files": "ok", "log": "ok"]
      #expect(try reply.json == ["checks": checks, "status": "ready"])
    }
    #expect(try await deployed.ledger.head() == head)
  }

  @Test(
    arguments: [
      (
        "database",
        """
        CREATE TEMP TRIGGER armed BEFORE UPDATE ON main.frontier
        BEGIN SELECT RAISE(ABORT, 'armed'); END
        """
      ),
      ("log", "UPDATE event SET leaf = zeroblob(32) WHERE seq = 1"),
      ("clock", "UPDATE event SET at = at + 60 WHERE seq = (SELECT MAX(seq) FROM event)"),
    ]
  )
  func `name what is missing`(check: String, damage: String) async throws {
    let deployed = try await Deployed.adopted()
    try await deployed.ledger.database.write { db in try db.execute(sql: damage) }
    try await deployed.serving { served async throws in
      let reply = try await served.reply("/readyz")
      #expect(reply.status == 503)
      let members = try #require(try reply.json.objectValue)
      #expect(members["status"] == "not ready")
      var expected: JSONObject = ["clock": "ok", "database": "ok", "files": "ok", "log": "ok"]
      expected[check] = "failed"
      #expect(members["checks"] == .object(expected))
      #expect(try await served.reply("/healthz").status == 200)
    }
  }
}
