internal import SluiceEncoding

extension Release {
  /// One steward holds alone, at once, and so does whoever acts for one (S8).
  func checkHold(
    _ statement: Statement,
    _ order: Statement.Order,
    at now: Instant
  ) throws(Refusal) {
    guard closes(statement.by, at: now) else { throw .notEligible(statement.by) }
    let subject: Hold.Subject
    do throws(Malformed) { subject = try Hold.Subject(statement.subject) } catch {
      throw .unfit("subject: \(error)")
    }
    switch subject {
    case .tier(let tier) where adoption?.policy.tier(tier) == nil:
      throw .unfit("the policy has no tier \(tier)")
    case .stage(let stage) where adoption?.policy.stage(stage) == nil:
      throw .unfit("the policy has no stage \(stage)")
    case .grant(let grant) where grants[grant] == nil: throw .unknownGrant(grant)
    case .case(let asked) where cases[asked] == nil: throw .unknownCase(asked)
    default: break
    }
    if let until = order.until, until <= now { throw .stale("until: \(until) has passed") }
    if let since = order.since, since > now { throw .unfit("since: \(since) is to come") }
    if let hold = active(subject, at: now), hold.until == nil, order.since == nil {
      throw .stale("\(subject) is held by \(hold.id.rawValue.prefix(12))")
    }
  }

  func checkRevocation(_ statement: Statement, at now: Instant) throws(Refusal) {
    guard closes(statement.by, at: now) else { throw .notEligible(statement.by) }
    let grant = try unended(statement)
    guard grant.status(at: now, holds: []) != .expired else {
      throw .stale("the grant has expired")
    }
  }

  func checkSurrender(_ statement: Statement, at now: Instant) throws(Refusal) {
    let id = Grant.ID(statement.subject.digest.hex)
    guard let held = grants[id], isHolder(statement.by, of: held) else { throw .unknownGrant(id) }
    let grant = try unended(statement)
    let status = grant.status(at: now, holds: [])
    guard status != .expired else { throw .grantExpired(id, at: grant.notAfter ?? now) }
  }

  private func unended(_ statement: Statement) throws(Refusal) -> Grant {
    let id = Grant.ID(statement.subject.digest.hex)
    guard let grant = grants[id] else { throw .unknownGrant(id) }
    if let ending = grant.ending { throw .stale("the grant was \(ending.kind.rawValue) before") }
    return grant
  }
}
