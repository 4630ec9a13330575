import SluiceAPI
import SluiceEncoding
import SluiceGovernance

extension BodySamples {
  private static let registrant = RegistrantLine(
    principal: "person:dora",
    email: "dora@b.example",
    registeredAt: Samples.noon,
    confirmedAt: Samples.noon
  )

  private static let unconfirmed = RegistrantLine(
    principal: "person:dan",
    email: "dan@b.example",
    registeredAt: Samples.noon,
    confirmedAt: nil
  )

  /// A case whose parties made themselves known.
  private static func page(with registrants: [RegistrantLine]) throws -> CasePage {
    let page = try Samples.casePage()
    return CasePage(
      case: page.case,
      wording: page.wording,
      manifests: page.manifests,
      sizes: ["weights": TierSize(files: 2, bytes: 9)],
      explanation: page.explanation,
      text: page.text,
      answers: page.answers,
      withheld: ["request": ["name"]],
      history: page.history,
      registrants: registrants
    )
  }

  static let undermined = UnderminedLine(
    release: Samples.release,
    number: 4,
    kind: .access,
    approvedAt: Samples.noon,
    grants: [Samples.grant().id]
  )

  private static let cost = ReplicationCost(
    parameters: 1,
    tokens: 2,
    hardware: "card",
    gigaflops: 3,
    utilisation: 50,
    unitPrice: "2.00",
    currency: "EUR",
    pricedAt: Samples.noon
  )

  static let finding = Statement.Finding(
    kind: "uptake",
    metrics: ["grants": "1"],
    method: "counted",
    attachments: [:],
    publishes: false
  )

  static func lines() throws -> [any Body] {
    let line = try Samples.casePage().case
    return [
      line, Samples.grant(), ended, renewable, Samples.possession, hold, delegation, evidence,
      anonymous,
      member, credential, group(line),
      Listing([Samples.grant(), ended]), registrant, unconfirmed,
      RegistrationForm(name: "dora", email: "dora@b.example", key: "ssh-ed25519 AAAA"),
      RegistrationForm(name: "dora", email: "dora@b.example"),
      RegistrationPage(
        principal: "person:dora",
        email: "dora@b.example",
        token: "hf_x",
        confirmableUntil: Samples.noon
      ),
      ConfirmationPage(
        principal: "person:dora",
        email: "dora@b.example",
        confirmableUntil: Samples.noon,
        confirmedAt: Samples.noon
      ),
      try page(with: [registrant, unconfirmed]),
      WhoLine(
        tier: "weights",
        audience: .group("press"),
        principal: "person:bob",
        organisation: "org:lab",
        grant: Samples.grant().id,
        since: Samples.noon,
        until: Samples.noon
      ),
      ReleaseLine(
        release: Samples.release,
        title: "Tiny",
        version: 2,
        publicSince: Samples.noon,
        everyone: ["code"],
        gated: ["weights"]
      ),
      ReplayLine(
        case: line.id,
        number: 4,
        kind: .access,
        summary: "bob asks",
        before: .met,
        after: .dead
      ),
    ]
  }

  static let ended = GrantLine(
    id: Samples.grant().id,
    number: nil,
    release: Samples.release,
    audience: .everyone,
    stage: nil,
    tiers: [],
    status: .revoked,
    notBefore: Samples.noon,
    notAfter: nil,
    case: Samples.grant().case,
    policy: Samples.digest("policy"),
    ended: .init(kind: .surrendered, at: Samples.noon, code: .keyCompromise, text: "lost")
  )

  static let renewable = GrantLine(
    id: Samples.grant().id,
    number: 4,
    release: Samples.release,
    audience: .group("press"),
    stage: "gated",
    tiers: ["weights"],
    status: .held,
    held: hold.id,
    notBefore: Samples.noon,
    notAfter: Samples.noon,
    case: Samples.grant().case,
    policy: Samples.digest("policy"),
    terms: ["use": Samples.digest("use")],
    renewal: .init(from: Samples.noon, until: Samples.noon),
    successorOf: Grant.ID(Samples.digest("old").hex),
    successor: Grant.ID(Samples.digest("new").hex),
    owes: [
      .init(act: .answer("findings"), dueAt: Samples.noon, state: .late, then: .hold),
      .init(
        act: .accept("use"),
        sha256: Samples.digest("use"),
        dueAt: nil,
        state: .later,
        then: .note
      ),
    ],
    ended: nil
  )

  /// A case with whatever an access case lacks.
  private static func group(_ line: CaseLine) -> CaseLine {
    CaseLine(
      id: line.id,
      number: 5,
      kind: .review,
      state: .approved,
      release: line.release,
      stage: nil,
      tiers: ["weights"],
      requester: "person:ana",
      party: .group("press"),
      about: .case(line.id),
      purpose: "",
      revision: line.revision,
      revisedAt: Samples.noon,
      policy: line.policy,
      gate: "look-back",
      strength: .pin,
      filedAt: Samples.noon,
      dueAt: nil,
      isOverdue: true,
      lapseAt: nil,
      deadline: Samples.noon,
      endedAt: Samples.noon,
      waitsForMe: false,
      waitsFor: ["person:ana", "person:bob"],
      summary: "review"
    )
  }

  static func questions() -> [any Body] {
    let supposing = Supposition(
      policy: "sluice: policy/1",
      person: "person:eve",
      assumed: [.init(.approve, "ben"), .init(.confirm, "9c2e1f")]
    )
    return [
      ExplanationQuestion(at: Samples.noon, supposing: supposing), ExplanationQuestion(),
      AccessQuestion(
        principal: "person:bob",
        release: Samples.release,
        tier: "weights",
        at: Samples.noon,
        supposing: supposing
      ),
      AccessQuestion(principal: nil, release: Samples.release, tier: "weights"),
      ReplayQuestion(policy: "sluice: policy/1"),
      ComputeQuestion(tier: "weights", kind: .earlyAccess, group: "press", isDry: true),
      ComputeQuestion(tier: "weights", kind: .replicationCost, cost: cost),
      Wording.Difference(path: "purpose", before: nil, after: "b"),
    ]
  }

  static func instructions() throws -> [any Body] {
    let filed = try Samples.draft().bind("weights", to: Samples.digest("weights"))
    let drafted = Drafted([filed], documents: [Samples.digest("d"): [1, 2]])
    return [drafted]
      + VerbSamples.all.map { Instruction($0, release: Samples.release, by: "person:bob") }
  }
}
