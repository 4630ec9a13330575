import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("Documents of a call")
struct DocumentTests {
  @Test func `are stored as they were written`() async throws {
    let world = try await World.adopted()
    let adopted = try #require(try await world.ledger.release(World.release).adoption)
    let policy = try await world.ledger.document(adopted.policy.digest)
    #expect(policy == Array(Texts.policy.utf8))
    #expect(try await world.ledger.document(world.use.digest) == World.terms)
    #expect(try await world.ledger.document(SHA256Digest(of: [1])) == nil)
  }

  @Test(arguments: 0..<3)
  func `must all be there`(missing: Int) async throws {
    var world = try await World()
    let filing = try world.amendment
    var documents = try world.documents(of: filing)
    documents[documents.keys.sorted()[missing]] = nil
    let statement = try await world.statement(.file(filing), by: "service:clerk")
    let before = try await world.count()
    let (ledger, submission, sent) = (world.ledger, try world.signed(statement), documents)
    await #expect(throws: Refusal.self) {
      try await ledger.perform([submission], documents: sent, at: World.noon)
    }
    #expect(try await world.count() == before)
  }

  @Test func `must be named by a statement of the call`() async throws {
    var world = try await World.opened()
    let text = Array("More.\n".utf8)
    let digest = SHA256Digest(of: text)
    let statement = try await world.statement(.accept, about: world.use, by: "person:bob")
    await #expect(throws: Refusal.unfit("document \(digest): no statement of this call names it")) {
      try await world.perform([world.signed(statement)], documents: [digest: text])
    }
    #expect(try await world.ledger.document(digest) == nil)
  }

  @Test func `must be what their digest says`() async throws {
    for kind in ["policy", "roster", "terms"] {
      var world = try await World()
      let filing = try world.amendment
      var documents = try world.documents(of: filing)
      guard case .amend(let policy, let roster, _, _) = filing else { return }
      let digest = ["policy": policy, "roster": roster][kind] ?? world.use.digest
      var text = String(decoding: documents[digest] ?? [], as: UTF8.self)
      text = kind == "terms" ? text + "x" : text.replacing("version: 1", with: "version: 1 # x")
      // A comment changes the file, not the document; another identifier changes both.
      documents[digest] = Array(text.utf8)
      let statement = try await world.statement(.file(filing), by: "service:clerk")
      if kind == "terms" {
        await #expect(throws: Refusal.unfit("terms \(digest): has another digest")) {
          try await world.perform([world.signed(statement)], documents: documents)
        }
      } else {
        documents[digest] = Array(text.replacing("id: tiny", with: "id: tinier").utf8)
        await #expect(throws: Refusal.unfit("\(kind) \(digest): has another digest")) {
          try await world.perform([world.signed(statement)], documents: documents)
        }
        documents[digest] = Array(text.utf8)
        try await world.perform([world.signed(statement)], documents: documents)
      }
    }
  }

  @Test(arguments: [[], [0xff, 0xfe]] as [[UInt8]])
  func `are terms that people can read`(bytes: [UInt8]) async throws {
    var world = try await World()
    let digest = SHA256Digest(of: bytes)
    guard case .amend(let policy, let roster, _, _) = try world.amendment else { return }
    let filing = Statement.Filing.amend(policy: policy, roster: roster, terms: ["use": digest])
    var documents = try world.documents(of: filing)
    documents[world.use.digest] = nil
    documents[digest] = bytes
    let statement = try await world.statement(.file(filing), by: "service:clerk")
    let (ledger, submission, sent) = (world.ledger, try world.signed(statement), documents)
    await #expect(throws: Refusal.unfit("terms \(digest): must be text in UTF-8, not empty")) {
      try await ledger.perform([submission], documents: sent, at: World.noon)
    }
  }

  @Test func `are answers with their salt, kept aside`() async throws {
    let (world, asked) = try await World.asked()
    let answers = try await world.ledger.answers(of: asked.id)
    #expect(answers == ["request": ["name": "Bob", "purpose": "To measure."]])
    let stored = try await world.count()
    #expect(stored["answer"] == 1)
    #expect(stored["document"] == 3)
  }

  @Test
  func `are refused as answers that do not satisfy the form, are not sent or not salted anew`()
    async throws
  {
    var world = try await World.opened()
    let asked = try await world.file(world.request(), by: "person:bob")
    let wrong = World.answers(["name": "Bob"])
    let unfit = try await world.answer(asked, wrong, by: "person:bob")
    await #expect(throws: Refusal.unfit("answers to form request: purpose: an answer is needed")) {
      try await world.perform([world.signed(unfit)], documents: wrong)
    }
    let right = World.answers(["name": "Bob", "purpose": "x"])
    let alone = try await world.answer(asked, right, by: "person:bob")
    await #expect(
      throws: Refusal.unfit("the answers behind the commitment were not sent with it")
    ) { try await world.perform([world.signed(alone)]) }
    try await world.perform([world.signed(alone)], documents: right)
    let again = try await world.answer(asked, right, by: "person:bob")
    await #expect(throws: Refusal.unfit("commitment: used before; take a new salt")) {
      try await world.perform([world.signed(again)], documents: right)
    }
    let better = World.answers(["name": "Bob", "purpose": "y"], salt: 8)
    let later = try await world.answer(asked, better, by: "person:bob")
    try await world.perform([world.signed(later)], documents: better)
    #expect(try await world.ledger.answers(of: asked.id)["request"]?["purpose"] == "y")
  }

  @Test func `are manifests that a binding names`() async throws {
    var world = try await World.adopted()
    let statement = try await world.statement(
      .bind(manifest: try world.manifest("code")),
      about: .init(name: "tier:code", in: World.release),
      by: "service:clerk"
    )
    let (ledger, submission) = (world.ledger, try world.signed(statement))
    let bundles = Array(world.manifests.values)
    await #expect(throws: Refusal.self) { try await ledger.perform([submission], at: World.noon) }
    await #expect(throws: Refusal.self) {
      try await ledger.perform([submission], manifests: bundles, at: World.noon)
    }
    #expect(try await world.count()["manifest"] == 0)
  }

  /// Each comes with something that would be refused if anybody looked at it.
  @Test(arguments: ["policy", "answers", "manifest"])
  func `are not looked at before it is known whose statement names them`(kind: String) async throws
  {
    var (world, asked) = try await World.asked()
    let eve = try World.key("eve")
    let nobody = Refusal.unknownKey(fingerprint: eve.publicKey.fingerprint)
    var documents: [SHA256Digest: [UInt8]] = [:]
    var bundles: [ModelBundle] = []
    let statement: Statement
    switch kind {
    case "policy":
      let filing = try world.amendment
      documents = try world.documents(of: filing).mapValues { _ in [0xff] }
      statement = try await world.statement(.file(filing), by: "service:clerk")
    case "answers":
      documents = World.answers(["name": "Bob", "purpose": "x"], salt: 9)
      statement = try await world.answer(asked, documents, by: "person:bob")
      documents = documents.mapValues { $0 + [0x20] }
    default:
      let manifest = try Manifest(
        model: "tiny",
        resources: [.init(path: "a.bin", sha256: world.use.digest, size: nil)],
        binding: nil
      )
      bundles = [try ModelBundle(manifest, signedWith: .make())]
      statement = try await world.statement(
        .bind(manifest: manifest.digest),
        about: .init(name: "tier:code", in: World.release),
        by: "service:clerk"
      )
    }
    let (ledger, sent, manifests) = (world.ledger, documents, bundles)
    let stranger = try world.signed(statement, by: eve)
    await #expect(throws: nobody) {
      try await ledger.perform([stranger], documents: sent, manifests: manifests, at: World.noon)
    }
    let speaker = try world.signed(statement)
    let refusal = await #expect(throws: Refusal.self) {
      try await ledger.perform([speaker], documents: sent, manifests: manifests, at: World.noon)
    }
    #expect(refusal?.code == "statement.malformed")
  }

  @Test func `are refused in a roster whose keys are somebody else's`() async throws {
    var world = try await World()
    let mallory = Registration(id: "person:mallory")
    try await world.ledger.add(mallory, keys: [try World.key("ana").publicKey], at: world.now)
    let fingerprint = try World.key("ana").publicKey.fingerprint
    await #expect(
      throws: Refusal.unfit("person:ana: the key \(fingerprint) is that of person:mallory")
    ) { try await world.file(world.amendment, by: "service:clerk") }
  }
}
