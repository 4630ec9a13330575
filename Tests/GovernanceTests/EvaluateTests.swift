import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("Evaluate")
struct EvaluateTests {
  /// The vectors of governance-domain 17 for policy 16.6, gate `steward`.
  @Test func `approves what the clerk files and one maintainer approves`() throws {
    var story = try Story(filer: "service:clerk")
    #expect(story.result == .open)
    story.verdict(by: "person:ana", approves: true)
    #expect(story.result == .met)
  }

  @Test func `is dead where nobody is left for the slot`() throws {
    var story = try Story(filer: "person:ana")
    story.verdict(by: "person:ana", approves: true)
    #expect(story.result == .dead)
  }

  /// The vectors of governance-domain 17 for policy 16.6, gate `requester`.
  @Test(arguments: [(nil, .open), (true, .met), (false, .dead)] as [(Bool?, Evaluation.Result)])
  func `asks a requester for answers, acceptance and one approval`(
    verdict: Bool?,
    result: Evaluation.Result
  ) throws {
    var story = try Story.asked()
    story.answer()
    #expect(story.result == .open)
    story.accept()
    if let verdict { story.verdict(by: "person:ana", approves: verdict) }
    #expect(story.result == result)
  }

  @Test func `does not count the requester, whatever role they hold`() throws {
    var story = try Story.asked(by: "person:ana")
    story.answer()
    story.accept()
    story.verdict(by: "person:ana", approves: true)
    #expect(story.result == .dead)
    let dropped = try #require(story.evaluation?.best?.parts.last?.notCounted.first)
    #expect(dropped.head == "person:ana")
    #expect(dropped.why == .requester)
  }

  @Test func `lets the latest verdict of a head count`() throws {
    var story = try Story.asked()
    story.answer()
    story.accept()
    story.verdict(by: "person:ana", approves: true)
    story.verdict(by: "person:ana", approves: false)
    #expect(story.result == .dead)
  }

  @Test func `gives the same answer in any order of arrival`() throws {
    let acts: [(inout Story) -> Void] = [
      { $0.answer() }, { $0.accept() }, { $0.verdict(by: "person:ana", approves: true) },
    ]
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      var story = try Story.asked()
      for index in order { acts[index](&story) }
      #expect(story.result == .met)
    }
  }

  @Test func `explains every part with its place in the policy and the next act`() throws {
    var story = try Story.asked()
    story.answer()
    let evaluation = try #require(story.evaluation)
    let explanation = Explanation(
      evaluation,
      log: .init(size: 7, root: SHA256Digest(of: [UInt8]()))
    )
    #expect(
      evaluation.branches[0].parts.map(\.path) == [
        "gates.requester.require[0]", "gates.requester.require[1]", "gates.requester.require[2]",
      ]
    )
    #expect(explanation.next.map(\.act) == ["accept", "approve"])
    #expect(explanation.next.map(\.who) == ["beneficiary", "role:maintainers"])
    #expect(explanation.text.contains("✓ requester[0]"))
    #expect(explanation.text.contains("✗ requester[2]"))
    #expect(explanation.json.canonical == explanation.json.canonical)
  }

  @Test func `leads to a decision only when met or dead`() throws {
    var story = try Story.asked()
    #expect(story.evaluation.flatMap { Decision($0) } == nil)
    story.answer()
    story.accept()
    story.verdict(by: "person:ana", approves: true)
    let decision = try story.decision()
    #expect(decision.outcome == .approved)
    #expect(decision.counted.count == 1)
  }

  /// Somebody else's case, and rules that are not its own: they explain, and decide nothing.
  @Test func `of what is only supposed leads to no decision`() throws {
    var story = try Story.asked()
    story.verdict(by: "person:ana", approves: false)
    let asked = try #require(story.release.cases[story.asked])
    let policy = try #require(story.release.policy(of: asked))
    let supposed = evaluate(asked.supposed(askedBy: "person:zed"), in: story.release, at: story.now)
    let drafted = evaluate(asked, in: story.release, at: story.now, under: policy)
    for evaluation in [supposed, drafted] {
      let evaluation = try #require(evaluation)
      #expect(evaluation.result == .dead && evaluation.isSupposed)
      #expect(Decision(evaluation) == nil)
      #expect(Decision(supposing: evaluation)?.outcome == .denied)
    }
    #expect(try story.decision().outcome == .denied)
  }

  @Test func `grants until the stage's time is over`() throws {
    var story = try Story.asked()
    story.answer()
    story.accept()
    story.verdict(by: "person:ana", approves: true)
    let decision = try story.decision()
    story.release.apply(story.entry(.decided(decision.record())))
    let grant = try #require(decision.grant(in: story.release))
    #expect(grant.audience == .principal("person:bob"))
    #expect(grant.notAfter == grant.notBefore + Duration(seconds: 365 * 86_400))
    #expect(grant.tiers == ["weights": Story.manifest])
    #expect(Array(grant.terms.keys) == ["use"])
  }
}

extension Story {
  fileprivate func decision() throws -> Decision {
    try #require(evaluation.flatMap { Decision($0) })
  }
}
