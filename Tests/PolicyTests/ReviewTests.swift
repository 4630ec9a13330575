import SluiceEncoding
import SluiceGovernance
import Testing

/// Governance-domain 15.1: all errors are reported at once, in whichever file they are.
@Suite("A review of a policy")
struct ReviewTests {
  private static let named = "terms/use.md"

  @Test func `says what is wrong in every file, whichever is faulty`() throws {
    let policy = Sample.policy.replacing("title: A sample", with: "titel: A sample")
    let roster = Sample.roster.replacing("id: sample", with: "id: other")
      .replacing("  stewards: [person:hal, service:clerk]", with: "")
      .replacing("editors: [person:ana, person:ben, person:cho]", with: "editors: [person:ana]")
    #expect(
      try Self.said(policy, roster, files: [:]) == [
        "policy:1:1: P003 title: missing",
        "policy:4:1: P002 titel: unknown key; did you mean title?",
        "roster:2:5: P005 id: is a roster of other, not of sample",
        "roster:13:1: P003 roles.stewards: missing",
        "policy:18:3: P012 gates.reader: one of its 2 ways needs 2 different people, the roster can supply 1",
        "policy:10:15: P017 terms.use.file: no such file: terms/use.md",
      ]
    )
  }

  @Test func `says of a faulty roster what it lacks, and nothing that follows from its faults`()
    throws
  {
    let roster = Sample.roster.replacing("id: sample", with: "id: Sample")
      .replacing("  stewards: [person:hal, service:clerk]", with: "")
      .replacing("editors: [person:ana, person:ben, person:cho]", with: "editors: [person:joe]")
    let said = try Self.said(Sample.policy, roster, files: [Self.named: Array("Be kind.".utf8)])
    #expect(said.map { $0.split(separator: " ")[1] } == ["P004", "P005", "P003"])
    #expect(said.last == "roster:13:1: P003 roles.stewards: missing")
  }

  @Test func `judges no text whose file is named as none can be`() throws {
    let policy = Sample.policy.replacing(Self.named, with: "../use.md")
    #expect(PolicyReview(text: policy, source: "policy").files == [])
    #expect(
      try Self.said(policy, Sample.roster, files: [:]).map { $0.split(separator: " ")[1] }
        == ["P004"]
    )
  }

  @Test func `says what is doubtful when nothing is wrong with the policy`() throws {
    let said = try Self.said(Sample.policy, Sample.roster, files: [:])
    #expect(said.map { $0.split(separator: " ")[1] } == ["P017", "W110"])
  }

  @Test func `of what cannot be read says only that, and what the roster has of its own`() throws {
    let roster = Sample.roster.replacing("id: sample", with: "id: Sample")
    let said = try Self.said("title: [", roster, files: [:])
    #expect(said.map { $0.split(separator: " ")[1] } == ["P001", "P004"])
  }

  private static func said(
    _ policy: String,
    _ roster: String,
    files: [String: [UInt8]]
  ) throws -> [String] {
    PolicyReview(text: policy, source: "policy").faults(
      roster: (text: roster, source: "roster"),
      files: files,
      at: try Instant("2026-06-01T00:00:00Z")
    ).map(\.description)
  }
}
