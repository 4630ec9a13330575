import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("Statements that are refused")
struct RefusalTests {
  /// One fault after the other is mended; the first that is left is the reason given, in the order
  /// of signing-and-log 2.2.
  @Test func `give the first failure of the order as the reason`() async throws {
    var world = try await World.opened()
    world.now = world.now + Duration(seconds: 3_600)
    let used = try await world.statement(.accept, about: world.use, by: "person:bob")
    try await world.perform([world.signed(used)])
    let digest = world.use.digest
    let verdict = Statement.Verdict(
      case: Case.ID(digest.hex),
      revision: Case.Revision.ID(digest.hex),
      policy: digest,
      manifests: [:],
      reason: ""
    )
    let subject = Statement.Subject(name: "revision", digest: digest)
    func draft(
      by speaker: Principal.ID = "person:ana",
      audience: String = "elsewhere.example/log",
      seen: Statement.Head = .init(size: 1, root: MerkleHash.empty),
      at instant: Instant,
      nonce: [UInt8]
    ) -> Statement {
      Statement(
        by: speaker,
        at: instant,
        audience: audience,
        nonce: nonce,
        release: World.release,
        seen: seen,
        subject: subject,
        body: .approve(verdict)
      )
    }
    let late = world.now + Duration(seconds: 301)
    let head = try await world.ledger.head()
    let eve = try World.key("eve")
    let bob = try World.key("bob")
    let token = try await world.token(of: "person:bob")

    var said = draft(at: late, nonce: used.nonce)
    await expect(.wrongNamespace(found: "request@sluice", needed: "approval@sluice"), of: world) {
      try world.signed(said, by: eve, for: "request@sluice")
    }
    await expect(.badSignature("it is not this key's over these bytes"), of: world) {
      try world.signed(said, by: eve).of(used.canonical, type: said.type)
    }
    await expect(.unknownKey(fingerprint: eve.publicKey.fingerprint), of: world) {
      try world.signed(said, by: eve)
    }
    await expect(.wrongPerson(said: "person:ana"), of: world) { try world.signed(said, by: bob) }
    said = draft(by: "person:bob", at: late, nonce: used.nonce)
    await expect(
      .unfit("audience: elsewhere.example/log is not this deployment, ledger.invalid/log"),
      of: world
    ) { try world.signed(said) }
    said = draft(by: "person:bob", audience: world.ledger.origin, at: late, nonce: used.nonce)
    await expect(.stale("seen: not a head of this log; look again before signing"), of: world) {
      try world.signed(said)
    }
    said = draft(
      by: "person:bob",
      audience: world.ledger.origin,
      seen: head,
      at: late,
      nonce: used.nonce
    )
    await expect(
      .unfit("at: \(late) is more than 5 minutes after \(world.now)"),
      of: world
    ) { try world.signed(said) }
    let early = world.now + Duration(seconds: 300)
    said = draft(
      by: "person:bob",
      audience: world.ledger.origin,
      seen: head,
      at: early,
      nonce: used.nonce
    )
    await expect(.replayed, of: world) { try world.signed(said) }
    said = draft(
      by: "person:bob",
      audience: world.ledger.origin,
      seen: head,
      at: early,
      nonce: Array(repeating: 9, count: 16)
    )
    await expect(.unsigned, of: world) {
      Submission(
        statement: said.canonical,
        proof: .session("person:bob", token: token)
      )
    }
    await expect(.notEligible("person:bob"), of: world) { try world.signed(said) }
  }

  private func expect(
    _ refusal: Refusal,
    of world: World,
    _ submission: () throws -> Submission,
    at location: SourceLocation = #_sourceLocation
  ) async {
    await #expect(throws: refusal, sourceLocation: location) {
      try await world.perform([submission()])
    }
  }

  @Test func `say that a statement is too long before they look at it`() async throws {
    let world = try await World.adopted()
    let long = Submission(
      statement: Array(repeating: 0x20, count: (64 << 10) + 1),
      proof: .signature(armor: [])
    )
    await #expect(throws: Refusal.unfit("statement: longer than 65536 bytes")) {
      try await world.perform([long])
    }
  }

  @Test func `say nothing of a statement's form to an unknown key`() async throws {
    let world = try await World.adopted()
    let garbage = Array("{}".utf8)
    let eve = try World.key("eve")
    await #expect(throws: Refusal.unknownKey(fingerprint: eve.publicKey.fingerprint)) {
      try await world.perform([Submission(garbage, by: eve)])
    }
    await #expect(
      throws: Refusal.wrongNamespace(found: "git", needed: "request@sluice")
    ) { try await world.perform([Submission(garbage, by: eve, for: "git")]) }
    do {
      try await world.perform([Submission(garbage, by: try World.key("bob"))])
      Issue.record("a statement that is none was taken in")
    } catch let refusal as Refusal {
      #expect(refusal.code == "statement.malformed")
    }
  }

  @Test func `leave nothing behind`() async throws {
    var world = try await World.adopted()
    let before = try await world.count()
    let statement = try await world.statement(
      .file(world.request("x", for: "person:eve")),
      by: "person:bob"
    )
    await #expect(throws: Refusal.unknownRelease(World.release)) {
      try await world.perform([world.signed(statement)])
    }
    #expect(try await world.count() == before)
  }

  @Test func `are verdicts by a party, a stranger, or on what has moved on`() async throws {
    var (world, asked) = try await World.asked()
    let seen = try await world.ledger.release(World.release).manifests(of: asked)
    await #expect(throws: Refusal.notEligible("person:bob")) {
      try await world.approve(asked, by: "person:bob")
    }
    await #expect(throws: Refusal.notEligible("person:hal")) {
      try await world.approve(asked, by: "person:hal")
    }
    await #expect(
      throws: Refusal.stale("the policy or the manifests of case 4 are not what was signed")
    ) {
      try await world.approve(asked, by: "person:ana", manifests: [:])
    }
    try await world.approve(asked, by: "person:ana", manifests: seen)
    try await world.approve(asked, by: "person:ben", manifests: seen)
    await #expect(throws: Refusal.caseClosed(4, .approved)) {
      try await world.approve(asked, by: "person:ana", manifests: seen)
    }
  }

  @Test func `are verdicts from before what they answer`() async throws {
    var (world, asked) = try await World.asked()
    let verdict = try await world.verdict(on: asked)
    let old = Instant(seconds: World.noon.seconds - 301)
    let early = try await world.statement(.approve(verdict), by: "person:ana", at: old)
    await #expect(throws: Refusal.stale("at: \(old) is before the case was filed, \(World.noon)")) {
      try await world.perform([world.signed(early)])
    }
    let slow = Instant(seconds: World.noon.seconds - 300)
    let slowly = try await world.statement(.approve(verdict), by: "person:ana", at: slow)
    try await world.perform([world.signed(slowly)])
  }

  @Test func `are verdicts from before the same head's last one`() async throws {
    var (world, asked) = try await World.asked()
    try await world.approve(asked, by: "person:ana")
    let verdict = try await world.verdict(on: asked, reason: "no")
    let second = Instant(seconds: World.noon.seconds - 1)
    let older = try await world.statement(.deny(verdict, .other), by: "person:ana", at: second)
    await #expect(
      throws: Refusal.stale("at: \(second) is before your last verdict, \(World.noon)")
    ) { try await world.perform([world.signed(older)]) }
    let equal = try await world.statement(.deny(verdict, .other), by: "person:ana")
    let receipt = try await world.perform([world.signed(equal)])
    #expect(receipt.cases.map(\.state) == [.denied])
  }

  @Test func `are said after a head that the log never had`() async throws {
    var world = try await World.opened()
    let head = try await world.ledger.head()
    for seen in [
      Statement.Head(size: head.size + 1, root: head.root),
      Statement.Head(size: head.size, root: MerkleHash.empty),
      Statement.Head(size: 0, root: head.root),
    ] {
      let statement = try await world.statement(
        .accept,
        about: world.use,
        by: "person:bob",
        seen: seen
      )
      await #expect(
        throws: Refusal.stale("seen: not a head of this log; look again before signing")
      ) {
        try await world.perform([world.signed(statement)])
      }
    }
    let first = Statement.Head(size: 0, root: MerkleHash.empty)
    let early = try await world.statement(.accept, about: world.use, by: "person:bob", seen: first)
    try await world.perform([world.signed(early)])
  }

  @Test func `may not come twice, not even in one call`() async throws {
    var world = try await World.opened()
    let statement = try await world.statement(.accept, about: world.use, by: "person:bob")
    await #expect(throws: Refusal.replayed) {
      try await world.perform([world.signed(statement), world.signed(statement)])
    }
    try await world.perform([world.signed(statement)])
    await #expect(throws: Refusal.replayed) { try await world.perform([world.signed(statement)]) }
  }

  @Test func `have no second signature`() async throws {
    var world = try await World.opened()
    let statement = try await world.statement(.accept, about: world.use, by: "person:bob")
    let submission = try world.signed(statement, second: try World.key("eve"))
    await #expect(throws: Refusal.badSignature("only a change of keys has a second signature")) {
      try await world.perform([submission])
    }
  }
}

extension Submission {
  /// Bytes that are no statement, signed.
  fileprivate init(
    _ bytes: [UInt8],
    by signer: Ed25519Signer,
    for namespace: String = "approval@sluice"
  ) throws {
    let armor = try signer.sign(message: bytes, namespace: namespace).armor
    self.init(statement: bytes, proof: .signature(armor: Array(armor.utf8)))
  }

  /// The same statement under the signature of other bytes.
  fileprivate func of(_ other: [UInt8], type: StatementType) throws -> Submission {
    let armor = try World.key("eve").sign(message: other, namespace: type.namespace).armor
    return Submission(statement: statement, proof: .signature(armor: Array(armor.utf8)))
  }
}
