import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A problem")
struct ProblemTests {
  static let digest = Samples.digest("x").hex

  /// One of each refusal, with the exit status that governance-domain 15.3 gives its code.
  static let refusals: [(Refusal, Int32)] = [
    (.ownCase(4), 4), (.othersCase(4, whose: .requester), 4), (.othersCase(4, whose: .party), 4),
    (.othersCase(4, whose: .beneficiary), 4), (.recused(4, why: .decider), 4),
    (.held(.init(digest), .leak), 4),
    (.grantGrace(.init(digest), at: Samples.noon, until: Samples.noon), 4),
    (.grantSurrendered(.init(digest), at: Samples.noon), 4), (.termsUnaccepted("use"), 4),
    (.tierSealed("raw", rationale: "It is not ours"), 4), (.unknownHold(.init(digest)), 1),
    (.unknownStatement(.init(digest)), 1), (.notEligible("person:bob"), 4),
    (.tooWeak(needed: .key), 4), (.unsigned, 4),
    (.badSignature("why"), 4), (.unknownKey(fingerprint: "SHA256:x"), 4),
    (.wrongPerson(said: "person:bob"), 4),
    (.wrongNamespace(found: "git", needed: "approval@sluice"), 4),
    (.keyEnded(fingerprint: "SHA256:x", at: Samples.noon), 4), (.notTouched, 4), (.unfit("why"), 1),
    (.replayed, 5), (.stale("why"), 5), (.staleRevision(current: .init(digest)), 5),
    (.caseClosed(4, .denied), 5), (.caseReturned(4), 5), (.duplicate(4), 5),
    (.tooSoon(until: Samples.noon), 5), (.stageClosed("gated"), 4), (.noGrant(pending: nil), 4),
    (.noGrant(pending: 4), 4), (.grantPending(.init(digest), from: Samples.noon), 4),
    (.grantExpired(.init(digest), at: Samples.noon), 4),
    (.grantRevoked(.init(digest), at: Samples.noon, code: .leak, text: "text"), 4), (.noToken, 4),
    (.badToken, 4), (.termsChanged("terms:use"), 5), (.tierUnbound("weights"), 6),
    (.unknownRelease("a/b"), 1), (.unknownCase(.init(digest)), 1),
    (.unknownGrant(.init(digest)), 1),
    (.asksOnly("person:dora"), 4), (.unconfirmed, 4),
    (.notForYou, 4), (.clockUntrusted(behind: 12), 7), (.logCorrupt("why"), 7),
  ]

  @Test(arguments: refusals.indices)
  func `has the code, a sentence, an act and the exit status of its refusal`(index: Int) {
    let (refusal, exit) = Self.refusals[index]
    let problem = Problem(refusal, about: .init(release: "ana/tiny", tier: "weights", case: 4))
    #expect(problem.code == refusal.code)
    #expect(problem.exit == exit)
    #expect(problem.detail.hasSuffix(".") || problem.detail.hasSuffix("text"))
    #expect(!problem.next.isEmpty)
    #expect(problem.detail.utf8.allSatisfy { $0 < 0x80 }, "a header can carry it")
    #expect(!problem.next.joined().contains("OWNER/NAME"))
  }

  @Test func `names the command with placeholders where the matter is not known`() {
    let problem = Problem(.noGrant(pending: nil))
    #expect(problem.next == ["Ask for access: sluice request OWNER/NAME --tier TIER"])
  }

  @Test func `says nothing of a release but the name that was asked for`() {
    let unknown = Problem(.unknownRelease("a/b"), about: .init(release: "a/b"))
    #expect(unknown == Problem(.unknownRelease("a/b")))
  }

  @Test func `carries the explanation that was known`() {
    let explained = Explained(.noGrant(pending: 4), about: .init(), explanation: ["result": "open"])
    #expect(explained.problem.explanation == ["result": "open"])
  }

  @Test(arguments: [
    Evaluation.Exclusion.Reason.requester, .beneficiary, .service, .recused, .decider, .placedHold,
    .evidenceAuthor, .sameOrganisation,
  ])
  func `says in words why somebody does not count`(reason: Evaluation.Exclusion.Reason) {
    let problem = Problem(.recused(4, why: reason))
    #expect(problem.detail.hasPrefix("You do not count in case 4: "))
    #expect(!problem.detail.contains("-"))
  }

  @Test func `ends the rationale of a sealed tier once`() {
    for rationale in ["Not ours", "Not ours.", "Not ours!"] {
      let detail = Problem(.tierSealed("raw", rationale: rationale)).detail
      #expect(detail.hasPrefix("Tier raw is never offered: Not ours"))
      #expect(!detail.hasSuffix("..") && !detail.hasSuffix("!."))
    }
  }

  @Test func `carries what an old revision said otherwise`() {
    let difference = Wording.Difference(path: "purpose", before: "a", after: "b\nc")
    let explained = Explained(
      .staleRevision(current: .init(Self.digest)),
      about: .init(case: 4),
      difference: [difference]
    )
    #expect(explained.problem.difference == [difference])
    #expect(difference.description == #"purpose: "a", now "b\nc""#)
  }

  @Test func `is read with the members of RFC 9457`() throws {
    let json: JSONValue = [
      "code": "grant.none", "detail": "No.", "next": [], "status": 403, "title": "Forbidden",
      "type": "about:blank",
    ]
    #expect(try Problem(json: json) == Problem(code: "grant.none", detail: "No.", next: []))
  }
}
