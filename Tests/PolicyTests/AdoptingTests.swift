import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("Adopting")
struct AdoptingTests {
  let first: Policy

  init() throws { first = try Policy(text: Sample.policy) }

  @Test func `begins with version 1`() throws {
    #expect(first.check(adopted: nil) == [])
    let second = try next(2, after: first.digest)
    #expect(
      second.check(adopted: nil).map(\.vector) == [
        "3:10: P016 version: none is in force, so this must be version 1"
      ]
    )
  }

  @Test func `goes on with the next version of the same policy`() throws {
    let second = try next(2, after: first.digest)
    #expect(second.check(adopted: first) == [])
    #expect(second.previous == first.digest)
  }

  @Test func `refuses what does not follow`() throws {
    let third = try next(3, after: SHA256Digest(of: [UInt8]()), id: "other")
    #expect(
      third.check(adopted: first).map(\.vector) == [
        "2:5: P016 id: sample is in force; another id is another release",
        "3:10: P016 version: version 1 is in force, so this must be version 2",
        "4:11: P016 previous: must be the digest of version 1: \(first.digest)",
      ]
    )
    #expect(first.check(adopted: first).map(\.path) == ["previous", "version"])
  }

  @Test func `takes rosters in the same order`() throws {
    let first = try Roster(text: Sample.roster)
    let second = try Roster(
      text: Sample.roster.replacing("version: 1", with: "version: 2\nprevious: \(first.digest)")
    )
    #expect(first.check(adopted: nil) == [])
    #expect(second.check(adopted: first) == [])
    #expect(second.check(adopted: second).map(\.code) == ["P016", "P016"])
  }

  /// P017: the texts that people agree to.
  @Test func `needs the texts, and those that are named`() throws {
    let text = Array("Be kind.\n".utf8)
    let digest = SHA256Digest(of: text)
    #expect(first.check(files: ["terms/use.md": text]) == [])
    #expect(
      first.check(files: [:]).map(\.vector) == [
        "10:15: P017 terms.use.file: no such file: terms/use.md"
      ]
    )
    #expect(first.check(files: ["terms/use.md": []]).map(\.code) == ["P017"])
    #expect(first.check(files: ["terms/use.md": [0xff, 0xfe]]).map(\.code) == ["P017"])

    let tied = try Policy(
      text: Sample.policy.replacing("use.md}", with: "use.md, sha256: \(digest)}")
    )
    #expect(tied.check(files: ["terms/use.md": text]) == [])
    let other = tied.check(files: ["terms/use.md": text + [10]])
    #expect(other.map(\.path) == ["terms.use.sha256"])
  }

  private func next(
    _ version: Int,
    after digest: SHA256Digest,
    id: String = "sample"
  ) throws -> Policy {
    try Policy(
      text: Sample.policy.replacing("id: sample", with: "id: \(id)")
        .replacing("version: 1", with: "version: \(version)\nprevious: \(digest)")
    )
  }
}
