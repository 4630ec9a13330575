import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import SluiceServer
import Testing

@Suite("What is owed here")
struct LocalOwingTests {
  private static let policy = Deployed.policy.replacing(
    "lasts: P365D}",
    with: "lasts: P365D, owes: [{accept: use, within: P30D, then: note}]}"
  )

  /// The next version, which has no text and owes nothing.
  private static func dropping(_ digest: SHA256Digest) -> String {
    Deployed.policy.replacing("version: 1", with: "version: 2\nprevious: \(digest)")
      .replacing("terms:\n  use: {file: terms/use.md}\n", with: "")
      .replacing("      - accept: use\n", with: "")
  }

  @Test func `is a text as it was when the grant was given, also once it was dropped`() async throws
  {
    let texts = Deployed.Texts(
      policy: Self.policy,
      roster: try Deployed.roster,
      readers: ["bob", "eve"]
    )
    var deployed = try await Deployed.proposed(texts)
    for name in ["ana", "ben"] { try await deployed.approve(1, as: name) }
    let content = SHA256Digest(of: Array("weights".utf8))
    let file = Manifest.Resource(path: "weights.bin", sha256: content, size: 4)
    for tier in ["code", "weights"] as [Tier.ID] {
      try await deployed.bind(tier, to: [file], signedWith: .make())
    }
    for stage in ["public", "gated"] as [Stage.ID] { try await deployed.open(stage) }
    let (statements, documents) = try await deployed.request("bob")
    try await deployed.say(statements, as: "bob", documents: documents)
    try await deployed.grant()
    let next = Self.dropping(try Policy(text: Self.policy).digest)
    let filed = try await deployed.act("pia", .adopt(.init(policy: next)))
    for name in ["ana", "ben"] { try await deployed.approve(filed.cases[0].number, as: name) }
    #expect(try await deployed.local("bob").release(Deployed.release).terms == [:])

    deployed.now = Deployed.noon + Duration(seconds: 60)
    let mine = GrantFilter(isMine: true)
    let grant = try await deployed.local("bob").grants(mine)[0]
    let digits = String(grant.id.rawValue.prefix(12))
    await #expect(throws: Refusal.stale("nothing is owed before the grant has ended")) {
      try await deployed.act("bob", .accept("use", for: .grant(digits)))
    }
    try await deployed.act("bob", .surrender(grant: digits), release: nil)
    deployed.now = Deployed.noon + Duration(seconds: 120)
    let owing = try await deployed.local("bob").grants(mine)[0]
    #expect(owing.owes.map(\.state) == [.due])
    #expect(owing.owes.map(\.sha256) == [SHA256Digest(of: Deployed.terms)])
    // The text in force is none: without the grant there is nothing to agree to.
    await #expect(throws: Refusal.self) { try await deployed.act("bob", .accept("use")) }
    await #expect(throws: Refusal.self) {
      try await deployed.act("bob", .accept("other", for: .grant(digits)))
    }
    try await deployed.act("bob", .accept("use", for: .grant(digits)))
    #expect(try await deployed.local("bob").grants(mine)[0].owes.map(\.state) == [.paid])
  }
}
