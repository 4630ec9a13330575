import SluiceEncoding
import SluiceGovernance
import Testing

/// The vectors of governance-domain 17 about gates: every row.
@Suite("The vectors of the domain")
struct VectorTests {
  /// One row: what happens besides, and what must be so.
  struct Row: Sendable, CustomTestStringConvertible {
    let what: String
    let further: String
    let expected: String

    init(_ what: String, _ further: String, _ expected: String) {
      self.what = what
      self.further = further
      self.expected = expected
    }

    var testDescription: String { what }
  }

  // MARK: 16.1, stage large

  static let large = [
    Row(
      "06-21: one of two approvals of the board",
      "",
      """
      2019-06-21T00:00:00Z ana approving c fails with approve.requester
      2019-06-21T00:00:00Z c is open, missing approve evidence wait after
      """
    ),
    Row(
      "06-29: detectability is not confirmed",
      "",
      "2019-06-29T00:00:00Z c is open, missing evidence after"
    ),
    Row(
      "06-29: eli confirms own measurement",
      "",
      """
      2019-06-29T00:00:00Z eli confirming d fails with statement.malformed
      2019-06-29T00:00:00Z c is open, missing evidence after
      """
    ),
    Row(
      "06-29: dee confirms",
      "2019-06-29T00:00:00Z dee confirms d",
      """
      2019-06-29T00:00:00Z c is waiting, missing after
      2019-06-29T00:00:00Z c is waiting until 2019-07-02T00:00:00Z
      """
    ),
    Row(
      "07-02: 60 days after 3 May",
      "2019-06-29T00:00:00Z dee confirms d",
      """
      2019-07-01T23:59:59Z c is waiting, missing after
      2019-07-02T00:00:00Z c is approved
      2019-07-02T00:00:00Z stage large is open
      """
    ),
    Row(
      "07-13: misuse-watch is older than 14 days",
      """
      2019-06-29T00:00:00Z dee confirms d
      2019-07-01T00:00:00Z hal holds case:c other until 2019-07-13T00:00:00Z
      """,
      "2019-07-12T00:00:00Z c is held\n2019-07-13T00:00:00Z c is open, missing evidence"
    ),
    Row(
      "07-02: one denial in safety review",
      "2019-06-29T00:00:00Z dee confirms d\n2019-07-01T00:00:00Z eli denies c safety",
      "2019-07-01T00:00:00Z c is denied\n2019-07-02T00:00:00Z c is denied"
    ),
  ]

  @Test(arguments: large)
  func `hold for the third size of a staged release`(row: Row) throws {
    let failures = try Handbook.failures(
      "gpt2",
      roster: """
        {release-board: [ana, ben, cho], safety-review: [dee, eli], partnerships: [fay], \
        stewards: [hal]}
        """,
      """
      2019-05-03T00:00:00Z opened announce
      2019-05-03T00:00:00Z opened medium
      2019-06-01T00:00:00Z eli records evidence detectability of weights-774m with accuracy=0.9443 samples=5000 as d
      2019-06-01T00:00:00Z cho records evidence replication-cost of weights-774m with gpu_hours=1
      2019-06-20T00:00:00Z ana files open large as c
      2019-06-21T00:00:00Z ben approves c
      2019-06-22T00:00:00Z cho approves c
      2019-06-26T00:00:00Z dee approves c
      2019-06-28T00:00:00Z dee records evidence misuse-watch of weights-774m with confirmed_incidents=0
      \(row.further)
      """,
      row.expected
    )
    #expect(failures == [])
  }

  // MARK: 16.5, gate lift

  private static let both =
    "2026-02-22T00:00:00Z ben approves c\n2026-02-22T00:00:00Z cho approves c"

  static let lift = [
    Row(
      "a second before the moment",
      both,
      """
      2026-03-02T13:59:59Z c is waiting, missing after
      2026-03-02T13:59:59Z c is waiting until 2026-03-02T14:00:00Z
      2026-03-02T13:59:59Z anybody may not obtain weights: stage.closed
      """
    ),
    Row(
      "the moment",
      both,
      "2026-03-02T14:00:00Z c is approved\n2026-03-02T14:00:00Z anybody may obtain weights"
    ),
    Row("most readers are of one sector", both, "2026-03-02T14:00:00Z c is open, missing evidence"),
    Row(
      "a breach, unconfirmed",
      "\(both)\n2026-02-23T00:00:00Z hal reports leak of paper as b",
      "2026-02-23T00:00:00Z c is waiting, missing after"
    ),
    Row(
      "a breach, confirmed by whoever reported it",
      "\(both)\n2026-02-23T00:00:00Z hal reports leak of paper as b",
      """
      2026-02-23T00:00:00Z hal confirming b fails with statement.malformed
      2026-02-23T00:00:00Z c is waiting, missing after
      """
    ),
    Row(
      "a breach, confirmed",
      """
      \(both)
      2026-02-23T00:00:00Z hal reports leak of paper as b
      2026-02-23T00:00:00Z ida confirms b
      """,
      "2026-02-23T00:00:00Z c is approved\n2026-02-23T00:00:00Z anybody may obtain weights"
    ),
    Row(
      "one approval",
      "2026-02-22T00:00:00Z ben approves c",
      "2026-03-02T14:00:00Z c is open, missing approve"
    ),
    Row(
      "one denial",
      "2026-02-22T00:00:00Z ben approves c\n2026-02-22T00:00:00Z cho denies c",
      "2026-03-02T14:00:00Z c is denied"
    ),
  ]

  @Test(arguments: lift)
  func `hold for the public moment of an embargo`(row: Row) throws {
    let share = row.what.contains("one sector") ? "0.8" : "0.4"
    let readers = "sectors=4 largest_sector_share=\(share) undescribed=0"
    let failures = try Handbook.failures(
      "embargoed-release",
      roster: "{editors: [ana, ben, cho], outreach: [gus], stewards: [hal, ida]}",
      """
      2026-02-20T00:00:00Z gus records evidence early-access of paper with \(readers)
      2026-02-21T00:00:00Z ana files open public as c
      \(row.further)
      """,
      row.expected
    )
    #expect(failures == [])
  }

  // MARK: 16.2, gate licence-form

  private static let answered = "2026-01-02T00:00:00Z bob answers request of c\n"
  private static let credential = "2026-01-03T00:00:00Z dee gives email-domain verified=true to bob"

  static let licence = [
    Row("nothing more", answered, "2026-01-04T00:00:00Z c is open, missing credential"),
    Row("a credential", answered + credential, "2026-01-04T00:00:00Z c is approved"),
    Row(
      "a reviewer approves",
      "\(answered)2026-01-03T00:00:00Z dee approves c",
      "2026-01-04T00:00:00Z c is approved"
    ),
    Row(
      "a credential, and no answers",
      credential,
      "2026-01-04T00:00:00Z c is open, missing answer"
    ),
    Row(
      "a credential, and a denial",
      "\(credential)\n2026-01-03T00:00:00Z dee denies c",
      "2026-01-04T00:00:00Z c is denied"
    ),
  ]

  @Test(arguments: licence)
  func `hold for a licence form`(row: Row) throws {
    let failures = try Handbook.failures(
      "llama-style",
      roster: "{maintainers: [ana, ben, cho], reviewers: [dee], stewards: [hal]}",
      """
      2026-01-01T00:00:00Z opened open
      2026-01-01T00:00:00Z opened weights
      2026-01-01T00:00:00Z bob asks for weights of weights as c
      2026-01-01T00:00:00Z bob accepts community-licence
      2026-01-01T00:00:00Z bob accepts use-policy
      \(row.further)
      """,
      row.expected
    )
    #expect(failures == [])
  }

  // MARK: 16.6

  static let single = [
    Row(
      "the clerk files and one person approves",
      "service:clerk files amend as first\nana approves first",
      "first is approved"
    ),
    Row("one person files and approves", "ana files amend as first", "first is denied"),
    Row(
      "answers and acceptance",
      "\(opened)bob asks for weights of gated as c\nbob answers request of c\nbob accepts use",
      "c is open, missing approve"
    ),
    Row(
      "and an approval",
      "\(opened)bob asks for weights of gated as c\nbob answers request of c\nbob accepts use\nana approves c",
      "c is approved"
    ),
    Row(
      "and a denial",
      "\(opened)bob asks for weights of gated as c\nbob answers request of c\nbob accepts use\nana denies c",
      "c is denied"
    ),
  ]

  private static let opened = "opened public\nopened gated\n"

  @Test(arguments: single)
  func `hold for one steward`(row: Row) throws {
    func timed(_ text: String) -> String {
      text.split(separator: "\n").map { "2026-01-05T09:00:00Z \($0)" }.joined(separator: "\n")
    }
    let failures = try Handbook.failures(
      "single-steward",
      roster: "{maintainers: [ana, 'service:clerk'], stewards: [ana]}",
      timed(row.further),
      timed(row.expected)
    )
    #expect(failures == [])
  }

  // MARK: Lazy consensus by composition

  @Test func `hold for lazy consensus`() throws {
    let tale = Tale(main: "[any: [approve: {role: board}, wait: P14D]]")
    try tale.expect(
      "02 ana asks for weights of gated as c",
      """
      15 c is waiting until 16
      15 ana approving c fails with approve.requester
      15T23:59:59 c is waiting
      16 c is approved
      """
    )
    try tale.expect(
      "02 ana asks for weights of gated as c\n03 ben denies c",
      "03 c is denied\n16 c is denied"
    )
    try tale.expect(
      "02 ana asks for weights of gated as c\n03 ben approves c",
      "03 c is approved"
    )
  }
}
