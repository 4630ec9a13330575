import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

/// A release folded from statements that drafts composed: each is judged by the rules before it is
/// taken in, as the ledger judges it, and what follows from it is decided.
struct Fold {
  private(set) var release: Release
  private(set) var now = Samples.noon
  private var statements: [Statement.ID: Statement] = [:]
  private var steps: [Case.ID: [Wording.Step]] = [:]
  private var history: [Case.ID: [HistoryLine]] = [:]
  private var count = 0
  private var numbers = 0

  /// Nothing is proposed yet; the texts of two versions are at hand.
  init() throws {
    let policies = [try FoldRules.policy(), try FoldRules.next()]
    let roster = try FoldRules.roster()
    release = Release(
      Samples.release,
      library: .init(
        policies: Dictionary(uniqueKeysWithValues: policies.map { ($0.digest, $0) }),
        rosters: [roster.digest: roster]
      )
    )
  }

  /// Adopted, bound, both stages open.
  static func standing() throws -> Fold {
    var fold = try Fold()
    let amendment = try fold.draft("person:ana").amendment(
      policy: FoldRules.policy(),
      roster: FoldRules.roster(),
      terms: ["use": FoldRules.terms]
    )
    try fold.approve(fold.say(amendment), by: "person:ben")
    for tier: Tier.ID in ["code", "weights"] {
      try fold.say(fold.draft("person:ana").bind(tier, to: Samples.digest(tier.rawValue)))
    }
    for stage: Stage.ID in ["public", "gated"] {
      let opening = try fold.draft("person:ana").opening(stage, on: fold.page())
      try fold.approve(fold.say(opening), by: "person:ben")
    }
    return fold
  }

  /// Somebody about to say something, with a nonce of its own.
  func draft(_ person: Principal.ID) -> Draft { drafting(person).draft }

  func drafting(_ person: Principal.ID) -> Drafting {
    let count = count
    return Drafting(
      by: person,
      at: now,
      release: Samples.release,
      standing: Samples.standing,
      random: { length in (0..<length).map { UInt8(truncatingIfNeeded: $0 &+ count) } }
    )
  }

  mutating func wait(_ days: Int) throws {
    now = now + Duration(seconds: 86_400 * days)
    try settle()
  }

  /// Whether the rules take a statement in.
  func check(_ statement: Statement, answers: JSONObject? = nil) throws(Refusal) {
    try release.check(.init(statement), answers: answers, at: now)
  }

  /// Has a statement taken in; the case that it began, or that it is about.
  @discardableResult
  mutating func say(_ statement: Statement, answers: JSONObject? = nil) throws -> Case.ID {
    try check(statement, answers: answers)
    var number: Int?
    if case .file = statement.body {
      numbers += 1
      number = numbers
    }
    let before = release
    apply(.accepted(.init(statement, number: number)))
    statements[statement.id] = statement
    let id = record(statement)
    if case .revise = statement.body {
      steps[id, default: []].append(.revised(statement.canonical))
    }
    if before.cases.count < release.cases.count { history[id] = [] }
    try settle()
    return id
  }

  /// Has all that was drafted taken in; the case that the first statement began.
  @discardableResult
  mutating func say(_ drafted: Drafted) throws -> Case.ID {
    var first: Case.ID?
    for statement in drafted.statements {
      var answers: JSONObject?
      if case .answer(_, let commitment) = statement.body {
        let document = try #require(drafted.documents[commitment])
        let json = try JSONValue(canonical: Array(document.dropFirst(32)), format: "answers")
        answers = json.objectValue
      }
      let id = try say(statement, answers: answers)
      first = first ?? id
    }
    return try #require(first)
  }

  /// Has a statement taken in; the page of the case that it began.
  mutating func shown(_ statement: Statement) throws -> CasePage {
    let id = try say(statement)
    return try casePage(id)
  }

  /// Has all that was drafted taken in; the page of the case that it began.
  mutating func shown(_ drafted: Drafted) throws -> CasePage {
    let id = try say(drafted)
    return try casePage(id)
  }

  mutating func approve(_ id: Case.ID, by person: Principal.ID) throws {
    try say(draft(person).approve(casePage(id)))
  }

  /// Bob's request for the weights; open until the board decides.
  mutating func request(by person: Principal.ID = "person:bob") throws -> Case.ID {
    let wish = Verb.Wish(
      tiers: ["weights"],
      purpose: "To measure.",
      gift: .init(answers: ["request": ["purpose": "To measure."]], accepts: ["use"])
    )
    return try say(drafting(person).statements(of: .request(wish), on: Pages(release: page())))
  }

  /// The page of Bob's request.
  mutating func requestPage() throws -> CasePage {
    let id = try request()
    return try casePage(id)
  }

  /// Bob's grant.
  mutating func grant() throws -> GrantLine {
    let id = try request()
    try approve(id, by: "person:ana")
    try approve(id, by: "person:ben")
    return try grant(of: id)
  }
}

// What the fold shows and what follows from what was said.
extension Fold {
  private mutating func apply(_ fact: Entry.Fact) {
    release.apply(Entry(index: count, at: now, fact: fact))
    count += 1
  }

  private mutating func record(_ statement: Statement) -> Case.ID {
    let subject = Case.ID(statement.subject.digest.hex)
    let id: Case.ID =
      switch statement.body {
      case .file: Case.ID(statement.id.rawValue)
      case .approve(let verdict), .deny(let verdict, _): verdict.case
      case .return(let id, _, _), .answer(.case(let id), _): id
      default: subject
      }
    history[id, default: []].append(
      HistoryLine(
        at: now,
        kind: statement.type.rawValue,
        by: statement.by,
        code: nil,
        reason: nil,
        statement: statement.id
      )
    )
    return id
  }

  /// Decides whatever can be decided, as the ledger does after each statement.
  private mutating func settle() throws {
    var isMoving = true
    while isMoving {
      isMoving = false
      for asked in release.cases.values.sorted(by: { $0.number < $1.number }) {
        for fact in release.due(asked, at: now) { apply(fact) }
        guard let current = release.cases[asked.id],
          let evaluation = evaluate(current, in: release, at: now),
          let decision = Decision(evaluation)
        else { continue }
        decide(decision)
        isMoving = true
      }
    }
    for grant in release.grants.values {
      for place in release.unpaid(after: grant, at: now) {
        apply(.unpaid(grant.id, owes: place, event: Samples.digest("unpaid \(place)")))
      }
    }
  }

  private mutating func decide(_ decision: Decision) {
    let before = release.cases
    if decision.beginsReview { numbers += 1 }
    apply(.decided(decision.record(review: decision.beginsReview ? numbers : nil)))
    if let terms = decision.grant(in: release) {
      let id = Grant.ID(Samples.digest("grant \(count)").hex)
      apply(.issued(Grant(issuing: terms, as: id, at: count)))
    }
    for (id, asked) in release.cases
    where before[id].map({ $0.revision != asked.revision }) ?? false {
      steps[id, default: []].append(
        asked.policy == before[id]?.policy
          ? .appealed(decision.evaluation.case.id) : .restarted(asked.policy)
      )
    }
  }

  func grant(of id: Case.ID) throws -> GrantLine {
    let grant = try #require(release.grants.values.first { $0.terms.case == id })
    return GrantLine(grant, number: release.cases[id]?.number, in: release, at: now)
  }

  func grant(_ line: GrantLine) throws -> GrantLine { try grant(of: line.case) }

  func holds() -> [HoldLine] {
    release.holds.map { HoldLine($0, in: release.id, at: now, isFull: true) }
  }

  func members() -> [MemberLine] {
    release.memberships.flatMap { group, members in
      members.map { MemberLine($0, of: group, in: release.id, acceptedAt: nil) }
    }
  }

  func evidence() -> [EvidenceLine] {
    release.evidence.map { EvidenceLine($0, in: release) }
  }

  func wording(_ id: Case.ID) throws -> Wording {
    let filed = try #require(statements[Statement.ID(id.rawValue)])
    return Wording(filing: filed.canonical, steps: steps[id] ?? [])
  }

  func casePage(_ id: Case.ID, for reader: Principal.ID? = nil) throws -> CasePage {
    let asked = try #require(release.cases[id])
    var worded = id
    var denied: Wording?
    if case .review(let emergency) = asked.filing { worded = emergency }
    if case .appeal(let earlier, _, _) = asked.filing { denied = try wording(earlier) }
    let evaluation = try #require(evaluate(asked, in: release, at: now))
    let explanation = Explanation(evaluation, log: Samples.standing.head)
    return CasePage(
      case: CaseLine(asked, in: release, waitsForMe: true),
      wording: try wording(worded),
      denied: denied,
      manifests: release.manifests(of: asked),
      explanation: explanation.json,
      text: explanation.text,
      answers: nil,
      history: history[id] ?? [],
      excluded: reader.flatMap { reader in
        release.exclusion(of: reader, in: asked, at: now).map { .init(head: reader, why: $0) }
      }
    )
  }
}
