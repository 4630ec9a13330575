import SluiceEncoding
import SluiceGovernance

/// The delivery rule once more, as governance-domain 8 has it, told from the entries of a log one by one.
///
/// It knows nothing of the fold, of the status of a grant or of the code that decides; of values it uses
/// only what entries carry.
struct PlainRule {
  let entries: [Entry]
  let roster: Roster

  /// The grant on which a delivery would count; `nil` if nothing may leave.
  func served(
    _ person: Principal.ID?,
    key: String?,
    _ manifest: SHA256Digest,
    naming named: Grant.ID?,
    at now: Instant
  ) -> Grant.ID? {
    let past = entries.filter { $0.at <= now }
    let good = past.compactMap { entry -> Grant? in
      guard case .issued(let grant) = entry.fact,
        grant.terms.tiers.values.contains(manifest),
        grant.terms.notBefore <= now, grant.terms.notAfter.map({ now < $0 }) ?? true,
        !past.contains(where: { ends($0, grant) }),
        !past.contains(where: { isHold($0, on: grant, of: person, key, past, at: now) })
      else { return nil }
      switch grant.terms.audience {
      case .everyone: return grant
      case .principal(let holder): return holder == person ? grant : nil
      case .group(let group):
        guard let person, isMember(person, of: group, past) else { return nil }
        return grant.terms.terms.values.allSatisfy { agreed(person, to: $0, past) } ? grant : nil
      }
    }
    if let named { return good.contains { $0.id == named } ? named : nil }
    let everyones = good.filter { $0.terms.audience == .everyone }
    return (everyones.isEmpty ? good : everyones).min { $0.index < $1.index }?.id
  }

  /// Whether an entry ends the grant for good.
  private func ends(_ entry: Entry, _ grant: Grant) -> Bool {
    guard case .accepted(let said) = entry.fact else { return false }
    switch said.statement.type {
    case .revoke, .surrender: return said.statement.subject.digest.hex == grant.id.rawValue
    default: return false
    }
  }

  /// Whether an entry places a hold that keeps the grant from serving now.
  private func isHold(
    _ entry: Entry,
    on grant: Grant,
    of person: Principal.ID?,
    _ key: String?,
    _ past: [Entry],
    at now: Instant
  ) -> Bool {
    guard case .accepted(let said) = entry.fact, case .hold(let order) = said.statement.body,
      order.until.map({ now < $0 }) ?? true, !isLifted(said.statement.id.rawValue, past)
    else { return false }
    let subject = said.statement.subject
    if subject.name == "grant" { return subject.digest.hex == grant.id.rawValue }
    var touched = grant.terms.tiers.keys.map { "tier:\($0)" }
    if let stage = grant.terms.stage { touched.append("stage:\(stage)") }
    if let key { touched.append("key:\(key)") }
    if grant.terms.audience != .everyone, let person {
      touched.append(person.rawValue)
      if let organisation = roster.principal(person)?.organisation {
        touched.append(organisation.rawValue)
      }
    }
    return touched.contains(subject.name)
  }

  private func isLifted(_ hold: String, _ past: [Entry]) -> Bool {
    let asked = past.compactMap { entry -> Case.ID? in
      guard case .accepted(let said) = entry.fact,
        case .file(.lift(let id, _)) = said.statement.body, id.rawValue == hold
      else { return nil }
      return Case.ID(said.statement.id.rawValue)
    }
    return past.contains { entry in
      switch entry.fact {
      case .supposed(let premise): asked.contains(premise.case)
      case .decided(let decision):
        decision.outcome == .approved && asked.contains(decision.case)
      default: false
      }
    }
  }

  /// Whether the last that was said of somebody's place in a group let them in.
  private func isMember(
    _ person: Principal.ID,
    of group: Group.ID,
    _ past: [Entry]
  ) -> Bool {
    past.last { entry in
      guard case .accepted(let said) = entry.fact,
        said.statement.subject.name == "group:\(group)"
      else { return false }
      switch said.statement.body {
      case .join(person, _), .leave(person): return true
      default: return false
      }
    }.map { entry in
      if case .accepted(let said) = entry.fact { said.statement.type == .join } else { false }
    } ?? false
  }

  private func agreed(_ person: Principal.ID, to text: SHA256Digest, _ past: [Entry]) -> Bool {
    past.contains { entry in
      guard case .accepted(let said) = entry.fact else { return false }
      return said.statement.type == .accept && said.statement.by == person
        && said.statement.subject.digest == text
    }
  }
}
