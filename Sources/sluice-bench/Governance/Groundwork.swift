import Foundation
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

/// What the bulk of a generated deployment stands on, said as people say it: each release with its
/// policy and roster, its tiers bound and its stages open, a grant of a group, and some holds.
struct Groundwork {
  /// What the bulk has to know of a release.
  struct Ground: Sendable {
    let id: Release.ID
    let policy: SHA256Digest
    let form: SHA256Digest
    /// Of the tier that people ask for.
    let manifest: SHA256Digest
    /// Its files, by path.
    let files: [ManifestFile]
  }

  private let ledger: Ledger
  private let now = Scale.start
  private let policy: Policy
  let roster: Roster
  private var nonces = 0

  init(_ ledger: Ledger) throws {
    self.ledger = ledger
    policy = try Policy(text: Texts.policy)
    roster = try Roster(text: Texts.roster(clerk: ledger.keys.clerk.publicKey))
  }

  /// Makes every release.
  mutating func lay() async throws -> [Ground] {
    var grounds: [Ground] = []
    for number in 0..<Scale.releases { grounds.append(try await lay(Scale.release(number))) }
    return grounds
  }

  /// What was laid before, read back.
  static func find(in ledger: Ledger) async throws -> [Ground] {
    var grounds: [Ground] = []
    for number in 0..<Scale.releases {
      grounds.append(try await find(Scale.release(number), in: ledger))
    }
    return grounds
  }

  private static func find(_ id: Release.ID, in ledger: Ledger) async throws -> Ground {
    let policy = try Policy(text: Texts.policy)
    let release = try await ledger.release(id, scope: .levelOnly)
    guard let form = policy.form("request"), let manifest = release.pinned("weights") else {
      throw RawDatabase.Fault(description: "\(id) offers no weights")
    }
    return Ground(
      id: id,
      policy: policy.digest,
      form: form.digest,
      manifest: manifest,
      files: try await ledger.files(of: manifest)
    )
  }

  private mutating func lay(_ release: Release.ID) async throws -> Ground {
    try await ledger.reserve(release, at: now)
    let terms = SHA256Digest(of: Texts.terms)
    let amend = Statement.Filing.amend(
      policy: policy.digest,
      roster: roster.digest,
      terms: ["use": terms]
    )
    let documents = [
      policy.digest: Array(policy.text.utf8), roster.digest: Array(roster.text.utf8),
      terms: Texts.terms,
    ]
    try await decide(
      amend,
      about: .init(name: "policy", digest: policy.digest),
      in: release,
      documents: documents
    )
    for (stage, tier) in [("public", "code"), ("invited", "preview"), ("gated", "weights")] {
      try await open(Stage.ID(stage), Tier.ID(tier), in: release)
    }
    try await invite(to: release, terms)
    try await hold(in: release)
    return try await Self.find(release, in: ledger)
  }

  private mutating func open(_ stage: Stage.ID, _ tier: Tier.ID, in release: Release.ID)
    async throws
  {
    let files = Texts.files(of: tier, in: release)
    let manifest = try Manifest(
      model: "\(release)@\(tier)",
      resources: files.map { path, bytes in
        .init(path: path, sha256: SHA256Digest(of: bytes), size: bytes.count)
      },
      binding: .init(release: release.rawValue, tier: tier.rawValue, audience: ledger.origin)
    )
    guard let home = ledger.home else { return }
    try await Blobs(in: home.blobs).importing { intake in
      for file in files { _ = try await intake.take(file.bytes) }
    }
    let pem = String(decoding: try Home.secret(at: home.releaseKey), as: UTF8.self)
    let bind = try await statement(
      .bind(manifest: manifest.digest),
      about: .init(name: "tier:\(tier)", in: release),
      by: "service:clerk",
      in: release
    )
    _ = try await ledger.perform(
      [bind],
      manifests: [try ModelBundle(manifest, signedWith: ReleaseKey(pem: pem))],
      at: now
    )
    try await decide(
      .open(stage, manifests: [tier: manifest.digest]),
      about: .init(name: "stage:\(stage)", in: release),
      in: release
    )
  }

  /// The grant of the group: asked for by a manager, who accepts, and approved by a reviewer.
  private mutating func invite(to release: Release.ID, _ terms: SHA256Digest) async throws {
    let manager = Principal.ID(Texts.managers[0])
    let accept = try await statement(
      .accept,
      about: .init(name: "terms:use", digest: terms),
      by: manager,
      in: release
    )
    _ = try await ledger.perform([accept], at: now)
    try await decide(
      .access("invited", tiers: ["preview"], beneficiary: .group("partners"), purpose: "Preview"),
      about: .init(name: "stage:invited", in: release),
      by: manager,
      approving: Principal.ID(Texts.reviewers[0]),
      in: release
    )
  }

  /// A tier and a stage were held for an hour; five keys, which nobody uses, are held for good.
  private mutating func hold(in release: Release.ID) async throws {
    let hour = now + Duration(seconds: 3_600)
    var held: [(String, Instant?)] = [("tier:preview", hour), ("stage:gated", hour)]
    for number in 0..<5 {
      let bytes = SHA256Digest(of: Array("lost key \(number)".utf8)).bytes
      held.append(("key:SHA256:\(Base64.encode(bytes).dropLast())", nil))
    }
    for (name, until) in held {
      let order = Statement.Order(code: .other, text: "while it is looked into", until: until)
      let hold = try await statement(
        .hold(order),
        about: .init(name: name, in: release),
        by: Principal.ID(Texts.stewards[0]),
        in: release
      )
      _ = try await ledger.perform([hold], at: now)
    }
  }

  /// Files a case, and has it approved.
  private mutating func decide(
    _ filing: Statement.Filing,
    about subject: Statement.Subject,
    by filer: Principal.ID = "service:clerk",
    approving head: Principal.ID = Principal.ID(Texts.managers[0]),
    in release: Release.ID,
    documents: [SHA256Digest: [UInt8]] = [:]
  ) async throws {
    let file = try await statement(.file(filing), about: subject, by: filer, in: release)
    let receipt = try await ledger.perform([file], documents: documents, at: now)
    guard let asked = receipt.cases.first else { return }
    let state = try await ledger.release(release, scope: .case(asked.id))
    let verdict = Statement.Verdict(
      case: asked.id,
      revision: asked.revision.id,
      policy: asked.policy,
      manifests: state.manifests(of: asked),
      reason: ""
    )
    let approve = try await statement(
      .approve(verdict),
      about: .init(name: "revision", digest: SHA256Digest(hex: asked.revision.id.rawValue)),
      by: head,
      in: release
    )
    _ = try await ledger.perform([approve], at: now)
  }

  private mutating func statement(
    _ body: Statement.Body,
    about subject: Statement.Subject,
    by speaker: Principal.ID,
    in release: Release.ID
  ) async throws -> Submission {
    nonces += 1
    let nonce = SHA256Digest(of: Array("said \(nonces)".utf8)).bytes.prefix(16)
    let bytes = Statement(
      by: speaker,
      at: now,
      audience: ledger.origin,
      nonce: Array(nonce),
      release: release,
      seen: try await ledger.head(),
      subject: subject,
      body: body
    ).canonical
    let key = try speaker == "service:clerk" ? ledger.keys.clerk : Texts.key(of: speaker)
    let signature = try key.sign(message: bytes, namespace: body.type.namespace)
    return Submission(
      statement: bytes,
      proof: .signature(armor: Array(signature.armor.utf8))
    )
  }
}
