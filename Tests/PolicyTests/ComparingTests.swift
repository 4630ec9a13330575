import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A comparison of policies")
struct ComparingTests {
  @Test func `of the same rules finds nothing, whatever their layout`() throws {
    let policy = try Policy(text: Sample.policy)
    let other = try Policy(
      text: "# Another layout\n" + Sample.policy.replacing("id: sample\n", with: "")
        + "\nid:   'sample'\n"
    )
    #expect(other.differences(from: policy) == [])
    #expect([Policy.Difference]().report == "no differences: both have the same digest")
  }

  @Test(
    arguments: [
      // A value, in the order of the file and not of the alphabet.
      (
        ["title: A sample": "title: B", "id: sample": "id: other"],
        [#"~ id: "sample" -> "other""#, #"~ title: "A sample" -> "B""#]
      ),
      (["count: 2": "count: 3"], ["~ gates.reader.require[2].any[0].approve.count: 2 -> 3"]),
      // What is new, and what is gone.
      (
        ["kind: paper}": "kind: paper, note: A word.}"], [#"+ tiers.paper.note: "A word.""#]
      ),
      ([", lasts: P30D": ""], [#"- stages.second.lasts: "P30D""#]),
      (
        ["due: P7D": "lapse: P60D\n    reapply: P7D"],
        [
          #"+ gates.reader.lapse: "P60D""#, #"+ gates.reader.reapply: "P7D""#,
          #"- gates.reader.due: "P7D""#,
        ]
      ),
      // What is gone stands where it was.
      (
        ["title: A sample\n": "", "version: 1": "version: 1\ntitle: B"],
        [
          #"~ title: "A sample" -> "B""#
        ]
      ),
      // One item more moves the others and does not change them.
      (
        ["- answer: ask": "- wait: P7D\n      - answer: ask"],
        [#"+ gates.reader.require[0]: {"wait":"P7D"}"#]
      ),
      (["      - answer: ask\n": ""], [#"- gates.reader.require[0]: {"answer":"ask"}"#]),
      // Another requirement in its place is another requirement, another text of it is not.
      (
        ["- answer: ask": "- wait: P7D"],
        [#"~ gates.reader.require[0]: {"answer":"ask"} -> {"wait":"P7D"}"#]
      ),
      // A list in another order is another list.
      (
        ["roles: [editors, stewards]": "roles: [stewards, editors]"],
        [#"- roles[0]: "editors""#, #"+ roles[1]: "editors""#]
      ),
      // Something else in its place: a value for a map.
      (
        ["approve: {role: editors, count: 2}": "[approve: {role: editors, count: 2}]"],
        [
          #"~ gates.reader.require[2].any[0]: {"approve":{"count":2,"role":"editors"}}"#
            + #" -> [{"approve":{"count":2,"role":"editors"}}]"#
        ]
      ),
    ] as [([String: String], [String])]
  )
  func `tells what is there otherwise`(changes: [String: String], lines: [String]) throws {
    let policy = try Policy(text: Sample.policy)
    let text = changes.reduce(Sample.policy) { $0.replacing($1.key, with: $1.value) }
    let other = try Policy(text: text)
    #expect(other.differences(from: policy).map(\.description) == lines)
    #expect(other.differences(from: policy).report == lines.joined(separator: "\n"))
    #expect(policy.differences(from: other).count == lines.count)
  }

  /// Two texts that Unicode holds to be equivalent have two digests, so they differ.
  @Test func `compares bytes`() throws {
    let composed = try Policy(text: Sample.policy.replacing("A sample", with: "\u{e9}"))
    let decomposed = try Policy(text: Sample.policy.replacing("A sample", with: "e\u{301}"))
    #expect(decomposed.differences(from: composed).map(\.path) == ["title"])
  }

  /// There is a difference exactly where there are two digests.
  @Test func `finds something in each pair of the repository's policies`() throws {
    let names = try Library.names(in: Library.policies)
    let policies = try names.map { try Policy(text: Library.text($0, in: Library.policies)) }
    for left in policies {
      for right in policies {
        #expect(left.differences(from: right).isEmpty == (left.digest == right.digest))
      }
    }
  }
}
