public import SluiceEncoding

extension Simulation {
  /// A release of which nothing has been said, with the texts by which it can be decided.
  ///
  /// Adoption is the first case: `file(.amend(…))` proposes it.
  ///
  /// - Parameters:
  ///   - name: `OWNER/NAME`.
  ///   - policy: The rules.
  ///   - roster: The people.
  ///   - now: Log time.
  public init(_ name: Release.ID, policy: Policy, roster: Roster, at now: Instant) {
    let library = Release.Library(
      policies: [policy.digest: policy],
      rosters: [roster.digest: roster]
    )
    self.init(Release(name, library: library), at: now)
  }

  /// Has somebody say something with a key of theirs, if the rules let it in.
  ///
  /// - Parameters:
  ///   - body: What is said.
  ///   - subject: What it is about.
  ///   - who: Who says it; nothing is signed.
  ///   - answers: The answers behind the commitment of an `answer`.
  ///   - instant: When; by default now.
  /// - Returns: The statement.
  /// - Throws: The first rule that is broken; then only time has passed.
  @discardableResult
  public mutating func say(
    _ body: Statement.Body,
    about subject: Statement.Subject,
    by who: Principal.ID,
    answers: JSONObject? = nil,
    at instant: Instant? = nil
  ) throws(Refusal) -> Statement {
    pass(to: instant ?? now)
    let statement = statement(body, about: subject, by: who)
    try say(Entry.Said(statement), answers: answers, at: now)
    return statement
  }

  /// Has somebody begin a case.
  ///
  /// - Returns: The case.
  /// - Throws: What ``say(_:about:by:answers:at:)`` throws.
  public mutating func file(
    _ filing: Statement.Filing,
    by who: Principal.ID,
    at instant: Instant? = nil
  ) throws(Refusal) -> Case.ID {
    let filed = try say(.file(filing), about: subject(of: filing), by: who, at: instant)
    return Case.ID(filed.id.rawValue)
  }

  /// Has somebody approve a case as it is worded, or deny it for a reason.
  ///
  /// - Parameters:
  ///   - id: The case.
  ///   - who: Who judges.
  ///   - reason: Why.
  ///   - denial: The code of a denial; `nil` approves.
  ///   - instant: When; by default now.
  /// - Throws: What ``say(_:about:by:answers:at:)`` throws, and `unknownCase`.
  public mutating func judge(
    _ id: Case.ID,
    by who: Principal.ID,
    because reason: String,
    denial: ReasonCode? = nil,
    at instant: Instant? = nil
  ) throws(Refusal) {
    pass(to: instant ?? now)
    guard let asked = release.cases[id] else { throw .unknownCase(id) }
    let verdict = verdict(on: asked, because: reason)
    try say(
      denial.map { .deny(verdict, $0) } ?? .approve(verdict),
      about: Self.document("revision", verdict.revision.rawValue),
      by: who
    )
  }

  /// How a case stands now.
  public func evaluation(of id: Case.ID) -> Evaluation? {
    release.cases[id].flatMap { evaluate($0, in: release, at: now) }
  }

  /// The last decision about a case that was reached here.
  public func decision(about id: Case.ID) -> Decision? {
    steps.last { $0.decision?.evaluation.case.id == id }?.decision
  }

  /// The statement by which somebody would say something now, with a nonce of its own.
  func statement(
    _ body: Statement.Body,
    about subject: Statement.Subject,
    by who: Principal.ID
  ) -> Statement {
    var nonce = [UInt8](repeating: 0, count: 16)
    for place in 0..<8 { nonce[place] = UInt8(truncatingIfNeeded: nextIndex >> (8 * place)) }
    return Statement(
      by: who,
      at: now,
      audience: "scenario",
      nonce: nonce,
      release: release.id,
      seen: .init(size: 0, root: SHA256Digest(of: "".utf8)),
      subject: subject,
      body: body
    )
  }

  /// What a verdict says that is about a case; by default as it is worded now.
  func verdict(
    on asked: Case,
    revision: Case.Revision.ID? = nil,
    because reason: String
  ) -> Statement.Verdict {
    Statement.Verdict(
      case: asked.id,
      revision: revision ?? asked.revision.id,
      policy: asked.policy,
      manifests: release.manifests(of: asked),
      reason: reason
    )
  }

  /// What a filing is about.
  func subject(of filing: Statement.Filing) -> Statement.Subject {
    switch filing {
    case .amend(let policy, _, _, _): .init(name: "policy", digest: policy)
    case .open(let stage, _), .access(let stage, _, _, _):
      .init(name: "stage:\(stage)", in: release.id)
    case .renew(let id, _): Self.document("grant", id.rawValue)
    case .lift(let id, _): Self.document("hold", id.rawValue)
    case .appeal(let id, _, _), .review(let id): Self.document("case", id.rawValue)
    case .emergency:
      .init(name: "policy", digest: release.adoption?.policy.digest ?? SHA256Digest(of: "".utf8))
    }
  }

  /// A subject that was recorded, by its identity in hex.
  static func document(_ kind: String, _ hex: String) -> Statement.Subject {
    .init(name: kind, digest: (try? SHA256Digest(hex: hex)) ?? SHA256Digest(of: "".utf8))
  }
}
