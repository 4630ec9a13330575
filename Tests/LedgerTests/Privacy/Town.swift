import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

/// A deployment in which everything can happen that leaves an entry: ana, ben and cho are the board, dee
/// looks after safety, fay invites, hal and ida are stewards, the clerk files; bob, eve and gus have no role.
///
/// Every key follows from its owner's name. The clock stands still unless a test moves it.
struct Town: Sendable {
  static let release: Release.ID = "ana/town"
  static let noon = Instant(seconds: 1_550_145_600)
  static let terms = Array("Be kind.\n".utf8)

  let ledger: Ledger
  let log: DeliveryLog
  let manifests: [Tier.ID: ModelBundle]
  var now = noon
  var nonces = 0

  init(_ ledger: Ledger? = nil) async throws {
    self.ledger = try ledger ?? .inMemory()
    log = DeliveryLog(self.ledger)
    manifests = [
      "paper": try await Self.bundle("paper", in: self.ledger),
      "weights": try await Self.bundle("weights", in: self.ledger),
    ]
    try await self.ledger.reserve(Self.release, at: now)
    for name in ["bob", "eve", "gus"] {
      try await self.ledger.add(
        Registration(id: Principal.ID("person:\(name)"), email: "\(name)@example.org"),
        keys: [Self.key(name).publicKey],
        at: now
      )
    }
  }

  /// A town in which the policy is in force and what it offers to some is open; to everyone, if it is
  /// public.
  static func settled(isPublic: Bool, in ledger: Ledger? = nil) async throws -> Town {
    var town = try await Town(ledger)
    let filed = try await town.file(try town.amendment, by: "service:clerk")
    for head in ["person:ana", "person:ben", "person:dee"] as [Principal.ID] {
      try await town.approve(filed, by: head)
    }
    for tier in ["paper", "weights"] as [Tier.ID] { try await town.bind(tier) }
    for stage in ["gated", "preview"] as [Stage.ID] { try await town.open(stage) }
    if isPublic {
      try await town.open("public")
    } else {
      // For others than its own people there is no such release yet.
      for guest in ["person:bob", "person:eve"] as [Principal.ID] { try await town.invite(guest) }
    }
    return town
  }

  static func key(_ name: String) throws -> Ed25519Signer {
    try Ed25519Signer(seed: SHA256Digest(of: Array("key of \(name)".utf8)).bytes)
  }

  /// A town in a home of its own, with its files on the disk.
  static func onDisk(_ folder: Folder) async throws -> Town {
    let ledger = try await Ledger.create(in: folder.home, origin: "ledger.invalid/log", at: noon)
    return try await settled(isPublic: true, in: ledger)
  }

  /// The one file of each tier.
  static let files = [
    "paper": Array(repeating: UInt8(1), count: 100),
    "weights": Array(repeating: UInt8(2), count: 200_000),
  ]

  static func digest(of tier: String) -> SHA256Digest { SHA256Digest(of: files[tier] ?? []) }

  private static func bundle(_ tier: String, in ledger: Ledger) async throws -> ModelBundle {
    let bytes = files[tier] ?? []
    let manifest = try Manifest(
      model: "town",
      resources: [.init(path: "a.bin", sha256: digest(of: tier), size: bytes.count)],
      binding: .init(release: release.rawValue, tier: tier, audience: ledger.origin)
    )
    guard let home = ledger.home else { return try ModelBundle(manifest, signedWith: .make()) }
    try await Blobs(in: home.blobs).importing { intake in _ = try await intake.take(bytes) }
    let pem = String(decoding: try Home.secret(at: home.releaseKey), as: UTF8.self)
    return try ModelBundle(manifest, signedWith: ReleaseKey(pem: pem))
  }

  enum Surprise: Error { case nothing }
}
