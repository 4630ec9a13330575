import SluiceEncoding
import SluiceGovernance
import SluiceProof

import SluiceLedger

extension World {
  /// A statement that nothing is wrong with.
  mutating func statement(
    _ body: Statement.Body,
    about subject: Statement.Subject? = nil,
    by speaker: Principal.ID,
    in release: Release.ID = World.release,
    audience: String? = nil,
    at instant: Instant? = nil,
    seen: Statement.Head? = nil
  ) async throws -> Statement {
    nonces += 1
    return Statement(
      by: speaker,
      at: instant ?? now,
      audience: audience ?? ledger.origin,
      nonce: Array(SHA256Digest(of: Array("nonce \(nonces)".utf8)).bytes.prefix(16)),
      release: body.type == .keychange ? "" : release,
      seen: try await (seen ?? self.seen).orHead(of: ledger),
      subject: try subject ?? body.subject(by: speaker, in: release),
      body: body
    )
  }

  func verdict(
    on asked: Case,
    manifests: [Tier.ID: SHA256Digest]? = nil,
    reason: String = ""
  ) async throws -> Statement.Verdict {
    let pinned =
      if let manifests { manifests } else {
        try await ledger.release(Self.release).manifests(of: asked)
      }
    return Statement.Verdict(
      case: asked.id,
      revision: asked.revision.id,
      policy: asked.policy,
      manifests: pinned,
      reason: reason
    )
  }

  func request(_ purpose: String = "", for beneficiary: Principal.ID = "person:bob")
    -> Statement.Filing
  {
    .access("gated", tiers: ["weights"], beneficiary: .principal(beneficiary), purpose: purpose)
  }

  var use: Statement.Subject {
    .init(name: "terms:use", digest: SHA256Digest(of: Self.terms))
  }

  var amendment: Statement.Filing {
    get throws {
      .amend(
        policy: try Policy(text: charter.policy).digest,
        roster: try Roster(text: charter.roster(ledger)).digest,
        terms: ["use": use.digest]
      )
    }
  }

  /// The texts that an amendment names.
  func documents(of filing: Statement.Filing) throws -> [SHA256Digest: [UInt8]] {
    guard case .amend(let policy, let roster, _, _) = filing else { return [:] }
    return [
      policy: Array(charter.policy.utf8), roster: Array(try charter.roster(ledger).utf8),
      use.digest: Self.terms,
    ]
  }

  func manifest(_ tier: Tier.ID) throws -> SHA256Digest {
    guard let bundle = manifests[tier] else { throw Surprise.noManifest }
    return SHA256Digest(of: bundle.statement)
  }

  /// A statement signed with its speaker's own key, for the purpose of its type.
  func signed(
    _ statement: Statement,
    by signer: Ed25519Signer? = nil,
    for namespace: String? = nil,
    second: Ed25519Signer? = nil
  ) throws -> Submission {
    let purpose = namespace ?? statement.type.namespace
    let own = try statement.by == "service:clerk" ? ledger.keys.clerk : Self.key(statement.by.name)
    let key = signer ?? own
    return Submission(
      statement: statement.canonical,
      proof: .signature(
        armor: Array(try key.sign(message: statement.canonical, namespace: purpose).armor.utf8),
        second: try second.map {
          Array(try $0.sign(message: statement.canonical, namespace: purpose).armor.utf8)
        }
      )
    )
  }

  static func key(_ name: String) throws -> Ed25519Signer {
    try Ed25519Signer(seed: SHA256Digest(of: Array("key of \(name)".utf8)).bytes)
  }

  static func answers(_ fields: JSONObject, salt: UInt8 = 7) -> [SHA256Digest: [UInt8]] {
    let document = Array(repeating: salt, count: 32) + JSONValue.object(fields).canonical
    return [SHA256Digest(of: document): document]
  }
}

extension Statement.Head? {
  fileprivate func orHead(of ledger: Ledger) async throws -> Statement.Head {
    if let self { return self }
    return try await ledger.head()
  }
}

extension Statement.Body {
  /// What a body must be about, where only one thing is possible.
  fileprivate func subject(
    by speaker: Principal.ID,
    in release: Release.ID
  ) throws -> Statement.Subject {
    switch self {
    case .file(.amend(let policy, _, _, _)): .init(name: "policy", digest: policy)
    case .file(.open(let stage, _)), .file(.access(let stage, _, _, _)):
      .init(name: "stage:\(stage)", in: release)
    case .file(.renew(let grant, _)):
      .init(name: "grant", digest: try SHA256Digest(hex: grant.rawValue))
    case .file(.lift(let hold, _)):
      .init(name: "hold", digest: try SHA256Digest(hex: hold.rawValue))
    case .file(.appeal(let id, _, _)):
      .init(name: "case", digest: try SHA256Digest(hex: id.rawValue))
    case .approve(let verdict), .deny(let verdict, _):
      .init(name: "revision", digest: try SHA256Digest(hex: verdict.revision.rawValue))
    case .return(_, let revision, _):
      .init(name: "revision", digest: try SHA256Digest(hex: revision.rawValue))
    case .keychange: .init(name: speaker.rawValue, in: "")
    default: throw World.Surprise.noSubject
    }
  }
}
