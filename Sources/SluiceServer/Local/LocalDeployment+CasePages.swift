public import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// A case with all that the reader needs in order to act on it.
  ///
  /// That somebody else's case, or answers, were shown is recorded.
  public func `case`(_ reference: String) async throws -> CasePage {
    let (id, seat, sight) = try await find(reference)
    let release = seat.release
    let given = try await ledger.answers(of: id)
    let answers = release.cases[id].flatMap { release.policy(of: $0) }?.shown(given, with: sight)
    if release.cases[id].map(seat.isParty) == false,
      answers?.values.contains(where: { !$0.members.isEmpty }) == true
    {
      try await record(.answers, of: release.id)
    }
    let view = try await view(of: id, in: release.id)
    let history = try await ledger.history(of: id)
    let manifests = view.release.manifests(of: view.asked)
    return CasePage(
      case: view.line(for: seat),
      wording: try await wording(of: view),
      denied: try await denied(by: view.asked, for: seat),
      manifests: manifests,
      sizes: try await sizes(of: manifests),
      terms: view.release.terms(askedBy: view.asked),
      explanation: view.explanation,
      text: view.text,
      answers: answers.map { answers in
        JSONObject(answers.map { .init(name: $0.key.rawValue, value: .object($0.value)) })
      },
      withheld: answers.map { Self.withheld(from: $0, of: given) } ?? [:],
      history: history.compactMap { seat.line($0, of: view.asked) },
      roles: seat.roles,
      excluded: seat.exclusion(from: view),
      registrants: try await registrants(of: view.asked, for: seat, sight)
    )
  }

  /// How much the tiers are.
  private func sizes(
    of manifests: [Tier.ID: SHA256Digest]
  ) async throws -> [Tier.ID: TierSize] {
    var sizes: [Tier.ID: TierSize] = [:]
    for (tier, manifest) in manifests {
      let files = try await ledger.files(of: manifest)
      guard !files.isEmpty else { continue }
      sizes[tier] = TierSize(files: files.count, bytes: files.map(\.size).reduce(0, +))
    }
    return sizes
  }

  /// The fields that were answered and are not shown.
  private static func withheld(
    from shown: [Form.ID: JSONObject],
    of given: [Form.ID: JSONObject]
  ) -> [Form.ID: [String]] {
    var withheld: [Form.ID: [String]] = [:]
    for (form, answers) in given {
      let fields = answers.names.filter { shown[form]?[$0] == nil }
      if !fields.isEmpty { withheld[form] = fields.sorted() }
    }
    return withheld
  }

  /// The parties of a case for whom nobody has vouched: with their addresses for themselves, for who
  /// decides it, stewards and auditors.
  private func registrants(
    of asked: Case,
    for seat: Seat,
    _ sight: Sight
  ) async throws -> [RegistrantLine] {
    var parties = [asked.requester]
    if let beneficiary = asked.beneficiary, beneficiary != asked.requester {
      parties.append(beneficiary)
    }
    var lines: [RegistrantLine] = []
    for party in parties {
      let isOwn = party == seat.principal
      let decides = sight >= .answers && !seat.isParty(to: asked)
      guard isOwn || decides || seat.seesEverybody,
        let known = try await ledger.registrant(party), known.vettedAt == nil
      else { continue }
      lines.append(
        RegistrantLine(
          principal: party,
          email: known.email,
          registeredAt: known.registeredAt,
          confirmedAt: known.confirmedAt
        )
      )
    }
    return lines
  }

  /// The case that is meant, from which seat and how much of it the reader sees; that it is somebody
  /// else's is recorded.
  ///
  /// - Throws: `Refusal.unknownCase`, the same for one that there is not and one that is not the
  ///   reader's to see.
  func find(_ reference: String) async throws -> (id: Case.ID, seat: Seat, sight: Sight) {
    try requireName()
    let unknown = Refusal.unknownCase(Case.ID(reference))
    guard let row = try await ledger.case(reference) else { throw unknown }
    let scope = (reader.principal.map { Scope.person($0) } ?? .levelOnly).union(.case(row.id))
    let release = try await ledger.release(row.release, scope: scope)
    let seat = Seat(viewer: try await viewer, release: release, now: clock())
    guard let asked = release.cases[row.id] else { throw unknown }
    let sight = seat.sight(of: asked)
    guard sight >= .page else { throw unknown }
    if !seat.isParty(to: asked), !release.isOnRecord(asked.filing) {
      try await record(.cases, of: release.id)
    }
    return (row.id, seat, sight)
  }

  /// How a case was worded; of a review, how its emergency was.
  func wording(of view: CaseView) async throws -> Wording {
    if case .review(let emergency) = view.asked.filing {
      return try Wording(try await ledger.course(of: emergency), of: emergency)
    }
    return try Wording(view.course, of: view.asked.id)
  }

  /// Of an appeal, how the denied case was worded.
  private func denied(by asked: Case, for seat: Seat) async throws -> Wording? {
    guard case .appeal(let id, _, _) = asked.filing, let denied = seat.release.cases[id],
      seat.sight(of: denied) >= .page
    else { return nil }
    return try Wording(try await ledger.course(of: id), of: id)
  }
}

extension Wording {
  /// What the log says of the wording of a case.
  fileprivate init(_ course: Course, of id: Case.ID) throws(Refusal) {
    guard case .said(let filing)? = course.turns.first else {
      throw .logCorrupt("case \(id): the statement that began it is missing")
    }
    self.init(
      filing: filing,
      steps: course.turns.dropFirst().map { turn in
        switch turn {
        case .said(let bytes): .revised(bytes)
        case .answered(let bytes): .answered(bytes)
        case .appealed(let appeal): .appealed(appeal)
        case .restarted(let policy): .restarted(policy)
        }
      }
    )
  }
}

extension Release {
  /// The texts that the gate of a case asks to be accepted, by the policy that it keeps.
  fileprivate func terms(askedBy asked: Case) -> [Terms.ID: SHA256Digest] {
    let wanted = policy(of: asked)?.branches(of: asked.gate).flatMap(\.parts).map(\.requirement)
    return terms(under: asked.policy).filter { wanted?.contains(.accept($0.key)) ?? false }
  }
}

extension Seat {
  /// Whether a case is the reader's own.
  func isParty(to asked: Case) -> Bool {
    principal != nil && (asked.requester == principal || asked.beneficiary == principal)
  }

  /// Why the reader would not count in a case, if no place of theirs does.
  fileprivate func exclusion(from view: CaseView) -> Evaluation.Exclusion? {
    guard let principal else { return nil }
    return view.release.exclusion(of: principal, in: view.asked, at: now)
      .map { Evaluation.Exclusion(head: principal, why: $0) }
  }

  /// Something that happened to a case; `nil` for what is none of the reader's business: reports are for
  /// those who look into them, and what members of a group accept for those who invite them.
  fileprivate func line(_ happening: Happening, of asked: Case) -> HistoryLine? {
    let isOwn = happening.by == principal
    switch StatementType(rawValue: happening.kind) {
    case .report where !isOwn && !seesEverybody: return nil
    case .accept where happening.by != asked.requester && happening.by != asked.beneficiary:
      guard isOwn || seesEverybody || isParty(to: asked) else { return nil }
    default: break
    }
    return HistoryLine(
      at: happening.at,
      kind: happening.kind,
      by: happening.by,
      code: happening.code,
      reason: happening.reason,
      statement: happening.statement
    )
  }
}
