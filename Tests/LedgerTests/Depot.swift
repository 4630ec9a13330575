import Foundation
import SluiceEncoding
import SluiceGovernance
import SluiceProof

import SluiceLedger

/// A ``World`` whose tiers have files to be handed out, and what hands them out.
///
/// `code` is everyone's: a small file and one that is worth recording. `weights` need a grant, which
/// bob has.
struct Depot {
  static let code = ["config.json": content(100, 1), "data/big.bin": content(70_000, 2)]
  static let weights = ["config.json": content(100, 1), "model.bin": content(1_000, 3)]

  var world: World
  let log: DeliveryLog
  private(set) var manifests: [Tier.ID: SHA256Digest] = [:]
  private var salts: UInt8 = 1

  var ledger: Ledger { world.ledger }

  /// Both stages open, and bob's grant given; the clock stands a minute later.
  init(_ ledger: Ledger? = nil, seeing head: Statement.Head? = nil) async throws {
    world = try await World(ledger)
    world.seen = head
    log = DeliveryLog(world.ledger)
    let filed = try await world.file(world.amendment, by: "service:clerk")
    try await world.approve(filed, by: "person:ana")
    try await world.approve(filed, by: "person:ben")
    try await open("public", tier: "code", Self.code)
    try await open("gated", tier: "weights", Self.weights)
    try await grant(to: "person:bob")
    world.now = world.now + Duration(seconds: 60)
  }

  /// A depot in a home of its own, with its files on the disk.
  static func onDisk(seeing head: Statement.Head? = nil) async throws -> Depot {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "depot-\(UUID())", directoryHint: .isDirectory)
    let home = Home(at: folder)
    let ledger = try await Ledger.create(in: home, origin: "ledger.invalid/log", at: World.noon)
    return try await Depot(ledger, seeing: head)
  }

  func remove() throws {
    try ledger.close()
    if let home = ledger.home { try FileManager.default.removeItem(at: home.folder) }
  }

  /// Lets a principal through the gate, and answers the grant.
  @discardableResult
  mutating func grant(to holder: Principal.ID, purpose: String = "") async throws -> Grant {
    let asked = try await world.file(world.request(purpose, for: holder), by: holder)
    salts += 1
    let answers = World.answers(["name": "Bob", "purpose": "To measure."], salt: salts)
    let statement = try await world.answer(asked, answers, by: holder)
    try await world.perform([world.signed(statement)], documents: answers)
    if try await ledger.release(World.release).acceptances[holder] == nil {
      try await world.say(.accept, about: world.use, by: holder)
    }
    try await world.approve(asked, by: "person:ana")
    let verdict = try await world.verdict(on: asked)
    let receipt = try await world.say(.approve(verdict), by: "person:ben")
    guard let grant = receipt.grants.first else { throw World.Surprise.noCase }
    return grant
  }

  mutating func revoke(_ grant: Grant.ID) async throws {
    try await world.say(
      .revoke(.leak, text: "It was passed on."),
      about: .init(name: "grant", digest: SHA256Digest(hex: grant.rawValue)),
      by: "person:hal"
    )
  }

  /// Registers a person who has no role.
  func add(_ person: Principal.ID) async throws {
    let registration = Registration(id: person)
    try await ledger.add(registration, keys: [World.key(person.name).publicKey], at: world.now)
  }

  func query(
    _ path: String = "model.bin",
    of tier: Tier.ID = "weights",
    by principal: Principal.ID? = "person:bob",
    with credential: String = "key:SHA256:bob",
    named: Grant.ID? = nil
  ) throws -> DeliveryQuery {
    let files = tier == "code" ? Self.code : Self.weights
    return DeliveryQuery(
      release: World.release,
      tier: tier,
      path: path,
      sha256: SHA256Digest(of: files[path] ?? []),
      principal: principal,
      credential: principal == nil ? "" : credential,
      named: named,
      peer: "192.0.2.7",
      agent: "test/1"
    )
  }

  private mutating func open(
    _ stage: Stage.ID,
    tier: Tier.ID,
    _ files: [String: [UInt8]]
  ) async throws {
    let manifest = try Manifest(
      model: "\(World.release)@\(tier)",
      resources: files.map { path, bytes in
        .init(path: path, sha256: SHA256Digest(of: bytes), size: bytes.count)
      },
      binding: .init(
        release: World.release.rawValue,
        tier: tier.rawValue,
        audience: ledger.origin
      )
    )
    let bundle: ModelBundle
    if let home = ledger.home {
      let pem = String(decoding: try Home.secret(at: home.releaseKey), as: UTF8.self)
      bundle = try ModelBundle(manifest, signedWith: ReleaseKey(pem: pem))
      try await Blobs(in: home.blobs).importing { intake in
        for bytes in files.values { _ = try await intake.take(bytes) }
      }
    } else {
      bundle = try ModelBundle(manifest, signedWith: .make())
    }
    let bind = try await world.statement(
      .bind(manifest: manifest.digest),
      about: .init(name: "tier:\(tier)", in: World.release),
      by: "service:clerk"
    )
    _ = try await ledger.perform([world.signed(bind)], manifests: [bundle], at: world.now)
    manifests[tier] = manifest.digest
    let pinned = [tier: manifest.digest]
    let filed = try await world.file(.open(stage, manifests: pinned), by: "service:clerk")
    try await world.approve(filed, by: "person:ana", manifests: pinned)
    if stage == "gated" { try await world.approve(filed, by: "person:ben", manifests: pinned) }
  }

  private static func content(_ count: Int, _ seed: UInt8) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0) &* 31 &+ seed }
  }
}
