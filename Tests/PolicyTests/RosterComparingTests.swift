import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A comparison of rosters")
struct RosterComparingTests {
  @Test func `of the same people finds nothing, whatever their layout`() throws {
    let roster = try Roster(text: Sample.roster)
    let other = try Roster(text: "# Another layout\n" + Sample.roster)
    #expect(other.differences(from: roster) == [])
  }

  @Test(
    arguments: [
      // Who comes and who goes, and not where they stand.
      (
        ["[person:ana, person:ben, person:cho]": "[person:ana, person:cho, person:hal]"],
        [#"- roles.editors: "person:ben""#, #"+ roles.editors: "person:hal""#]
      ),
      // Heads are tried in the order of the roster.
      (
        ["[person:ana, person:ben, person:cho]": "[person:ben, person:ana, person:cho]"],
        [
          #"~ roles.editors: ["person:ana","person:ben","person:cho"]"#
            + #" -> ["person:ben","person:ana","person:cho"]"#
        ]
      ),
      // Another key of somebody, one more, one less.
      (
        ["person:hal: {keys: [\(Sample.key(5))]}": "person:hal: {keys: [\(Sample.key(6))]}"],
        [
          #"- principals.person:hal.keys: "\#(Sample.key(5))""#,
          #"+ principals.person:hal.keys: "\#(Sample.key(6))""#,
        ]
      ),
      (
        ["[\(Sample.key(3)), \(Sample.key(4))]": "[\(Sample.key(3))]"],
        [#"- principals.person:cho.keys: "\#(Sample.key(4))""#]
      ),
      // Where they belong and how they are shown.
      (
        ["org:institute": "org:lab", "\n    shown: Ana A.": ""],
        [
          #"~ principals.person:ana.organisation: "org:institute" -> "org:lab""#,
          #"- principals.person:ana.shown: "Ana A.""#,
        ]
      ),
      // Somebody without a key.
      (
        [", service:clerk]": "]", "  service:clerk: {keys: []}\n": ""],
        [#"- roles.stewards: "service:clerk""#, "- principals.service:clerk: {}"]
      ),
      (["id: sample": "id: other"], [#"~ id: "sample" -> "other""#]),
    ]
  )
  func `tells each change on a line`(changes: [String: String], lines: [String]) throws {
    var text = Sample.roster
    for (before, after) in changes {
      try #require(text.contains(before))
      text = text.replacing(before, with: after)
    }
    let found = try Roster(text: text).differences(from: try Roster(text: Sample.roster))
    #expect(found.map(\.description) == lines)
  }

  @Test func `names the version that it follows`() throws {
    let roster = try Roster(text: Sample.roster)
    let text = Sample.roster.replacing(
      "version: 1",
      with: "version: 2\nprevious: \(roster.digest.hex)"
    )
    #expect(
      try Roster(text: text).differences(from: roster).map(\.description) == [
        "~ version: 1 -> 2", #"+ previous: "\#(roster.digest.hex)""#,
      ]
    )
  }
}
