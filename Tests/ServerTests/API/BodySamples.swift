import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// One of each body, with every optional member somewhere.
enum BodySamples {
  static func all() throws -> [any Body] { try made.get() }

  private static let made = Result<[any Body], any Error> {
    try pages() + lines() + questions() + instructions()
  }

  static func pages() throws -> [any Body] {
    let page = try Samples.casePage()
    let problem = Problem(
      Refusal.noGrant(pending: 4),
      explanation: ["result": "open"],
      difference: [.init(path: "purpose", before: "a", after: "b")]
    )
    return [
      Samples.standing,
      Standing(
        origin: "o",
        head: .init(size: 0, root: Samples.digest("")),
        vkey: "k",
        releaseKeys: [],
        principal: nil,
        isClockInDoubt: true
      ),
      try Samples.page(), try release(), page, page.case, try appeal(), problem,
      AccessPage(
        release: Samples.release,
        tier: "weights",
        principal: "person:bob",
        at: Samples.noon,
        grant: Samples.grant(),
        problem: problem,
        text: "no"
      ),
      AccessPage(
        release: Samples.release,
        tier: "code",
        principal: nil,
        at: Samples.noon,
        grant: nil,
        problem: nil,
        text: "yes"
      ),
      ExplanationPage(explanation: ["result": "open"], text: "case 4"),
      Parcel(
        [
          Envelope(statement: [0, 255]),
          Envelope(statement: [1], signature: Array("armor".utf8), second: Array("b".utf8)),
        ],
        documents: [Samples.digest("d"): [1, 2]]
      ),
      Submitted(
        events: [.init(index: 8, kind: "file")],
        cases: [page.case],
        grants: [Samples.grant()],
        holds: [hold],
        evidence: [evidence],
        undermined: [undermined]
      ),
      ComputedPage(finding, recorded: nil),
      ComputedPage(finding, recorded: Submitted(events: [], cases: [], grants: [])),
      try stage(), exposure(page.case), person(page.case), report, decisions(agreeing: true),
      ProofPage(index: 3, entry: [1, 2], event: "{}", proof: "p\n"),
      ProofPage(index: 3, entry: [1, 2], event: nil, proof: "p\n"),
      StatementPage(index: 3, at: Samples.noon, statement: [1], signature: nil),
      StatementPage(
        index: 3,
        at: Samples.noon,
        statement: [1],
        signature: Array("a\n".utf8),
        second: Array("b\n".utf8)
      ),
      Listing([page.case], next: "rest-4"),
      PossessionsPage(
        [Samples.possession],
        next: "9",
        totals: .init(lines: 2, recipients: 1, deliveries: 3, counted: 5, countedBytes: 70)
      ),
      decisions(agreeing: false),
    ]
  }

  private static func release() throws -> ReleasePage {
    let page = try Samples.page()
    return ReleasePage(
      release: page.release,
      isPublic: false,
      policy: page.policy,
      policySHA256: page.policySHA256,
      rosterSHA256: page.rosterSHA256,
      version: 1,
      adoptedAt: nil,
      terms: page.terms,
      stages: page.stages,
      tiers: page.tiers + [
        TierLine(
          tier: "raw",
          kind: .data,
          manifest: nil,
          isOpen: false,
          isForEveryone: false,
          sealed: "Not ours.",
          files: []
        )
      ],
      texts: page.texts,
      forms: page.forms + (try FoldRules.policy().forms.map { FormLine($0) }) + [try countries],
      groups: try FoldRules.policy().groups.map { GroupLine($0) },
      holds: [hold],
      delegations: [delegation],
      evidence: [evidence],
      adoptions: [
        AdoptionLine(
          at: Samples.noon,
          number: 1,
          policy: Samples.digest("p"),
          version: 1,
          roster: Samples.digest("r"),
          rosterVersion: 2
        )
      ],
      counts: CountsLine(
        cases: [.init(kind: .access, state: .open, count: 3)],
        overdue: 1,
        grants: 2,
        ended: 1,
        deliveries: 5,
        complete: 4
      ),
      roles: ["managers"],
      next: []
    )
  }

  private static var countries: FormLine {
    get throws {
      let policy = FoldRules.policyText.replacing(
        "- {id: found, type: text}",
        with: [
          "- {id: found, type: text, optional: true}",
          "- {id: land, type: country, allow: [NO, SE], deny: [XX]}",
          "- {id: use, type: choice, options: [research, other], ask: \"What for?\"}",
        ].joined(separator: "\n    ")
      )
      let form = try Policy(text: policy).forms.last.map { FormLine($0) }
      guard let form else { throw Malformed("sample", "no form") }
      return form
    }
  }

  private static func appeal() throws -> CasePage {
    var fold = try Fold.standing()
    let id = try fold.request()
    let revised = try fold.draft("person:bob")
      .revise(fold.casePage(id), purpose: "More.", on: fold.page())
    try fold.say(revised)
    try fold.say(fold.draft("person:ana").deny(fold.casePage(id), .purpose, reason: "Vague."))
    return try fold.shown(fold.draft("person:bob").appeal(fold.casePage(id)))
  }

  private static func stage() throws -> StagePage {
    StagePage(
      release: Samples.release,
      stage: try Samples.page().stages[1],
      manifests: ["weights": Samples.digest("weights")],
      forms: ["request"],
      terms: ["use"],
      opening: try Samples.casePage().case,
      explanation: ["result": "open"],
      text: "case 4",
      holds: [hold]
    )
  }

  private static func exposure(_ line: CaseLine) -> ExposurePage {
    ExposurePage(
      grant: Samples.grant(),
      at: Samples.noon,
      deliveries: [Samples.possession],
      grants: [Samples.grant(.group("press"))],
      cases: [line],
      text: "one file left"
    )
  }

  private static func person(_ line: CaseLine) -> PersonPage {
    PersonPage(
      principal: "person:bob",
      at: Samples.noon,
      organisation: "org:lab",
      isAuditor: true,
      roles: [.init(release: Samples.release, role: "board")],
      grants: [Samples.grant()],
      cases: [line],
      memberships: [member],
      credentials: [credential],
      holds: [hold],
      deliveries: [Samples.possession]
    )
  }

  static let report = ReportPage(
    report: .serviceLevel,
    release: Samples.release,
    at: Samples.noon,
    sections: [
      .init(title: "Cases", values: [.init("median", "4 h"), .init("parameters", nil)])
    ],
    data: ["cases": 4]
  )

  static let hold = HoldLine(
    id: Hold.ID(Samples.digest("hold").hex),
    release: Samples.release,
    subject: .key("SHA256:x"),
    code: .keyCompromise,
    text: "lost",
    placedBy: "person:eli",
    placedAt: Samples.noon,
    until: Samples.noon,
    since: Samples.noon,
    liftedAt: Samples.noon,
    isActive: false
  )

  static let delegation = DelegationLine(
    statement: Statement.ID(Samples.digest("delegate").hex),
    role: "board",
    holder: "person:ana",
    delegate: "person:ben",
    from: Samples.noon,
    until: Samples.noon
  )

  static let evidence = EvidenceLine(
    id: Evidence.ID(Samples.digest("evidence").hex),
    release: Samples.release,
    tiers: ["weights"],
    manifest: Samples.digest("weights"),
    kind: "detectability",
    metrics: ["accuracy": "0.94"],
    method: "held out",
    attachments: ["roc.png": Samples.digest("roc")],
    publishes: true,
    by: "person:eli",
    at: Samples.noon,
    isReport: false,
    confirmations: [
      .init(statement: .init(Samples.digest("confirm").hex), by: "person:dee", at: Samples.noon)
    ]
  )

  static let anonymous = EvidenceLine(
    id: evidence.id,
    release: Samples.release,
    tiers: [],
    manifest: evidence.manifest,
    kind: "uptake",
    metrics: [:],
    method: "",
    by: nil,
    at: Samples.noon,
    confirmations: [.init(statement: evidence.id, by: nil, at: Samples.noon)]
  )

  static let member = MemberLine(
    release: Samples.release,
    group: "press",
    member: "person:bob",
    fields: ["sector": "press"],
    invitedBy: "person:dee",
    invitedAt: Samples.noon,
    acceptedAt: Samples.noon,
    leftAt: Samples.noon,
    endedBy: "person:bob"
  )

  static let credential = CredentialLine(
    id: Credential.ID(Samples.digest("credential").hex),
    release: Samples.release,
    issuer: "person:dee",
    holder: "person:bob",
    at: Samples.noon,
    claim: .init(
      type: "email-domain",
      values: ["domain": "example.org"],
      assertedAt: Samples.noon,
      expiresAt: Samples.noon
    )
  )
}
