import SluiceEncoding
import SluiceGovernance

/// A release of policy 16.6 as a log would tell it: adopted, both stages open, and one case.
struct Story {
  static let manifest = SHA256Digest(of: Array("weights".utf8))
  static let code = SHA256Digest(of: Array("code".utf8))
  static let terms = SHA256Digest(of: Array("terms".utf8))

  var release: Release
  private(set) var asked: Case.ID = ""
  private var index = 0
  private let policy: Policy
  private let roster: Roster

  /// The beginning: `filer` asks that the policy be adopted.
  init(filer: Principal.ID) throws {
    policy = try Policy(text: SinglePolicy.text)
    roster = try Roster(text: SinglePolicy.roster)
    release = Release(
      "ana/tiny",
      library: .init(policies: [policy.digest: policy], rosters: [roster.digest: roster])
    )
    asked = file(
      .amend(policy: policy.digest, roster: roster.digest, terms: ["use": Self.terms]),
      by: filer,
      subject: .init(name: "policy", digest: policy.digest)
    )
  }

  /// The release is open, and `requester` asks for the weights.
  static func asked(by requester: Principal.ID = "person:bob") throws -> Story {
    var story = try Story(filer: "service:clerk")
    story.release.apply(story.entry(.supposed(Premise(approving: story.asked))))
    for (stage, manifests) in [
      ("public", ["code": code]), ("gated", ["weights": manifest]),
    ] as [(Stage.ID, [Tier.ID: SHA256Digest])] {
      let opening = story.file(
        .open(stage, manifests: manifests),
        by: "service:clerk",
        subject: .init(name: "stage:\(stage)", in: story.release.id)
      )
      story.release.apply(story.entry(.supposed(Premise(approving: opening))))
    }
    story.asked = story.file(
      .access("gated", tiers: ["weights"], beneficiary: .principal(requester), purpose: ""),
      by: requester,
      subject: .init(name: "stage:gated", in: story.release.id)
    )
    return story
  }

  var evaluation: Evaluation? {
    release.cases[asked].flatMap { evaluate($0, in: release, at: now) }
  }

  var result: Evaluation.Result? { evaluation?.result }

  var now: Instant { Instant(seconds: 1_550_145_600 + index) }

  mutating func answer() {
    guard let form = policy.form("request"), let beneficiary = release.cases[asked]?.beneficiary
    else { return }
    say(
      .answer(.case(asked), commitment: Self.terms),
      by: beneficiary,
      subject: .init(name: "form:request", digest: form.digest)
    )
  }

  mutating func accept() {
    guard let beneficiary = release.cases[asked]?.beneficiary else { return }
    say(.accept, by: beneficiary, subject: .init(name: "terms:use", digest: Self.terms))
  }

  mutating func verdict(by head: Principal.ID, approves: Bool) {
    guard let asked = release.cases[asked] else { return }
    let verdict = Statement.Verdict(
      case: asked.id,
      revision: asked.revision.id,
      policy: asked.policy,
      manifests: release.manifests(of: asked),
      reason: "because"
    )
    say(
      approves ? .approve(verdict) : .deny(verdict, .other),
      by: head,
      subject: .init(name: "revision", digest: SHA256Digest(of: asked.revision.id.rawValue.utf8))
    )
  }

  mutating func entry(_ fact: Entry.Fact) -> Entry {
    index += 1
    return Entry(index: index, at: now, fact: fact)
  }

  @discardableResult
  mutating func say(
    _ body: Statement.Body,
    by speaker: Principal.ID,
    subject: Statement.Subject,
    number: Int? = nil
  ) -> Statement {
    let statement = Statement(
      by: speaker,
      at: now,
      audience: "localhost/test",
      nonce: Array(repeating: UInt8(index & 0xff), count: 16),
      release: release.id,
      seen: .init(size: 0, root: SHA256Digest(of: [UInt8]())),
      subject: subject,
      body: body
    )
    release.apply(entry(.accepted(.init(statement, number: number))))
    return statement
  }

  private mutating func file(
    _ filing: Statement.Filing,
    by filer: Principal.ID,
    subject: Statement.Subject
  ) -> Case.ID {
    Case.ID(say(.file(filing), by: filer, subject: subject, number: index + 1).id.rawValue)
  }
}
