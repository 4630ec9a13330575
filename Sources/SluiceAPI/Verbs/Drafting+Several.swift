internal import SluiceEncoding
internal import SluiceGovernance

extension Drafting {
  /// The next version with the texts that belong to it.
  func adopt(_ proposal: Verb.Proposal, on pages: Pages) throws(Refusal) -> Drafted {
    guard let people = pages.roster else { throw .unfit("the roster in force is missing") }
    var policy: Policy?
    var roster: Roster?
    do throws(PolicyFaults) {
      policy = try proposal.policy.map { text throws(PolicyFaults) in try Policy(text: text) }
      roster = try proposal.roster.map { text throws(PolicyFaults) in try Roster(text: text) }
    } catch { throw .unfit("what is proposed cannot be read: \(error)") }
    let drafted = try draft.adoption(
      policy: policy,
      roster: roster,
      terms: proposal.terms.mapValues { Array($0.utf8) },
      rehearsal: proposal.rehearsal.map { Array($0.utf8) },
      on: pages.shown(),
      people: people
    )
    return Drafted([drafted.statement], documents: drafted.documents)
  }

  /// The request with what its gate asks to be answered and accepted.
  func request(_ wish: Verb.Wish, on pages: Pages) throws(Refusal) -> Drafted {
    let page = try pages.shown()
    let asking = try Asking(for: wish.tiers, through: wish.stage, on: page)
    let filing = try draft.access(
      asking,
      for: wish.beneficiary,
      purpose: wish.purpose,
      after: pages.earlier
    )
    let policy = try page.rules(of: release)
    guard case .gate(let gate)? = policy.stage(asking.stage)?.admits else {
      throw .unfit("stage \(asking.stage) admits everyone: there is nothing to ask for")
    }
    return try file(filing, with: wish.gift, at: gate, under: policy, on: page)
  }

  /// The renewal with what its gate asks to be answered and accepted.
  func renew(
    _ purpose: String,
    _ gift: Verb.Gift,
    on pages: Pages
  ) throws(Refusal) -> Drafted {
    guard let grant = pages.grant else { throw .unfit("the grant is missing") }
    let page = try pages.shown()
    let filing = try draft.renewal(of: grant, purpose: purpose)
    let policy = try page.rules(of: release)
    guard let gate = grant.stage.flatMap({ policy.stage($0)?.renews?.gate }) else {
      throw .unfit("grant \(grant.id.rawValue.prefix(12)) cannot be renewed")
    }
    return try file(filing, with: gift, at: gate, under: policy, on: page)
  }

  /// One form of a case, or one that is owed after a grant.
  func answer(
    _ occasion: Verb.Occasion,
    _ form: Form.ID,
    _ answers: JSONObject,
    on pages: Pages
  ) throws(Refusal) -> Drafted {
    guard let policy = pages.policy else { throw .unfit("the policy is missing") }
    guard let form = policy.form(form) else {
      let known = policy.forms.map(\.id.rawValue).joined(separator: ", ")
      throw .unfit("\(release) has no form \(form), only \(known)")
    }
    let given = try AnswerDocument(answers, to: form, salt: salt)
    let statement: Statement
    switch occasion {
    case .case(let reference):
      statement = try draft.answer(given, on: pages.asked(reference), under: policy)
    case .grant(let reference):
      statement = try draft.answer(given, after: pages.given(reference), under: policy)
    }
    return Drafted([statement], documents: [given.commitment: given.document])
  }

  /// A filing with the answers and acceptances that its gate asks for.
  private func file(
    _ filing: Statement,
    with gift: Verb.Gift,
    at gate: Gate.ID,
    under policy: Policy,
    on page: ReleasePage
  ) throws(Refusal) -> Drafted {
    let (forms, agreements) = page.demands(of: gate, under: policy)
    try requireEnough(gift, for: gate, under: policy)
    for name in gift.answers.names where !forms.contains(where: { $0.id.rawValue == name }) {
      throw .unfit("answers.\(name): the gate asks for no such form")
    }
    for terms in gift.accepts where !agreements.contains(where: { $0.id == terms }) {
      throw .unfit("accept.\(terms): the gate asks for no such text")
    }
    var statements = [filing]
    var documents: [SHA256Digest: [UInt8]] = [:]
    for agreement in agreements where gift.accepts.contains(agreement.id) {
      statements.append(try draft.accept(agreement.id, on: page))
    }
    for form in forms {
      guard let answers = gift.answers[form.id.rawValue]?.objectValue else { continue }
      let given = try AnswerDocument(answers, to: form, salt: salt)
      documents[given.commitment] = given.document
      statements.append(try draft.answer(given, for: Case.ID(filing.id.rawValue)))
    }
    return Drafted(statements, documents: documents)
  }

  /// What is given must do for one way through the gate; what is missing on the first way that lacks
  /// least is named.
  private func requireEnough(
    _ gift: Verb.Gift,
    for gate: Gate.ID,
    under policy: Policy
  ) throws(Refusal) {
    let missing = policy.branches(of: gate).map { branch in
      branch.parts.map(\.requirement).filter { wanted in
        switch wanted {
        case .answer(let form): gift.answers[form.rawValue] == nil
        case .accept(let terms): !gift.accepts.contains(terms)
        default: false
        }
      }
    }.min { $0.count < $1.count }
    switch missing?.first {
    case .accept(let terms):
      throw .unfit("terms \(terms) must be accepted: --accept \(terms)")
    case .answer(let id):
      let fields = policy.form(id)?.fields.map(\.id).joined(separator: ", ") ?? ""
      throw .unfit("form \(id) asks for \(fields): give them with --answers FILE")
    default: return
    }
  }
}
