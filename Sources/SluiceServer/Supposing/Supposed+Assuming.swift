internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance

extension Supposed {
  /// Takes acts as done, in order.
  ///
  /// - Parameters:
  ///   - acts: What is assumed.
  ///   - id: The case that it is about, if there is one.
  ///   - person: Who would obtain something, where it is not the case's beneficiary.
  /// - Throws: `Refusal` for something that there is not, or that nobody could do.
  mutating func assume(
    _ acts: [Assumption],
    about id: Case.ID?,
    for person: Principal.ID?
  ) throws(Refusal) {
    for assumption in acts { try assume(assumption, about: id, for: person) }
  }

  private mutating func assume(
    _ assumption: Assumption,
    about id: Case.ID?,
    for person: Principal.ID?
  ) throws(Refusal) {
    let what = assumption.what
    if assumption.act == .open { return try open(Stage.ID(what)) }
    guard let asked = id.flatMap({ release.cases[$0] }) else {
      throw .unfit("assume: \(assumption): no case asks for it")
    }
    switch assumption.act {
    case .approve, .deny, .recuse: try speak(assumption, in: asked)
    case .confirm: try confirm(what, in: asked)
    case .accept: try accept(Terms.ID(what), in: asked, for: try party(of: asked, person))
    case .answer: try answer(Form.ID(what), in: asked, for: try party(of: asked, person))
    case .join: try join(Group.ID(what), try party(of: asked, person))
    case .open: break
    }
  }

  /// Who gives what a gate asks of whoever would obtain something: of a group who asks for it.
  private func party(of asked: Case, _ person: Principal.ID?) throws(Refusal) -> Principal.ID {
    if case .group = asked.party { return person ?? asked.requester }
    guard let party = person ?? asked.beneficiary else {
      throw .unfit("assume: nobody would obtain anything by case \(asked.number)")
    }
    return party
  }

  private mutating func speak(_ assumption: Assumption, in asked: Case) throws(Refusal) {
    guard let speaker = assumption.person else {
      throw .unfit("assume: \(assumption): \(assumption.what) is no principal")
    }
    guard let subject = Self.document("revision", asked.revision.id.rawValue),
      let whole = Self.document("case", asked.id.rawValue)
    else { throw .unknownCase(asked.id) }
    let verdict = Statement.Verdict(
      case: asked.id,
      revision: asked.revision.id,
      policy: asked.policy,
      manifests: release.manifests(of: asked),
      reason: "supposed"
    )
    switch assumption.act {
    case .approve: _ = say(.approve(verdict), about: subject, by: speaker)
    case .deny: _ = say(.deny(verdict, .other), about: subject, by: speaker)
    default: _ = say(.recuse(reason: "supposed"), about: whole, by: speaker)
    }
  }

  /// Whoever may confirm the evidence does: a head of the role that the gate asks for, else a steward.
  private mutating func confirm(_ reference: String, in asked: Case) throws(Refusal) {
    let found = release.evidence.filter { $0.id.rawValue.hasPrefix(reference) }
    guard let evidence = found.first, found.count == 1,
      let subject = Self.document("statement", evidence.id.rawValue)
    else { throw .unknownStatement(Statement.ID(reference)) }
    let roles = wanted(in: asked).compactMap { part -> Role.ID? in
      guard case .evidence(let wanted) = part, wanted.kind.utf8.elementsEqual(evidence.kind.utf8)
      else { return nil }
      return wanted.confirm
    }
    let stewards = policy(of: asked)?.governance.stewards
    let speakers = (roles + [evidence.isReport || roles.isEmpty ? stewards : nil].compactMap { $0 })
      .compactMap { role in heads(of: role, in: asked).first { $0 != evidence.by } }
    guard !speakers.isEmpty else {
      throw .unfit("assume: nobody else can confirm \(reference)")
    }
    for speaker in speakers { _ = say(.confirm(reason: "supposed"), about: subject, by: speaker) }
  }

  private mutating func accept(
    _ terms: Terms.ID,
    in asked: Case,
    for party: Principal.ID
  ) throws(Refusal) {
    let version = policy(of: asked)?.digest ?? asked.policy
    guard let digest = release.terms(under: version)[terms] else {
      throw .unfit("assume: \(release.id) has no terms \(terms)")
    }
    _ = say(.accept, about: .init(name: "terms:\(terms)", digest: digest), by: party)
  }

  private mutating func answer(
    _ form: Form.ID,
    in asked: Case,
    for party: Principal.ID
  ) throws(Refusal) {
    guard let digest = policy(of: asked)?.form(form)?.digest else {
      throw .unfit("assume: \(release.id) has no form \(form)")
    }
    _ = say(
      .answer(.case(asked.id), commitment: digest),
      about: .init(name: "form:\(form)", digest: digest),
      by: party
    )
  }

  private mutating func join(_ group: Group.ID, _ member: Principal.ID) throws(Refusal) {
    guard let adoption = release.adoption, let found = adoption.policy.group(group),
      let manager = adoption.roster.heads(of: found.managers).first
    else { throw .unfit("assume: \(release.id) has no group \(group)") }
    let subject = Statement.Subject(name: "group:\(group)", in: release.id)
    _ = say(.join(member, fields: [:]), about: subject, by: manager)
  }

  /// A stage opens, whatever its gate says.
  private mutating func open(_ id: Stage.ID) throws(Refusal) {
    guard let adoption = release.adoption, let stage = (draft ?? adoption.policy).stage(id) else {
      throw .unfit("assume: \(release.id) has no stage \(id)")
    }
    guard release.openings[id] == nil else { return }
    let bound = stage.offers.filter { adoption.policy.tier($0)?.kind != .service }
    var manifests: [Tier.ID: SHA256Digest] = [:]
    for tier in bound { manifests[tier] = release.standing(of: tier) }
    let filed = say(
      .file(.open(id, manifests: manifests)),
      about: .init(name: "stage:\(id)", in: release.id),
      by: adoption.roster.roles.lazy.flatMap(\.members).first ?? "service:clerk",
      number: 0
    )
    let premise = Premise(approving: Case.ID(filed.rawValue))
    take(.supposed(premise))
    if let terms = premise.grant(in: release, at: now, under: draft) { issue(terms) }
  }

  /// What some way through the gate of a case asks for.
  private func wanted(in asked: Case) -> [Plain] {
    let gate = draft.flatMap { release.gate(deciding: asked.filing, under: $0) } ?? asked.gate
    return policy(of: asked)?.branches(of: gate).flatMap(\.parts).map(\.requirement) ?? []
  }

  private func heads(of role: Role.ID, in asked: Case) -> [Principal.ID] {
    release.roster(of: asked)?.heads(of: role) ?? []
  }

  private static func document(_ name: String, _ digest: String) -> Statement.Subject? {
    (try? SHA256Digest(hex: digest)).map { Statement.Subject(name: name, digest: $0) }
  }
}
