internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Writes the rows that a statement changes besides those of the cases that it moves.
  func project(
    _ statement: Statement,
    of release: Release,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    let subject = statement.subject.digest.hex
    switch statement.body {
    case .file, .revise, .withdraw, .return, .recuse, .answer(.case, _):
      // The judgement that follows writes the case where it is open; one that ended, or was sent
      // back, is written here.
      let id =
        switch statement.body {
        case .file: Case.ID(statement.id.rawValue)
        case .return(let id, _, _), .answer(.case(let id), _): id
        default: Case.ID(subject)
        }
      try note(release.cases[id], of: release, at: now, &receipt, in: db)
      if case .file(.appeal(let denied, _, _)) = statement.body {
        try note(release.cases[denied], of: release, at: now, &receipt, in: db)
      }
      if let party = release.cases[id]?.beneficiary {
        try projectAffiliation(of: party, in: release, in: db)
      }
    case .revoke, .surrender:
      try note(release.grants[Grant.ID(subject)], of: release, &receipt, in: db)
    case .answer(.grant(let id), _):
      try note(release.grants[id], of: release, &receipt, in: db)
    case .hold:
      let placed = release.holds.first { $0.id.rawValue == statement.id.rawValue }
      try project(placed, of: release.id, in: db)
    case .accept:
      try projectAcceptance(
        of: statement.subject.digest,
        by: statement.by,
        in: release,
        in: db
      )
      for grant in release.grants.values where grant.terms.audience == .principal(statement.by) {
        try project(grant, of: release, in: db)
      }
    case .join(let member, _), .leave(let member):
      try projectMemberships(of: member, in: release, in: db)
      try projectAffiliation(of: member, in: release, in: db)
    case .delegate(let delegate, _, _):
      try projectAffiliation(of: delegate, in: release, in: db)
    case .approve, .deny, .comment, .credential, .bind, .evidence, .confirm, .retract, .report,
      .keychange:
      break
    }
  }

  /// Writes the row of a case, from the fold and from nothing else.
  func project(_ changed: Case, of release: Release, at now: Instant, in db: Database) throws {
    let gate = release.policy(of: changed)?.gate(changed.gate)
    let tiers: JSONValue = .array(changed.tiers.map { .string($0.rawValue) })
    try db.cachedStatement(
      sql: """
        INSERT INTO case_file
          (id, number, release, kind, state, stage, tiers, requester, beneficiary, party, about,
           purpose, revision, policy, gate, filed_at, due_at, is_overdue, lapse_at, deadline,
           next_due, ended_at)
        VALUES
          (:id, :number, :release, :kind, :state, :stage, :tiers, :requester, :beneficiary, :party,
           :about, :purpose, :revision, :policy, :gate, :filed, :due, :overdue, :lapse, :deadline,
           :next, :ended)
        ON CONFLICT (id) DO UPDATE SET
          state = excluded.state, revision = excluded.revision, due_at = excluded.due_at,
          is_overdue = excluded.is_overdue, lapse_at = excluded.lapse_at,
          next_due = excluded.next_due, ended_at = excluded.ended_at, tiers = excluded.tiers,
          purpose = excluded.purpose, policy = excluded.policy, gate = excluded.gate
        """
    ).execute(
      arguments: [
        "id": changed.id.rawValue, "number": changed.number, "release": release.id.rawValue,
        "kind": changed.kind.rawValue, "state": changed.state.rawValue,
        "stage": changed.stage?.rawValue, "tiers": tiers.text,
        "requester": changed.requester.rawValue, "beneficiary": changed.beneficiary?.rawValue,
        "party": changed.party?.description, "about": changed.about,
        "purpose": changed.purpose, "revision": changed.revision.id.rawValue,
        "policy": changed.policy.hex, "gate": changed.gate.rawValue,
        "filed": changed.filedAt.seconds,
        "due": gate?.due.map { (changed.revision.at + $0).seconds },
        "overdue": changed.isOverdue,
        "lapse": gate?.lapse.map { (changed.runsSince + $0).seconds },
        "deadline": changed.deadline?.seconds,
        "next": release.nextDue(changed, at: now)?.seconds, "ended": changed.endedAt?.seconds,
      ]
    )
  }

  /// Writes the rows of a grant, from the fold and from nothing else.
  func project(_ grant: Grant, of release: Release, in db: Database) throws {
    let terms: JSONValue = .digests(grant.terms.terms)
    try db.cachedStatement(
      sql: """
        INSERT INTO grant_row
          (id, seq, release, case_id, stage, audience, not_before, not_after, grace, cut_at, terms,
           policy, successor_of, next_due, ended_how, ended_by, ended_at, ended_code, ended_text)
        VALUES
          (:id, :seq, :release, :case, :stage, :audience, :from, :until, :grace, :cut, :terms,
           :policy, :successor, :next, :how, :by, :at, :code, :text)
        ON CONFLICT (id) DO UPDATE SET
          cut_at = excluded.cut_at, next_due = excluded.next_due, ended_how = excluded.ended_how,
          ended_by = excluded.ended_by, ended_at = excluded.ended_at,
          ended_code = excluded.ended_code, ended_text = excluded.ended_text
        """
    ).execute(
      arguments: [
        "id": grant.id.rawValue, "seq": grant.index, "release": grant.terms.release.rawValue,
        "case": grant.terms.case.rawValue, "stage": grant.terms.stage?.rawValue,
        "audience": grant.terms.audience.column, "from": grant.terms.notBefore.seconds,
        "until": grant.terms.notAfter?.seconds, "grace": grant.grace?.seconds,
        "cut": grant.cutAt?.seconds, "terms": terms.text, "policy": grant.terms.policy.hex,
        "successor": grant.terms.successorOf?.rawValue, "next": release.nextDue(grant)?.seconds,
        "how": grant.ending?.kind.rawValue, "by": grant.ending?.statement?.rawValue,
        "at": grant.ending?.at.seconds, "code": grant.ending?.code.rawValue,
        "text": grant.ending?.text,
      ]
    )
    for (tier, manifest) in grant.terms.tiers {
      try db.cachedStatement(
        sql:
          "INSERT INTO grant_tier (grant_id, tier, manifest) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
      ).execute(arguments: [grant.id.rawValue, tier.rawValue, manifest.hex])
    }
  }
}

extension Case {
  /// What the case refers to: a grant, a hold or another case, by its digest.
  var about: String? {
    switch filing {
    case .amend, .open, .access, .emergency: nil
    case .renew(let id, _): id.rawValue
    case .lift(let id, _): id.rawValue
    case .appeal(let id, _, _), .review(let id): id.rawValue
    }
  }
}

extension Grant.Audience {
  /// As columns hold it: NULL for everyone.
  var column: String? {
    switch self {
    case .everyone: nil
    case .principal(let holder): holder.rawValue
    case .group(let group): "group:\(group)"
    }
  }

  /// Reads a column.
  init(column: String?) {
    let group = "group:"
    switch column {
    case nil: self = .everyone
    case let text? where text.hasPrefix(group):
      self = .group(Group.ID(String(text.dropFirst(group.count))))
    case let text?: self = .principal(Principal.ID(text))
    }
  }
}
