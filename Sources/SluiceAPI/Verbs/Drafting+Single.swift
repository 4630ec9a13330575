internal import SluiceEncoding
internal import SluiceGovernance

extension Drafting {
  /// Verbs about a release, its tiers and its people.
  func record(_ verb: Verb, on pages: Pages) throws(Refusal) -> Statement {
    switch verb {
    case .open(let stage): return try draft.opening(stage, on: pages.shown())
    case .bind(let tier, let manifest):
      return try draft.bind(tier, to: manifest, on: pages.shown())
    case .emergency(let tiers, let person, let purpose):
      return try draft.emergency(tiers, for: person, purpose: purpose, on: pages.shown())
    case .accept(let terms, nil): return try draft.accept(terms, on: pages.shown())
    case .accept(let terms, .case(let reference)?):
      return try draft.accept(terms, on: pages.asked(reference))
    case .accept(let terms, .grant(let reference)?):
      return try draft.accept(terms, after: pages.given(reference))
    case .credential(let holder, let vouching):
      let claim = Statement.Claim(
        type: vouching.type,
        values: vouching.values,
        assertedAt: vouching.assertedAt ?? at,
        expiresAt: vouching.expiresAt
      )
      return try draft.credential(claim, about: holder)
    case .evidence(let tier, let finding):
      return try draft.evidence(finding, about: tier, on: pages.shown())
    case .confirm(let reference, let reason):
      guard let evidence = pages.evidence.first(where: { $0.id.rawValue.hasPrefix(reference) })
      else { throw .unknownStatement(Statement.ID(reference)) }
      return try draft.confirm(evidence, reason: reason)
    case .retract(let reference, let reason): return try retract(reference, reason, on: pages)
    case .join(let group, let member, let fields):
      return try draft.join(
        member,
        group,
        fields: fields,
        on: pages.shown(),
        members: pages.members
      )
    case .leave(let group, let member):
      return try draft.leave(group, member, members: pages.members)
    case .delegate(let role, let person, let from, let until):
      return try draft.delegate(role, to: person, from: from, until: until, on: pages.shown())
    default: throw .unfit("the verb is not about a release")
    }
  }

  /// Verbs about a case, a grant or a hold.
  func judgement(_ verb: Verb, on pages: Pages) throws(Refusal) -> Statement {
    switch verb {
    case .lift(let reference, let purpose):
      guard let hold = pages.hold else { throw .unknownHold(Hold.ID(reference)) }
      return try draft.lift(hold, purpose: purpose)
    case .appeal(let reference, let reason):
      return try draft.appeal(pages.asked(reference), purpose: reason)
    case .withdraw(let reference, let reason):
      return try draft.withdraw(pages.asked(reference), reason: reason)
    case .approve(let reference, let reason):
      return try draft.approve(pages.asked(reference), reason: reason)
    case .deny(let reference, let code, let reason):
      return try draft.deny(pages.asked(reference), code, reason: reason)
    case .return(let reference, let reason):
      return try draft.return(pages.asked(reference), reason: reason)
    case .recuse(let reference, let reason):
      return try draft.recuse(pages.asked(reference), reason: reason)
    case .comment(let topic, let text, let isPublic):
      return try draft.comment(on: subject(of: topic, pages), text: text, isPublic: isPublic)
    case .flag(let topic, let code, let text):
      return try draft.flag(subject(of: topic, pages), code, text: text)
    case .hold(let topic, let order):
      return try draft.hold(topic.held(on: pages), order, on: pages.shown())
    case .revoke(let reference, let code, let text):
      return try draft.revoke(pages.given(reference), code, text: text)
    case .surrender(let reference): return try draft.surrender(pages.given(reference))
    default: throw .unfit("the verb is not about a case, a grant or a hold")
    }
  }

  private func retract(
    _ reference: String,
    _ reason: String,
    on pages: Pages
  ) throws(Refusal) -> Statement {
    let authors: [(Statement.ID, Principal.ID?)] =
      pages.evidence.map { ($0.id, $0.by) }
      + pages.evidence.flatMap(\.confirmations).map { ($0.statement, $0.by) }
      + pages.credentials.map { ($0.id, $0.issuer) }
    let meant = authors.filter { $0.0.rawValue.hasPrefix(reference) }
    guard let (id, author) = meant.first, meant.allSatisfy({ $0.0 == id }) else {
      throw .unknownStatement(Statement.ID(reference))
    }
    return try draft.retract(id, by: author, reason: reason)
  }

  private func subject(of topic: Topic, _ pages: Pages) throws(Refusal) -> Statement.Subject {
    switch topic {
    case .case(let reference):
      let page = try pages.asked(reference)
      return .init(name: "case", digest: try draft.digest(of: page.case.id))
    case .grant(let reference):
      return .init(name: "grant", digest: try draft.digest(of: pages.given(reference).id))
    case .hold(let reference):
      guard let hold = pages.hold else { throw .unknownHold(Hold.ID(reference)) }
      return .init(name: "hold", digest: try draft.digest(of: hold.id))
    case .statement(let digest): return .init(name: "statement", digest: digest)
    case .manifest(let digest): return .init(name: "manifest", digest: digest)
    case .tier, .stage, .group, .principal, .key: return .init(name: "\(topic)", in: release)
    }
  }
}

extension Topic {
  /// What a hold on it bites on.
  fileprivate func held(on pages: Pages) throws(Refusal) -> Hold.Subject {
    switch self {
    case .case(let reference): return .case(try pages.asked(reference).case.id)
    case .grant(let reference): return .grant(try pages.given(reference).id)
    case .tier(let tier): return .tier(tier)
    case .stage(let stage): return .stage(stage)
    case .principal(let principal): return .principal(principal)
    case .key(let fingerprint): return .key(fingerprint)
    case .hold, .statement, .manifest, .group: throw .unfit("\(self) cannot be held")
    }
  }
}

extension Pages {
  /// The release's page, which must have been read.
  func shown() throws(Refusal) -> ReleasePage {
    guard let release else { throw .unfit("the page of the release is missing") }
    return release
  }

  /// The page of the case that is meant.
  func asked(_ reference: String) throws(Refusal) -> CasePage {
    guard let page = `case` else { throw .unknownCase(Case.ID(reference)) }
    return page
  }

  /// The grant that is meant.
  func given(_ reference: String) throws(Refusal) -> GrantLine {
    guard let grant else { throw .unknownGrant(Grant.ID(reference)) }
    return grant
  }
}
