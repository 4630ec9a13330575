import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// One of each body, with every optional member, and what they are made of.
enum Samples {
  static let noon = Instant(seconds: 1_550_145_600)
  static let release: Release.ID = "ana/tiny"
  static let policyText = """
    sluice: policy/1
    id: single-steward
    version: 1
    title: One steward, gated weights
    roles: [maintainers, stewards]
    tiers:
      code:    {kind: code}
      weights: {kind: weights}
      query:   {kind: service}
    terms:
      use: {file: terms/use.md}
    forms:
      request:
        - {id: name,    type: text, max: 200, private: true}
        - {id: purpose, type: text, max: 2000, ask: "What will you use the weights for?"}
    gates:
      steward:
        require:
          - approve: {role: maintainers}
      requester:
        require:
          - answer: request
          - accept: use
          - approve: {role: maintainers}
        due: P7D
        lapse: P60D
    stages:
      public: {offers: [code], opens: steward, admits: everyone}
      gated:  {offers: [weights, query], opens: steward, admits: requester, lasts: P365D}
    governance:
      stewards: stewards
      amend: steward
      lift: steward
      appeal: steward
    """
  static let terms = Array("Do no harm.".utf8)

  static func digest(_ text: String) -> SHA256Digest { SHA256Digest(of: Array(text.utf8)) }

  static let standing = Standing(
    origin: "localhost/test",
    head: .init(size: 7, root: digest("root")),
    vkey: "localhost/test+01234567+AAAA",
    releaseKeys: ["-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n"],
    principal: "person:ana"
  )

  static func policy() throws -> Policy { try Policy(text: policyText) }

  static func page(
    opened: Set<Stage.ID> = ["public", "gated"],
    bound: Set<Tier.ID> = ["code", "weights"]
  ) throws -> ReleasePage {
    let policy = try policy()
    return ReleasePage(
      release: release,
      isPublic: true,
      policy: policyText,
      policySHA256: policy.digest,
      rosterSHA256: digest("roster"),
      version: 1,
      adoptedAt: noon,
      terms: ["use": SHA256Digest(of: terms)],
      stages: policy.stages.map { stage in
        StageLine(
          stage: stage.id,
          offers: stage.offers,
          opens: stage.opens,
          admits: stage.admits == .everyone ? nil : "requester",
          openedAt: opened.contains(stage.id) ? noon : nil,
          lasts: stage.lasts
        )
      },
      tiers: policy.tiers.map { tier in
        TierLine(
          tier: tier.id,
          kind: tier.kind,
          manifest: bound.contains(tier.id) ? digest(tier.id.rawValue) : nil,
          isOpen: true,
          isForEveryone: tier.id == "code",
          sealed: nil,
          files: [FileLine(path: "a/b.txt", size: 3, sha256: digest("abc"))]
        )
      },
      texts: ["use": String(decoding: terms, as: UTF8.self)],
      forms: policy.forms.map { FormLine($0) },
      groups: policy.groups.map { GroupLine($0) },
      next: ["Ask for access: sluice request ana/tiny --tier weights"]
    )
  }

  /// Bob's request for the weights, as an approver's page shows it.
  static func casePage() throws -> CasePage {
    let filed = try draft(by: "person:bob").access(
      Asking(for: ["weights"], on: page()),
      purpose: "é"
    )
    return try casePage(of: filed)
  }

  static func casePage(of filed: Statement) throws -> CasePage {
    let id = Case.ID(filed.id.rawValue)
    let policy = try policy()
    let line = CaseLine(
      id: id,
      number: 4,
      kind: .access,
      state: .open,
      release: release,
      stage: "gated",
      tiers: ["weights"],
      requester: "person:bob",
      party: .principal("person:bob"),
      purpose: "é",
      revision: Case.Revision.ID(filed.id.rawValue),
      revisedAt: noon,
      policy: policy.digest,
      gate: "requester",
      filedAt: noon,
      dueAt: noon + Duration(seconds: 604_800),
      isOverdue: false,
      lapseAt: noon + Duration(seconds: 5_184_000),
      waitsForMe: true,
      summary: "bob asks for weights (stage gated)"
    )
    return CasePage(
      case: line,
      wording: Wording(filing: filed.canonical),
      manifests: ["weights": digest("weights")],
      terms: ["use": digest("use")],
      explanation: [
        "policy": .string("sha256:\(policy.digest)"), "subject": .string("case:\(id)"),
      ],
      text: "case 4: bob asks for weights",
      answers: ["request": ["name": "Bob", "purpose": "To measure."]],
      history: [
        HistoryLine(
          at: noon,
          kind: "deny",
          by: "person:ana",
          code: .purpose,
          reason: "Too vague.",
          statement: Statement.ID(digest("deny").hex)
        ),
        HistoryLine(at: noon, kind: "decide", by: nil, code: nil, reason: nil, statement: nil),
      ],
      roles: ["managers"],
      excluded: .init(head: "person:bob", why: .requester)
    )
  }

  static func grant(_ audience: Grant.Audience = .principal("person:bob")) -> GrantLine {
    GrantLine(
      id: Grant.ID(digest("grant").hex),
      number: 4,
      release: release,
      audience: audience,
      stage: "gated",
      tiers: ["weights"],
      status: .live,
      notBefore: noon,
      notAfter: noon + Duration(seconds: 60),
      case: Case.ID(digest("case").hex),
      policy: digest("policy"),
      ended: nil
    )
  }

  static let possession = PossessionLine(received, organisation: "org:acme")

  static let received = Possession(
    principal: "person:bob",
    credential: "token:0011",
    grant: Grant.ID(digest("grant").hex),
    tier: "weights",
    file: "model.safetensors",
    sha256: digest("model"),
    size: 10,
    bytes: 4,
    isComplete: false,
    first: noon,
    last: noon,
    case: 4,
    approvers: ["person:ana"]
  )

  static func draft(by principal: Principal.ID = "person:ana") -> Draft {
    Draft(
      by: principal,
      at: noon,
      nonce: Array(0..<16),
      release: release,
      standing: standing
    )
  }
}
