import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import NIOCore
import SluiceAPI
import SluiceLedger
import SluiceProof
import SluiceServer
import Testing

@Suite("Resolve routes")
struct ResolveRoutesTests {
  static let code = "/ana/tiny/resolve/main/src/main.py"
  static let weights = "/ana/tiny/resolve/main/model.safetensors"

  @Test func `describe a file on HEAD, without a delivery`() async throws {
    let hosted = try await Hosted.granted()
    try await hosted.serve { visitor in
      let digest = SHA256Digest(of: hosted.shard)
      let answer = try await visitor.ask(Self.weights, as: "bob", "HEAD")
      #expect(answer.status == 200)
      #expect(answer.fields["content-length"] == "\(hosted.shard.count)")
      #expect(answer.fields["etag"] == "\"\(digest.hex)\"")
      #expect(answer.fields["accept-ranges"] == "bytes")
      #expect(answer.fields["cache-control"] == "private, no-transform")
      #expect(answer.fields["vary"] == "Authorization")
      #expect(answer.fields["repr-digest"] == "sha-256=:\(Base64.encode(digest.bytes)):")
      #expect(answer.fields["last-modified"] == HTTPDate.text(Deployed.noon))
      let main = try await visitor.ask("/api/models/ana/tiny", as: "bob").json
      #expect(answer.fields["x-repo-commit"] == main.objectValue?["sha"]?.stringValue)
      #expect(answer.fields["x-xet-hash"] == nil)
      #expect(try await hosted.possessions() == [])
    }
  }

  @Test func `deliver every byte and have it on record`() async throws {
    let hosted = try await Hosted.granted()
    try await hosted.serve { visitor in
      let answer = try await visitor.ask(Self.weights, as: "bob")
      #expect(answer.status == 200)
      #expect(answer.body.elementsEqual(hosted.shard))
      #expect(answer.fields["x-sluice-delivery"].flatMap { Int($0) } != nil)
      #expect(answer.fields["x-request-id"] == answer.fields["x-sluice-delivery"])
    }
    let found = try await hosted.possessions()
    #expect(found.map(\.file) == ["model.safetensors"])
    #expect(found.map(\.bytes) == [hosted.shard.count])
    #expect(found.map(\.isComplete) == [true])
    #expect(found.map(\.principal) == ["person:bob"])
  }

  @Test func `have the delivery on record before its first byte`() async throws {
    let hosted = try await Hosted.granted()
    try await hosted.serve { visitor in
      let (connection, _) = try await visitor.open(
        Self.weights,
        as: "bob",
        receiveBuffer: 8_192
      )
      let found = try await hosted.possessions()
      #expect(found.map(\.bytes) == [hosted.shard.count])
      #expect(found.map(\.isComplete) == [false])
      connection.leave()
    }
  }

  @Test func `have what nobody's name is on counted before its first byte`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    let database = hosted.deployed.ledger.database
    @Sendable func served() async throws -> [Int] {
      try await database.read { db in
        try Row.fetchOne(db, sql: "SELECT served, bytes FROM tally").map { [$0[0], $0[1]] } ?? []
      }
    }
    try await hosted.serve { visitor in
      let (connection, _) = try await visitor.open(Self.code)
      #expect(try await served() == [1, Hosted.code.count])
      _ = try await connection.read(Hosted.code.count)
      connection.leave()
      let part = try await visitor.ask(Self.code, fields: ["Range": "bytes=0-9"])
      #expect(part.status == 206)
    }
    #expect(try await served() == [2, Hosted.code.count + 10])
  }

  @Test func `deliver ranges, which add up`() async throws {
    let hosted = try await Hosted.granted()
    let size = hosted.shard.count
    try await hosted.serve { visitor in
      for range in [0..<1_000_000, 900_000..<size] {
        let field = "bytes=\(range.lowerBound)-\(range.upperBound)"
        let answer = try await visitor.ask(Self.weights, as: "bob", fields: ["Range": field])
        let last = min(range.upperBound, size - 1)
        #expect(answer.status == 206)
        #expect(answer.fields["content-range"] == "bytes \(range.lowerBound)-\(last)/\(size)")
        #expect(answer.body.elementsEqual(hosted.shard[range.lowerBound...last]))
      }
    }
    let found = try await hosted.possessions()
    #expect(found.map(\.bytes) == [size])
    #expect(found.map(\.isComplete) == [true])
  }

  @Test func `answer conditions and impossible ranges without a delivery`() async throws {
    let hosted = try await Hosted.granted()
    try await hosted.serve { visitor in
      let tag = "\"\(SHA256Digest(of: hosted.shard).hex)\""
      let same = try await visitor.ask(Self.weights, as: "bob", fields: ["If-None-Match": tag])
      #expect(same.status == 304)
      #expect(same.fields["etag"] == tag)
      #expect(same.fields["content-length"] == nil)
      let other = try await visitor.ask(Self.weights, as: "bob", fields: ["If-Match": "\"x\""])
      #expect(other.status == 412)
      let beyond = ["Range": "bytes=\(hosted.shard.count)-"]
      let outside = try await visitor.ask(Self.weights, as: "bob", fields: beyond)
      #expect(outside.status == 416)
      #expect(outside.fields["content-range"] == "bytes */\(hosted.shard.count)")
      #expect(outside.body == [])
    }
    #expect(try await hosted.possessions() == [])
  }

  /// Each of these would tell somebody without a clearance something of the bytes.
  @Test(
    arguments: [
      ("GET", [:]), ("HEAD", [:]), ("GET", ["If-None-Match": "*"]), ("GET", ["If-Match": "\"x\""]),
      ("GET", ["Range": "bytes=0-0"]), ("GET", ["Range": "bytes=99999999-"]),
    ] as [(String, [String: String])]
  )
  func `refuse whoever is not cleared, before anything else`(
    method: String,
    fields: [String: String]
  ) async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    try await hosted.serve { visitor in
      let stranger = try await visitor.ask(Self.weights, as: nil, method, fields: fields)
      #expect(stranger.status == 401)
      #expect(stranger.fields["x-error-code"] == "GatedRepo")
      let eve = try await visitor.ask(Self.weights, as: "eve", method, fields: fields)
      #expect(eve.status == 403)
      #expect(eve.fields["x-error-code"] == "GatedRepo")
      let words = try #require(eve.fields["x-error-message"])
      #expect(words.contains("sluice request ana/tiny --tier weights"))
      #expect(words.contains("--server http://localhost:\(visitor.port)"))
      #expect(eve.fields["x-hf-warning"] == "Access; " + words)
      #expect(words.utf8.allSatisfy { (0x20...0x7E).contains($0) })
      let unknown = try await visitor.ask(Self.weights, as: "nobody", method, fields: fields)
      #expect(unknown.status == 401)
      #expect(unknown.fields["x-error-code"] == nil)
      #expect(
        unknown.fields["x-error-message"] == "Invalid credentials in Authorization header"
      )
      for answer in [stranger, eve, unknown] {
        #expect(answer.fields["etag"] == nil && answer.fields["content-range"] == nil)
      }
    }
    #expect(try await hosted.possessions() == [])
  }

  @Test func `give everyone what is everyone's, and tell whose token is unknown`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    try await hosted.serve { visitor in
      for name in [nil, "eve", "nobody"] {
        let answer = try await visitor.ask(Self.code, as: name)
        #expect(answer.status == 200)
        #expect(answer.body == Hosted.code)
        #expect(answer.fields["x-hf-warning"]?.hasPrefix("Token; ") ?? false == (name == "nobody"))
      }
    }
    // With a name it is recorded like any other; without one it is counted.
    #expect(try await hosted.possessions().map(\.principal) == ["person:eve"])
  }

  @Test func `only count small files that are everyone's`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    try await hosted.serve { visitor in
      let answer = try await visitor.ask("/ana/tiny/resolve/code/README.md", as: "eve")
      #expect(answer.body == Hosted.page)
      #expect(answer.fields["x-sluice-delivery"] == nil)
    }
    #expect(try await hosted.possessions() == [])
  }

  @Test func `clear a file by any tier that holds it`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    try await hosted.serve { visitor in
      let answer = try await visitor.ask("/ana/tiny/resolve/weights/README.md")
      #expect(answer.body == Hosted.page)
      #expect(try await visitor.ask("/ana/tiny/resolve/weights/empty.txt").status == 401)
      let empty = try await visitor.ask("/ana/tiny/resolve/weights/empty.txt", as: "bob")
      #expect(empty.status == 200)
      #expect(empty.fields["content-length"] == "0")
    }
  }

  @Test func `serve the signed manifest, which no manifest lists`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    let ledger = hosted.deployed.ledger
    try await hosted.serve { visitor in
      for (tier, name) in [("code", nil), ("weights", "bob")] {
        let release = try await ledger.release(Deployed.release)
        let manifest = try #require(release.pinned(Tier.ID(tier)))
        let bundle = try await ledger.bundle(of: manifest)
        let path = "/ana/tiny/resolve/\(tier)/model.sig"
        let answer = try await visitor.ask(path, as: name)
        #expect(answer.body == bundle?.bytes)
        let tag = bundle.map { "\"\(SHA256Digest(of: $0.bytes).hex)\"" }
        #expect(answer.fields["etag"] == tag)
        let part = try await visitor.ask(path, as: name, fields: ["Range": "bytes=-5"])
        #expect(part.status == 206)
        #expect(part.body == bundle?.bytes.suffix(5))
      }
      #expect(try await visitor.ask("/ana/tiny/resolve/weights/model.sig").status == 401)
    }
  }

  @Test func `know what there is not`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    try await hosted.serve { visitor in
      let entry = try await visitor.ask("/ana/tiny/resolve/main/nothing.txt", as: "eve", "HEAD")
      #expect(entry.status == 404)
      #expect(entry.fields["x-error-code"] == "EntryNotFound")
      #expect(entry.fields["x-repo-commit"]?.utf8.count == 40)
      let revision = try await visitor.ask("/ana/tiny/resolve/refs%2Fpr%2F1/README.md")
      #expect(revision.status == 404)
      #expect(revision.fields["x-error-code"] == "RevisionNotFound")
      let release = try await visitor.ask("/ana/none/resolve/main/README.md", as: "eve")
      #expect(release.status == 404)
      #expect(release.fields["x-error-code"] == "RepoNotFound")
    }
  }

  @Test func `limit the transfers of one principal`() async throws {
    let hosted = try await Hosted.granted(shard: 8 << 20)
    var limits = ServerLimits.patient
    limits.transfersOfOne = 1
    try await hosted.serve(limits) { visitor in
      let (connection, _) = try await visitor.open(Self.weights, as: "bob", receiveBuffer: 8_192)
      let second = try await visitor.ask(Self.weights, as: "bob")
      #expect(second.status == 429)
      #expect(second.fields["retry-after"] == "5")
      #expect(try await visitor.ask(Self.code).status == 200)
      connection.leave()
    }
  }

  @Test func `refuse a file that is not the one that was imported`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    try FileManager.default.removeItem(atPath: hosted.path)
    try Data(hosted.shard.map { ~$0 }).write(to: URL(filePath: hosted.path))
    try await hosted.serve { visitor in
      let answer = try await visitor.ask(Self.weights, as: "bob")
      #expect(answer.status == 500)
      #expect(try answer.json.objectValue?["code"] == "server.failed")
    }
    #expect(try await hosted.possessions() == [])
  }
}
