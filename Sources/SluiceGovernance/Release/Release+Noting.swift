internal import SluiceEncoding

extension Release {
  /// Puts a measurement, a word or its withdrawal on record.
  mutating func note(_ said: Entry.Said, index: Int, at now: Instant) {
    let statement = said.statement
    let about = Statement.ID(statement.subject.digest.hex)
    switch statement.body {
    case .evidence(let finding):
      evidence.append(
        Evidence(
          id: statement.id,
          index: index,
          by: statement.by,
          at: now,
          key: said.key,
          manifest: statement.subject.digest,
          kind: finding.kind,
          metrics: finding.metrics,
          method: finding.method,
          attachments: finding.attachments,
          publishes: finding.publishes,
          isReport: false
        )
      )
    case .report(.leak, let text): noteLeak(said, text: text, index: index, at: now)
    case .confirm:
      guard let place = evidence.firstIndex(where: { $0.id == about }) else { return }
      evidence[place].confirmations.append(
        .init(statement: statement.id, by: statement.by, at: now, key: said.key)
      )
    case .credential(let claim):
      guard let holder = try? Principal.ID(parsing: statement.subject.name) else { return }
      credentials.append(
        Credential(
          id: statement.id,
          index: index,
          issuer: statement.by,
          holder: holder,
          at: now,
          key: said.key,
          claim: claim
        )
      )
    case .retract:
      evidence.removeAll { $0.id == about }
      credentials.removeAll { $0.id == about }
      for place in evidence.indices {
        evidence[place].confirmations.removeAll { $0.statement == about }
      }
    default: break
    }
  }

  /// The report of a leaked tier is evidence of a breach, once a steward has confirmed it.
  private mutating func noteLeak(
    _ said: Entry.Said,
    text: String,
    index: Int,
    at now: Instant
  ) {
    let name = said.statement.subject.name
    guard name.hasPrefix("tier:"),
      let manifest = standing(of: Tier.ID(said.statement.subject.name(after: "tier:")))
    else { return }
    evidence.append(
      Evidence(
        id: said.statement.id,
        index: index,
        by: said.statement.by,
        at: now,
        key: said.key,
        manifest: manifest,
        kind: "embargo-breach",
        metrics: [:],
        method: text,
        attachments: [:],
        publishes: false,
        isReport: true
      )
    )
  }

  mutating func join(
    _ member: Principal.ID,
    _ fields: [String: String],
    _ said: Entry.Said,
    at now: Instant
  ) {
    let group = Group.ID(said.statement.subject.name(after: "group:"))
    if let organisation = said.organisation { organisations[member] = organisation }
    memberships[group, default: []].append(
      Membership(
        member: member,
        fields: fields,
        invitedBy: said.statement.by,
        invitedAt: now
      )
    )
  }

  mutating func leave(_ member: Principal.ID, _ statement: Statement, at now: Instant) {
    let group = Group.ID(statement.subject.name(after: "group:"))
    let place = memberships[group]?.lastIndex { $0.member == member && $0.isCurrent }
    guard let place else { return }
    memberships[group]?[place].leftAt = now
    memberships[group]?[place].endedBy = statement.by
  }
}
