import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import SluiceServer
import NIOCore
import Testing

@Suite("Transfers under way")
struct CutOffTests {
  /// How a token can stop counting while a transfer is under way.
  enum End: CaseIterable { case revoked, expired }

  @Test(arguments: End.allCases)
  func `are cut off when their token ends, and refused the next time`(end: End) async throws {
    let hosted = try await Hosted.granted(shard: 32 << 20)
    let ledger = hosted.deployed.ledger
    let second = Duration(seconds: 1)
    let bob = Deployed.person("bob")
    let secret = try await ledger.issueToken(
      for: bob,
      name: "short",
      lasts: second,
      at: Deployed.noon
    )
    var limits = ServerLimits.patient
    limits.pace.tick = .milliseconds(20)
    try await hosted.serve(limits) { visitor in
      let visitor = Visitor(port: visitor.port, tokens: ["bob": secret])
      let (connection, head) = try await visitor.open(
        ResolveRoutesTests.weights,
        as: "bob",
        receiveBuffer: 8_192
      )
      #expect(head.hasPrefix("HTTP/1.1 200 "))
      switch end {
      case .revoked: try await ledger.revokeToken("short", at: Deployed.noon)
      case .expired:
        // Any entry moves log time on, and with it the end of the token has come.
        let zoe = Registration(id: "person:zoe")
        try await ledger.add(
          zoe,
          keys: [Deployed.key("zoe").publicKey],
          at: Deployed.noon + second
        )
      }
      #expect(try await connection.drain() < hosted.shard.count)
      #expect(try await visitor.ask(ResolveRoutesTests.weights, as: "bob", "HEAD").status == 401)
      connection.leave()
    }
    let found = try #require(try await hosted.possessions().first)
    #expect(!found.isComplete)
    #expect(found.bytes < hosted.shard.count)
  }

  @Test func `are cut off when their grant is revoked, and refused the next time`() async throws {
    let hosted = try await Hosted.granted(shard: 32 << 20)
    var limits = ServerLimits.patient
    limits.pace.tick = .milliseconds(20)
    try await hosted.serve(limits) { visitor in
      let (connection, _) = try await visitor.open(
        ResolveRoutesTests.weights,
        as: "bob",
        receiveBuffer: 8_192
      )
      let deployed = hosted.deployed
      let bob = try await deployed.local("bob").grants(GrantFilter(isMine: true))
      let statement = try await deployed.draft("hal")
        .revoke(try #require(bob.first), .leak, text: "It leaked.")
      try await deployed.say([statement], as: "hal")
      let next = try await visitor.ask(ResolveRoutesTests.weights, as: "bob", "HEAD")
      #expect(next.status == 403)
      #expect(next.fields["x-error-message"]?.contains("revoked") ?? false)
      #expect(try await connection.drain() < hosted.shard.count)
      connection.leave()
    }
    let found = try await hosted.possessions()
    #expect(found.map(\.isComplete) == [false])
    #expect(try #require(found.first).bytes < hosted.shard.count)
  }
}
