import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

/// A deployment with a release and people around it: ana manages, ben reviews, hal is steward, the
/// clerk files; bob is known and has no role, eve is not known.
///
/// Every key follows from its owner's name. The clock stands still unless a test moves it.
struct World {
  static let release: Release.ID = "ana/tiny"
  static let noon = Instant(seconds: 1_550_145_600)
  static let terms = Array("Be kind.\n".utf8)

  let ledger: Ledger
  let manifests: [Tier.ID: ModelBundle]
  let charter: Charter
  var now = noon
  var nonces = 0
  /// The head that speakers have seen; without it, the newest.
  var seen: Statement.Head?
  /// Whether writes of every act fail once before it is done.
  var isSabotaged = false

  init(_ ledger: Ledger? = nil, _ charter: Charter = .tiny) async throws {
    self.ledger = try ledger ?? .inMemory()
    self.charter = charter
    manifests = try ["code": Self.bundle("code"), "weights": Self.bundle("weights")]
    try await self.ledger.reserve(Self.release, at: now)
    let bob = Registration(id: "person:bob", name: "Bob", email: "bob@example.org")
    try await self.ledger.add(bob, keys: [Self.key("bob").publicKey], at: now)
  }

  /// A world in which the policy is in force.
  static func adopted() async throws -> World {
    var world = try await World()
    let filed = try await world.file(world.amendment, by: "service:clerk")
    try await world.approve(filed, by: "person:ana")
    try await world.approve(filed, by: "person:ben")
    return world
  }

  /// A world in which both stages are open.
  static func opened() async throws -> World {
    var world = try await adopted()
    for (stage, tier) in [("public", "code"), ("gated", "weights")] as [(Stage.ID, Tier.ID)] {
      try await world.bind(tier)
      let manifest = try world.manifest(tier)
      let filed = try await world.file(
        .open(stage, manifests: [tier: manifest]),
        by: "service:clerk"
      )
      try await world.approve(filed, by: "person:ana")
      if stage == "gated" { try await world.approve(filed, by: "person:ben") }
    }
    return world
  }

  /// A world in which bob asks for the weights, and has answered and agreed.
  static func asked() async throws -> (World, Case) {
    var world = try await opened()
    let filed = try await world.file(world.request(), by: "person:bob")
    try await world.answer(filed, by: "person:bob")
    try await world.say(.accept, about: world.use, by: "person:bob")
    return (world, filed)
  }

  @discardableResult
  mutating func file(_ filing: Statement.Filing, by filer: Principal.ID) async throws -> Case {
    let statement = try await statement(.file(filing), by: filer)
    let receipt = try await perform([signed(statement)], documents: documents(of: filing))
    return try receipt.case(filedBy: statement)
  }

  mutating func approve(
    _ asked: Case,
    by head: Principal.ID,
    manifests: [Tier.ID: SHA256Digest]? = nil
  ) async throws {
    try await say(.approve(try await verdict(on: asked, manifests: manifests)), by: head)
  }

  mutating func deny(_ asked: Case, by head: Principal.ID) async throws {
    try await say(.deny(try await verdict(on: asked, reason: "no"), .purpose), by: head)
  }

  mutating func bind(_ tier: Tier.ID) async throws {
    let statement = try await statement(
      .bind(manifest: try manifest(tier)),
      about: .init(name: "tier:\(tier)", in: Self.release),
      by: "service:clerk"
    )
    let bundle = manifests[tier].map { [$0] } ?? []
    try await perform([signed(statement)], manifests: bundle)
  }

  mutating func answer(
    _ asked: Case,
    by answerer: Principal.ID,
    salt: UInt8 = 7
  ) async throws {
    let answers = Self.answers(["name": "Bob", "purpose": "To measure."], salt: salt)
    let statement = try await answer(asked, answers, by: answerer)
    try await perform([signed(statement)], documents: answers)
  }

  /// An `answer` that commits to the one document.
  mutating func answer(
    _ asked: Case,
    _ documents: [SHA256Digest: [UInt8]],
    by answerer: Principal.ID
  ) async throws -> Statement {
    guard let commitment = documents.keys.first,
      let form = try Policy(text: charter.policy).form("request")
    else { throw Surprise.noCase }
    return try await statement(
      .answer(.case(asked.id), commitment: commitment),
      about: .init(name: "form:request", digest: form.digest),
      by: answerer
    )
  }

  @discardableResult
  mutating func say(
    _ body: Statement.Body,
    about subject: Statement.Subject? = nil,
    by speaker: Principal.ID
  ) async throws -> Receipt {
    try await perform([signed(try await statement(body, about: subject, by: speaker))])
  }

  @discardableResult
  func perform(
    _ submissions: [Submission],
    documents: [SHA256Digest: [UInt8]] = [:],
    manifests: [ModelBundle] = []
  ) async throws -> Receipt {
    try await attempt { ledger in
      try await ledger.perform(submissions, documents: documents, manifests: manifests, at: now)
    }
  }

  /// Lets what is due happen.
  func settle() async throws { try await attempt { try await $0.settle(at: now) } }

  private func attempt<Value: Sendable>(
    _ act: (Ledger) async throws -> Value
  ) async throws -> Value {
    guard isSabotaged else { return try await act(ledger) }
    return try await Sabotage.failEach(in: ledger, isThorough: false, act).value
  }

  private static func bundle(_ tier: String) throws -> ModelBundle {
    try ModelBundle(
      Manifest(
        model: "tiny",
        resources: [.init(path: "a.bin", sha256: SHA256Digest(of: Array(tier.utf8)), size: 4)],
        binding: .init(release: release.rawValue, tier: tier, audience: "ledger.invalid/log")
      ),
      signedWith: .make()
    )
  }

  /// What a test relies on and did not find.
  enum Surprise: Error { case noCase, noManifest, noSubject }
}

extension Receipt {
  /// The case that a statement began.
  func `case`(filedBy statement: Statement) throws -> Case {
    guard let filed = cases.first(where: { $0.id.rawValue == statement.id.rawValue }) else {
      throw World.Surprise.noCase
    }
    return filed
  }
}
