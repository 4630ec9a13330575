internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Writes the row of a case, from the fold and from nothing else.
  func project(_ changed: Case, of release: Release, in db: Database) throws {
    let gate = release.policy(of: changed)?.gate(changed.gate)
    let tiers: JSONValue = .array(changed.tiers.map { .string($0.rawValue) })
    try db.cachedStatement(
      sql: """
        INSERT INTO case_file
          (id, number, release, kind, state, stage, tiers, requester, beneficiary, purpose,
           revision, policy, gate, filed_at, due_at, is_overdue, lapse_at, next_due, ended_at)
        VALUES
          (:id, :number, :release, :kind, :state, :stage, :tiers, :requester, :beneficiary,
           :purpose, :revision, :policy, :gate, :filed, :due, :overdue, :lapse, :next, :ended)
        ON CONFLICT (id) DO UPDATE SET
          state = excluded.state, revision = excluded.revision, due_at = excluded.due_at,
          is_overdue = excluded.is_overdue, lapse_at = excluded.lapse_at,
          next_due = excluded.next_due, ended_at = excluded.ended_at
        """
    ).execute(
      arguments: [
        "id": changed.id.rawValue, "number": changed.number, "release": release.id.rawValue,
        "kind": changed.kind.rawValue, "state": changed.state.rawValue,
        "stage": changed.stage?.rawValue, "tiers": tiers.text,
        "requester": changed.requester.rawValue, "beneficiary": changed.beneficiary?.rawValue,
        "purpose": changed.purpose, "revision": changed.revision.id.rawValue,
        "policy": changed.policy.hex, "gate": changed.gate.rawValue,
        "filed": changed.filedAt.seconds,
        "due": gate?.due.map { (changed.revision.at + $0).seconds },
        "overdue": changed.isOverdue,
        "lapse": gate?.lapse.map { (changed.filedAt + $0).seconds },
        "next": release.nextDue(changed)?.seconds, "ended": changed.endedAt?.seconds,
      ]
    )
  }

  /// Writes the rows of a grant, from the fold and from nothing else.
  func project(_ grant: Grant, in db: Database) throws {
    let holder: Principal.ID? =
      switch grant.terms.audience {
      case .everyone: nil
      case .principal(let holder): holder
      }
    let terms: JSONValue = .digests(grant.terms.terms)
    try db.cachedStatement(
      sql: """
        INSERT INTO grant_row
          (id, seq, release, case_id, stage, audience, not_before, not_after, terms, policy,
           ended_by, ended_at, ended_code, ended_text)
        VALUES
          (:id, :seq, :release, :case, :stage, :audience, :from, :until, :terms, :policy,
           :by, :at, :code, :text)
        ON CONFLICT (id) DO UPDATE SET
          ended_by = excluded.ended_by, ended_at = excluded.ended_at,
          ended_code = excluded.ended_code, ended_text = excluded.ended_text
        """
    ).execute(
      arguments: [
        "id": grant.id.rawValue, "seq": grant.index, "release": grant.terms.release.rawValue,
        "case": grant.terms.case.rawValue, "stage": grant.terms.stage.rawValue,
        "audience": holder?.rawValue, "from": grant.terms.notBefore.seconds,
        "until": grant.terms.notAfter?.seconds, "terms": terms.text,
        "policy": grant.terms.policy.hex, "by": grant.ending?.statement.rawValue,
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
