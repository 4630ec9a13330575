import SluiceEncoding
import SluiceGovernance

/// A log that is spun from chance: statements that are let in, in any order.
struct Yarn {
  /// Who says things: heads, people outside, an issuer.
  static let people =
    RandomPolicy.heads.map { Principal.ID("person:\($0)") }
    + ["person:zed", "person:yan", "org:orcid", "service:clerk"]
  static let start = Instant(seconds: 1_767_225_600)  // 2026-01-01

  let policy: Policy
  let roster: Roster
  private(set) var release: Release
  private(set) var entries: [Entry] = []
  var now = start
  private var count: Int?

  /// Nothing has been said yet.
  init(unadopted random: RandomPolicy, later: RandomPolicy? = nil) {
    policy = random.policy
    roster = random.roster
    var library = Release.Library(
      policies: [policy.digest: policy],
      rosters: [roster.digest: roster]
    )
    if let later {
      library.policies[later.policy.digest] = later.policy
      library.rosters[later.roster.digest] = later.roster
    }
    release = Release("owner/random", library: library)
  }

  /// The texts that an adoption names.
  var texts: [Terms.ID: SHA256Digest] {
    Dictionary(policy.terms.map { ($0.id, Self.bytes("\($0.id)")) }) { first, _ in first }
  }

  /// The release is adopted, tiers are bound, and the first two stages are open.
  init(_ random: RandomPolicy, later: RandomPolicy? = nil) {
    self.init(unadopted: random, later: later)
    let filing = Statement.Filing.amend(policy: policy.digest, roster: roster.digest, terms: texts)
    enact(filing, about: .init(name: "policy", digest: policy.digest))
    for tier in policy.tiers where tier.kind != .service {
      append(
        said(
          .bind(manifest: Self.bytes("\(tier.id)")),
          about: named("tier:\(tier.id)"),
          by: "service:clerk"
        )
      )
    }
    for stage in ["public", "gated"] as [Stage.ID] { open(stage) }
  }

  /// Composes for the state of a simulation.
  init(_ yarn: Yarn, _ simulation: Simulation, at now: Instant) {
    self = yarn
    release = simulation.release
    self.now = now
    count = simulation.nextIndex
  }

  /// Has a stage open.
  mutating func open(_ stage: Stage.ID) {
    enact(.open(stage, manifests: manifests(of: stage)), about: named("stage:\(stage)"))
  }

  private mutating func enact(_ filing: Statement.Filing, about subject: Statement.Subject) {
    let filed = said(.file(filing), about: subject, by: "service:nobody", number: entries.count + 1)
    append(filed)
    append(.supposed(Premise(approving: Case.ID(filed.statement.id.rawValue))))
  }

  mutating func append(_ said: Entry.Said) { append(.accepted(said)) }

  mutating func append(_ fact: Entry.Fact) {
    let entry = Entry(index: entries.count, at: now, fact: fact)
    release.apply(entry)
    entries.append(entry)
  }

  /// Takes something in if the rules let it.
  mutating func say(_ said: Entry.Said, answers: JSONObject? = nil) -> Bool {
    guard (try? release.check(said, answers: answers, at: now)) != nil else { return false }
    append(said)
    return true
  }

  /// Files a case, if the rules let it.
  mutating func file(
    _ filing: Statement.Filing,
    about subject: Statement.Subject,
    by who: Principal.ID
  ) -> Case.ID? {
    let filed = said(.file(filing), about: subject, by: who, number: entries.count + 1)
    return say(filed) ? Case.ID(filed.statement.id.rawValue) : nil
  }

  func manifests(of stage: Stage.ID) -> [Tier.ID: SHA256Digest] {
    (policy.stage(stage)?.offers ?? []).reduce(into: [:]) { manifests, tier in
      if policy.tier(tier)?.kind != .service { manifests[tier] = release.standing(of: tier) }
    }
  }

  static func bytes(_ word: String) -> SHA256Digest { SHA256Digest(of: word.utf8) }

  func named(_ name: String) -> Statement.Subject { .init(name: name, in: release.id) }

  static func document(_ kind: String, _ hex: String) -> Statement.Subject {
    .init(name: kind, digest: (try? SHA256Digest(hex: hex)) ?? bytes(hex))
  }

  /// Composes what somebody says.
  func said(
    _ body: Statement.Body,
    about subject: Statement.Subject,
    by who: Principal.ID,
    _ strength: Strength = .key,
    number: Int? = nil,
    nonce: Int? = nil
  ) -> Entry.Said {
    let count = nonce ?? count ?? entries.count
    let statement = Statement(
      by: who,
      at: now,
      audience: "random",
      nonce: (0..<16).map { $0 < 8 ? UInt8(truncatingIfNeeded: count >> (8 * $0)) : 0 },
      release: release.id,
      seen: .init(size: 0, root: Self.bytes("")),
      subject: subject,
      body: body
    )
    return Entry.Said(
      statement,
      strength: strength,
      key: strength == .session ? nil : "SHA256:\(who.name)",
      number: number
    )
  }

  func verdict(
    _ asked: Case,
    by who: Principal.ID,
    denial: ReasonCode? = nil,
    _ strength: Strength = .key,
    nonce: Int? = nil
  ) -> Entry.Said {
    let verdict = Statement.Verdict(
      case: asked.id,
      revision: asked.revision.id,
      policy: asked.policy,
      manifests: release.manifests(of: asked),
      reason: "by chance"
    )
    return said(
      denial.map { .deny(verdict, $0) } ?? .approve(verdict),
      about: Self.document("revision", asked.revision.id.rawValue),
      by: who,
      strength,
      nonce: nonce
    )
  }
}
