import GRDB
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

/// What the daemon answers while its file can be read and not written.
@Suite("A ledger that cannot be written")
struct UnavailableTests {
  @Test func `is answered 503 on every route that would have to write`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    let deployed = hosted.deployed
    let (statements, documents) = try await deployed.request("bob", purpose: "again")
    let asked = statements.map { Envelope(statement: $0.canonical) }
    let parcel = String(
      decoding: Parcel(asked, documents: documents).json.canonical,
      as: UTF8.self
    )
    let head = try await deployed.ledger.head()
    try await hosted.serve { visitor in
      try await hosted.lock(true)
      let calls: [(String, String, String?, String)] = [
        ("GET", ResolveRoutesTests.weights, "bob", ""),
        ("GET", ResolveRoutesTests.code, "eve", ""), ("GET", ResolveRoutesTests.code, nil, ""),
        ("HEAD", ResolveRoutesTests.weights, "eve", ""),
        ("GET", "/sluice/v1/audit/deliveries?release=ana%2Ftiny", "ida", ""),
        ("GET", "/checkpoint", nil, ""),
        ("POST", "/sluice/v1/statements", "bob", parcel),
      ]
      for (method, path, name, body) in calls {
        let answer = try await visitor.ask(path, as: name, method, body: body)
        #expect(answer.status == 503, "\(method) \(path)")
        #expect(answer.fields["retry-after"] == "10")
        guard method != "HEAD" else { continue }
        let members = try answer.json.objectValue
        #expect(members?["code"] == "log.unavailable", "\(method) \(path)")
        #expect(members?["next"]?.arrayValue?.isEmpty == false)
      }
      let words = try await visitor.ask(ResolveRoutesTests.weights, as: "bob")
      #expect(words.fields["x-error-message"]?.hasPrefix("The log cannot be written") == true)

      let ready = try await visitor.ask("/readyz")
      #expect(ready.status == 503)
      let checks = try ready.json.objectValue?["checks"]
      #expect(checks == ["clock": "ok", "database": "failed", "files": "ok", "log": "ok"])
      #expect(try await visitor.ask("/healthz").status == 200)
      // What only has to be read is answered.
      #expect(try await visitor.ask("/sluice/v1/grants", as: "bob").status == 200)
      #expect(try await visitor.ask(ResolveRoutesTests.weights, as: "bob", "HEAD").status == 200)
      #expect(try await deployed.ledger.head() == head)
      #expect(try await hosted.possessions() == [])

      try await hosted.lock(false)
      let after = try await visitor.ask(ResolveRoutesTests.weights, as: "bob")
      #expect(after.body.elementsEqual(hosted.shard))
    }
  }
}

extension Hosted {
  /// Makes the connection that writes refuse to, as on a file that may only be read; or lets it again.
  fileprivate func lock(_ isLocked: Bool) async throws {
    try await deployed.ledger.database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA query_only = \(isLocked)")
    }
  }
}
