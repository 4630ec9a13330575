import SluiceEncoding
import SluiceGovernance
import Testing

/// Who had a tier before everybody: the numbers here were worked out by hand.
@Suite("Computed early access")
struct ComputedEarlyAccessTests {
  // Five were invited. Gil declined before he could read anything, Kim has not said anything; Fay left
  // after she had read.
  private static let early = Tale(
    main: "[member: readers, accept: use]",
    gated: ""
  )

  private func early() throws -> (Release, Group) {
    let release = try Self.early.release(
      """
      02 gus joins bob to readers with sector=press region=eu relation=none
      02 gus joins eve to readers with sector=press region=asia relation=none
      02 gus joins kim to readers with sector=academia region=eu relation=adviser
      02 gus joins fay to readers with sector=press region=eu
      02 gus joins gil to readers with sector=academia region=eu relation=none
      03 gil leaves readers
      04 bob accepts use
      04 bob asks for weights of gated as b
      05T12:00:00 eve accepts use
      05T12:00:00 eve asks for weights of gated as e
      06 fay accepts use
      06 fay asks for weights of gated as f
      07 fay leaves readers
      """,
      describe: "sector, region, relation"
    )
    return (release, try #require(release.adoption?.policy.group("readers")))
  }

  @Test func `tells who had a tier before everybody`() throws {
    let (release, group) = try early()
    let lift = try Instant("2026-01-10T00:00:00Z")
    let finding = Statement.Finding.earlyAccess(to: "weights", of: group, in: release, before: lift)
    #expect(finding.kind == "early-access")
    // bob, eve and fay, all of the press; two without a relation, one not described.
    // Hours: bob 144, eve 108, fay 96.
    #expect(
      finding.metrics == [
        "members": "3", "sectors": "1", "regions": "2", "undescribed": "1",
        "largest_sector_share": "1.0000", "no_prior_relation_share": "0.6667",
        "median_hours_before_lift": "108.0000",
      ]
    )
    #expect(finding.method.contains("group readers"))
    #expect(finding.method.contains("tier weights"))
    #expect(finding.method.contains("2026-01-10T00:00:00Z"))
  }

  @Test func `has no shares of nobody`() throws {
    let release = try Self.early.release(
      "02 dee records evidence score of weights",
      describe: "sector"
    )
    let group = try #require(release.adoption?.policy.group("readers"))
    let finding = Statement.Finding.earlyAccess(
      to: "weights",
      of: group,
      in: release,
      before: Instant(seconds: 0)
    )
    #expect(
      finding.metrics == ["members": "0", "sectors": "0", "regions": "0", "undescribed": "0"]
    )
  }

  /// By either of two ways; without a text that any way asks for, the invitation is all there is.
  @Test(
    arguments: [
      ("[member: readers, accept: use]", "", "0"),
      ("[member: readers, accept: use]", "04 bob accepts use", "1"),
      ("[any: [[member: readers, accept: use], approve: {role: board}]]", "", "0"),
      (
        "[any: [[member: readers, accept: use], [member: readers, accept: other]]]",
        "04 bob accepts other", "1"
      ),
      ("[member: readers]", "", "1"),
      ("[approve: {role: board}]", "", "1"),
    ]
  )
  func `counts whoever has joined, and not whoever was invited`(
    main: String,
    said: String,
    members: String
  ) throws {
    let tale = Tale(
      main: main,
      gated: "",
      texts: "use: {file: use.md}\nother: {file: other.md}",
      more: "",
      describe: "sector"
    )
    let release = try tale.release("02 gus joins bob to readers with sector=press\n" + said)
    let group = try #require(release.adoption?.policy.group("readers"))
    let finding = Statement.Finding.earlyAccess(
      to: "weights",
      of: group,
      in: release,
      before: try Instant("2026-01-10T00:00:00Z")
    )
    #expect(finding.metrics["members"] == members)
  }

  /// A grant of the group serves a member from when they have accepted.
  @Test func `counts from the acceptance where the group was granted it`() throws {
    let release = try Self.early.release(
      """
      02 gus joins bob to readers with sector=press
      02 gus accepts use
      02 gus asks for weights of gated on behalf of group:readers as g
      04 bob accepts use
      05 gus joins eve to readers with sector=press
      """,
      describe: "sector"
    )
    let group = try #require(release.adoption?.policy.group("readers"))
    let lift = try Instant("2026-01-05T00:00:00Z")
    let finding = Statement.Finding.earlyAccess(to: "weights", of: group, in: release, before: lift)
    #expect(finding.metrics["members"] == "1")
    #expect(finding.metrics["median_hours_before_lift"] == "24.0000")
  }
}
