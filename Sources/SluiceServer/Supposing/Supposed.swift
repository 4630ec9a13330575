internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance

/// A release as it would be, had somebody done something: a fold that goes on in memory.
///
/// Nothing of it reaches the ledger, so nobody's authority is asked; whether an act would count is what
/// the explanation then says (governance-domain 13).
struct Supposed: Sendable {
  /// The release with all that is supposed.
  private(set) var release: Release
  /// The instant of the question.
  let now: Instant
  /// The policy by which it is judged, where it is not that of the case.
  let draft: Policy?
  /// The head of the log on which it goes on.
  let head: Statement.Head
  private var count = 0

  /// Goes on from a fold of the log that `head` names.
  ///
  /// - Throws: `PolicyFaults` for a draft that is no policy.
  init(
    _ release: Release,
    on head: Statement.Head,
    at now: Instant,
    under policy: String? = nil
  ) throws(PolicyFaults) {
    self.release = release
    self.head = head
    self.now = now
    draft = try policy.map { text throws(PolicyFaults) in try Policy(text: text) }
  }

  /// The policy that decides a case here.
  func policy(of asked: Case) -> Policy? { draft ?? release.policy(of: asked) }

  /// A case with why it would stand where it would stand, as somebody else's if that is asked.
  ///
  /// - Throws: `Refusal.unfit` if the draft has no gate for it.
  func explanation(of id: Case.ID, as person: Principal.ID?) throws(Refusal) -> Explanation {
    guard var asked = release.cases[id] else { throw .unknownCase(id) }
    if let person { asked = asked.supposed(askedBy: person) }
    guard let evaluation = evaluate(asked, in: release, at: now, under: draft) else {
      throw .unfit("policy: has no gate for a case of kind \(asked.kind.rawValue)")
    }
    return Explanation(evaluation, log: head)
  }

  /// Decides a case, if it has come to that, and issues what follows.
  mutating func decide(_ id: Case.ID) {
    guard let asked = release.cases[id],
      let decision = evaluate(asked, in: release, at: now, under: draft).flatMap({
        Decision(supposing: $0)
      })
    else { return }
    take(.decided(decision.record()))
    if let terms = decision.grant(in: release) { issue(terms) }
  }

  /// Issues a grant; it is named after its place, because there is no event to digest.
  mutating func issue(_ terms: Grant.Terms) {
    let name = Statement.Subject(name: "issue:\(count)", in: release.id).digest
    take(.issued(Grant(issuing: terms, as: Grant.ID(name.hex), at: head.size + count)))
  }

  /// Takes a statement as made, by whoever would make it.
  mutating func say(
    _ body: Statement.Body,
    about subject: Statement.Subject,
    by speaker: Principal.ID,
    number: Int? = nil
  ) -> Statement.ID {
    let statement = Statement(
      by: speaker,
      at: now,
      audience: "",
      nonce: Array(SHA256Digest(of: Array("supposed \(count)".utf8)).bytes.prefix(16)),
      release: release.id,
      seen: head,
      subject: subject,
      body: body
    )
    take(.accepted(Entry.Said(statement, strength: .pin, number: number)))
    return statement.id
  }

  /// Takes a fact as recorded.
  mutating func take(_ fact: Entry.Fact) {
    release.apply(Entry(index: head.size + count, at: now, fact: fact))
    count += 1
  }
}
