import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("The words of a cause")
struct ProblemCauseTests {
  static let matter = Problem.Matter(release: "ana/tiny", tier: "weights", case: 4)

  /// A code, two of its causes, and what only the right one says and advises.
  static let causes: [(Refusal, Problem.Cause?, String, String)] = [
    (
      .unknownKey(fingerprint: "SHA256:x"), nil, "SHA256:x counts for nobody",
      "sluice person add NAME --key KEY.pub"
    ),
    (
      .unknownKey(fingerprint: "SHA256:x"), .keyNotInRoster("person:ana"),
      "other keys of person:ana", "sluice signers export"
    ),
    (
      .unknownKey(fingerprint: "SHA256:x"), .keyOfProposal("person:ana", case: 7),
      "a roster that is not in force", "sluice explain case 7"
    ),
    (.wrongPerson(said: "person:bob"), nil, "not that of person:bob", "--as WHO --key FILE"),
    (
      .wrongPerson(said: "person:bob"), .keyOf("person:ana"), "is that of person:ana",
      "the same command with --as person:ana"
    ),
    (.badToken, nil, "never issued here, or counts no longer", "sluice login --server URL"),
    (.badToken, .tokenUnknown, "never issued here.", "Check that it is whole"),
    (
      .badToken, .tokenRevoked(at: Samples.noon), "revoked at \(Samples.noon)",
      "sluice token issue NAME"
    ),
    (
      .badToken, .tokenEnded(at: Samples.noon), "counted until \(Samples.noon)",
      "sluice token issue NAME"
    ),
  ]

  @Test(arguments: causes.indices)
  func `say which of the causes of a code it is`(index: Int) {
    let (refusal, cause, sentence, act) = Self.causes[index]
    let problem = Problem(refusal, about: .init(release: "ana/tiny", cause: cause))
    #expect(problem.code == refusal.code)
    #expect(problem.detail.contains(sentence), "\(problem.detail)")
    #expect(problem.next.joined(separator: "\n").contains(act), "\(problem.next)")
    let others = Self.causes.enumerated().filter { $0.offset != index && $0.element.0 == refusal }
    for (_, other) in others { #expect(!problem.detail.contains(other.2)) }
  }

  /// How ledger, governance and drafts begin their sentences; the suites of those fix them.
  static let sentences: [(Refusal, String)] = [
    (.stale("seen: not a head of this log; look again before signing"), ": the same command"),
    (.stale("at: A is before the case was filed, B"), "clock of the machine that signs"),
    (.stale("stage gated is open"), "sluice cases --release ana/tiny --kind open"),
    (.stale("no policy of ana/tiny is in force yet"), "sluice cases --kind amend"),
    (.stale("a stage that offers tier weights has opened; …"), "sluice audit who ana/tiny"),
    (.stale("the grant was revoked before"), "sluice grants --release ana/tiny"),
    (.stale("ana/tiny is released already"), "sluice serve"),
    (.unfit("at: A is more than 5 minutes after B"), "clock of the machine that signs"),
    (.unfit("at: the case was filed only later"), "the same command with --at TIME"),
    (.unfit("an amendment keeps its texts: …"), "sluice withdraw 4"),
    (
      .unfit("ana/tiny has no tier weigths; did you mean weights?"),
      "the same command with weights for weigths"
    ),
    (
      .unfit("answers to form ask: purpos: the form does not ask this; did you mean purpose?"),
      "Write purpose for purpos in the answers"
    ),
    (.unfit("person:bob is registered already"), "sluice token issue bob --name laptop"),
    (.unfit("grant 9c2e1f0b7a64 cannot be renewed"), "sluice request ana/tiny --tier weights"),
    (.unfit("nobody confirms their own evidence"), "with --as WHO --key FILE"),
    (.stale("you have confirmed it before"), "sluice evidence list ana/tiny"),
    (.stale("you agreed to terms:use at A, and it is the same text"), "sluice grants --mine"),
    (.tierUnbound("weights"), "sluice bind ana/tiny weights DIR"),
    (.stageClosed("gated"), "sluice open ana/tiny gated"),
    (.staleRevision(current: .init(Samples.digest("x").hex)), "sluice show 4"),
    (.grantPending(.init("x"), from: Samples.noon), "sluice download ana/tiny --tier weights"),
  ]

  @Test(arguments: sentences.indices)
  func `advise what helps against it`(index: Int) {
    let (refusal, act) = Self.sentences[index]
    let next = Problem(refusal, about: Self.matter).next
    #expect(next.joined(separator: "\n").contains(act), "\(next)")
  }

  @Test(arguments: ProblemTests.refusals.indices)
  func `have a command among the acts`(index: Int) {
    let next = Problem(ProblemTests.refusals[index].0, about: Self.matter).next
    let command = /(^|: )(sluice|ssh-keygen|the same command)( |$)/
    #expect(next.contains { $0.contains(command) }, "\(next)")
  }

  @Test func `name no case that is only supposed`() {
    let problem = Problem(.noGrant(pending: 0), about: Self.matter)
    #expect(!problem.detail.contains("case 0"))
    #expect(problem.next == ["Ask for access: sluice request ana/tiny --tier weights"])
  }

  @Test func `leave open only what is not known`() {
    let problem = Problem(code: "x", detail: "TIER", next: ["Do: sluice bind OWNER/NAME TIER DIR"])
    let filled = problem.filled([.release: "ana/tiny", .directory: "'my model'"])
    #expect(filled.next == ["Do: sluice bind ana/tiny TIER 'my model'"])
    #expect(filled.detail == "TIER")
    let told = Problem(
      code: "x",
      detail: "",
      next: [
        "Ask: sluice request a/b", "Bind: sluice bind a/b t DIR",
        "Log in: sluice login --server URL",
      ]
    ).told(by: "http://h:1")
    #expect(
      told.next == [
        "Ask: sluice request a/b --server http://h:1", "Bind: sluice bind a/b t DIR",
        "Log in: sluice login --server http://h:1",
      ]
    )
    let key = Problem(code: "x", detail: "", next: ["sluice person add NAME --key KEY.pub"])
    #expect(
      key.filled([.person: "bob", .key: "keys/bob"]).next
        == ["sluice person add bob --key keys/bob.pub"]
    )
  }
}
