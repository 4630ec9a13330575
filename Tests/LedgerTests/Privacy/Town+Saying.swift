import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

extension Town {
  var use: Statement.Subject { .init(name: "terms:use", digest: SHA256Digest(of: Self.terms)) }

  func subject(_ name: String) -> Statement.Subject { .init(name: name, in: Self.release) }

  func manifest(_ tier: Tier.ID) throws -> SHA256Digest {
    guard let bundle = manifests[tier] else { throw Surprise.nothing }
    return SHA256Digest(of: bundle.statement)
  }

  /// A statement that nothing is wrong with.
  mutating func statement(
    _ body: Statement.Body,
    about subject: Statement.Subject? = nil,
    by speaker: Principal.ID
  ) async throws -> Statement {
    nonces += 1
    let own = try subject ?? body.ownSubject(by: speaker)
    guard let own else { throw Surprise.nothing }
    return Statement(
      by: speaker,
      at: now,
      audience: ledger.origin,
      nonce: Array(SHA256Digest(of: Array("nonce \(nonces)".utf8)).bytes.prefix(16)),
      release: body.type == .keychange ? "" : Self.release,
      seen: try await ledger.head(),
      subject: own,
      body: body
    )
  }

  func signed(_ statement: Statement, second: Ed25519Signer? = nil) throws -> Submission {
    let isClerk = statement.by == "service:clerk"
    let key = try isClerk ? ledger.keys.clerk : Self.key(statement.by.name)
    let purpose = statement.type.namespace
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

  @discardableResult
  mutating func say(
    _ body: Statement.Body,
    about subject: Statement.Subject? = nil,
    by speaker: Principal.ID,
    documents: [SHA256Digest: [UInt8]] = [:],
    manifests: [ModelBundle] = []
  ) async throws -> Statement {
    let said = try await statement(body, about: subject, by: speaker)
    _ = try await ledger.perform(
      [try signed(said)],
      documents: documents,
      manifests: manifests,
      at: now
    )
    return said
  }

  @discardableResult
  mutating func file(
    _ filing: Statement.Filing,
    about subject: Statement.Subject? = nil,
    by filer: Principal.ID
  ) async throws -> Case {
    let said = try await say(
      .file(filing),
      about: subject,
      by: filer,
      documents: try documents(of: filing)
    )
    return try await find(Case.ID(said.id.rawValue))
  }

  func find(_ id: Case.ID) async throws -> Case {
    guard let found = try await ledger.release(Self.release).cases[id] else {
      throw Surprise.nothing
    }
    return found
  }

  mutating func approve(_ asked: Case, by head: Principal.ID) async throws {
    try await say(.approve(try await verdict(on: asked)), by: head)
  }

  mutating func deny(_ asked: Case, by head: Principal.ID) async throws {
    try await say(.deny(try await verdict(on: asked, reason: "Not so."), .safety), by: head)
  }

  func verdict(on asked: Case, reason: String = "") async throws -> Statement.Verdict {
    let release = try await ledger.release(Self.release)
    let current = release.cases[asked.id] ?? asked
    return Statement.Verdict(
      case: asked.id,
      revision: current.revision.id,
      policy: current.policy,
      manifests: release.manifests(of: current),
      reason: reason
    )
  }

  mutating func bind(_ tier: Tier.ID) async throws {
    let bundles = manifests[tier].map { [$0] } ?? []
    try await say(
      .bind(manifest: try manifest(tier)),
      about: subject("tier:\(tier)"),
      by: "service:clerk",
      manifests: bundles
    )
  }

  func opening(of stage: Stage.ID) throws -> Statement.Filing {
    let tier: Tier.ID = stage == "gated" ? "weights" : "paper"
    return .open(stage, manifests: [tier: try manifest(tier)])
  }

  mutating func open(_ stage: Stage.ID) async throws {
    let filed = try await file(try opening(of: stage), by: "service:clerk")
    for head in ["person:ana", "person:ben", "person:dee"] as [Principal.ID] {
      try await approve(filed, by: head)
    }
  }

  var amendment: Statement.Filing {
    get throws {
      .amend(
        policy: try Policy(text: Self.policy).digest,
        roster: try Roster(text: Self.roster(for: ledger)).digest,
        terms: ["use": use.digest]
      )
    }
  }

  private func documents(of filing: Statement.Filing) throws -> [SHA256Digest: [UInt8]] {
    guard case .amend(let policy, let roster, _, _) = filing else { return [:] }
    let first = try Roster(text: Self.roster(for: ledger))
    let text =
      try first.digest == roster
      ? first.text : Self.roster(version: 2, for: ledger, after: first)
    return [policy: Array(Self.policy.utf8), roster: Array(text.utf8), use.digest: Self.terms]
  }

  /// An amendment that takes the roster to its next version.
  var nextAmendment: Statement.Filing {
    get throws {
      let first = try Roster(text: Self.roster(for: ledger))
      let next = try Roster(text: Self.roster(version: 2, for: ledger, after: first))
      return .amend(
        policy: try Policy(text: Self.policy).digest,
        roster: next.digest,
        terms: ["use": use.digest]
      )
    }
  }

  mutating func answer(
    _ occasion: Statement.Occasion,
    form: String = "request",
    _ fields: JSONObject? = nil,
    by answerer: Principal.ID
  ) async throws {
    let name = answerer == "person:bob" ? "Robert Roe" : "Somebody Else"
    let fields = fields ?? ["name": .string(name), "purpose": "To measure."]
    guard let digest = try Policy(text: Self.policy).form(Form.ID(form))?.digest else {
      throw Surprise.nothing
    }
    let salt = Array(SHA256Digest(of: Array("salt \(nonces)".utf8)).bytes)
    let document = salt + JSONValue.object(fields).canonical
    try await say(
      .answer(occasion, commitment: SHA256Digest(of: document)),
      about: .init(name: "form:\(form)", digest: digest),
      by: answerer,
      documents: [SHA256Digest(of: document): document]
    )
  }
}

extension Statement.Body {
  /// What a body must be about, where only one thing is possible.
  fileprivate func ownSubject(by speaker: Principal.ID) throws -> Statement.Subject? {
    func document(_ name: String, _ id: String) throws -> Statement.Subject {
      .init(name: name, digest: try SHA256Digest(hex: id))
    }
    return switch self {
    case .file(.amend(let policy, _, _, _)): .init(name: "policy", digest: policy)
    case .file(.open(let stage, _)), .file(.access(let stage, _, _, _)):
      .init(name: "stage:\(stage)", in: Town.release)
    case .file(.renew(let grant, _)): try document("grant", grant.rawValue)
    case .file(.lift(let hold, _)): try document("hold", hold.rawValue)
    case .file(.appeal(let id, _, _)): try document("case", id.rawValue)
    case .file(.emergency): .init(name: "policy", digest: try Policy(text: Town.policy).digest)
    case .approve(let verdict), .deny(let verdict, _):
      try document("revision", verdict.revision.rawValue)
    case .return(_, let revision, _): try document("revision", revision.rawValue)
    case .keychange: .init(name: speaker.rawValue, in: "")
    case .join, .leave: .init(name: "group:readers", in: Town.release)
    default: nil
    }
  }
}
