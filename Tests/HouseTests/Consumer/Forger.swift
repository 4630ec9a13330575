import SluiceEncoding
import SluiceGovernance

/// Tries to make up what only an evaluation, or bytes that were stored, can give: no marked line may
/// compile outside of the repository, and each other line does.
func forge(
  _ release: Release,
  _ asked: Case,
  _ evaluation: Evaluation,
  _ terms: Grant.Terms,
  at now: Instant
) throws {
  let (policy, roster) = (evaluation.policy, evaluation.roster)
  var (release, asked) = (release, asked)
  guard let decision = Decision(evaluation) else { return }
  _ = decision.record()
  _ = try Decision.Record(canonical: Array("{}".utf8))
  _ = try Grant(canonical: Array("{}".utf8), at: 1) { Principal.ID($0) }
  _ = Grant(issuing: terms, as: "grant", at: 1)

  _ = Decision(supposing: evaluation)  // forged
  _ = Decision.Record(case: asked.id, outcome: .approved, counted: [], review: nil)  // forged
  _ = Premise(approving: asked.id)  // forged
  _ = Evaluation(  // forged
    case: asked,
    at: now,
    side: evaluation.side,
    successor: nil,
    holds: [],
    earliest: nil,
    isSupposed: false
  )
  _ = Evaluation.Side(  // forged
    result: .met,
    branches: [],
    denials: [],
    policy: policy,
    roster: roster
  )
  _ = Evaluation.Branch(result: .met, parts: [])  // forged
  _ = Evaluation.Slot(role: "board", head: "person:ana", actsFor: nil, statement: nil)  // forged
  _ = Evaluation.Exclusion(head: "person:ana", why: .requester)  // forged
  _ = Case.Verdict(  // forged
    statement: "s",
    by: "person:ana",
    at: now,
    strength: .key,
    key: nil,
    roles: [],
    denial: nil,
    reason: ""
  )
  _ = Grant.Terms(  // forged
    release: release.id,
    case: asked.id,
    stage: nil,
    audience: .everyone,
    tiers: [:],
    notBefore: now,
    notAfter: nil,
    terms: [:],
    policy: policy.digest
  )
  _ = Grant(id: "grant", index: 1, terms: terms)  // forged
  _ = Release.Adoption(  // forged
    policy: policy,
    roster: roster,
    terms: [:],
    at: now,
    case: asked.id
  )
  release.adoptions = []  // forged
  release.grants = [:]  // forged
  release.cases = [asked.id: asked]  // forged
  release.holds = []  // forged
  asked.state = .approved  // forged
  asked.verdicts = []  // forged
  asked.isSupposed = false  // forged
  release.apply(Entry(index: 0, at: now, fact: .lapsed(asked.id)))
  asked = asked.supposed(askedBy: "person:ana")
}
