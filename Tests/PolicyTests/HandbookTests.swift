import Foundation
import SluiceEncoding
import SluiceGovernance
import Testing

/// The policies that people start from.
@Suite("A policy of the repository")
struct HandbookTests {
  @Test(arguments: try Library.names(in: Library.policies))
  func `is read without a fault, its texts included`(name: String) throws {
    let policy = try Policy(text: Library.text(name, in: Library.policies), source: name)
    #expect(policy.id + ".yaml" == name)
    var files: [String: [UInt8]] = [:]
    for terms in policy.terms {
      let file = Library.policies.appending(path: terms.file)
      files[terms.file] = Array(try Data(contentsOf: file))
    }
    #expect(policy.check(files: files) == [])
    #expect(policy.check(adopted: nil) == [])
  }

  @Test(arguments: try Library.names(in: Library.policies))
  func `has two scenarios or more`(name: String) throws {
    let folder = Library.policies.appending(path: "scenarios")
    let about = try Library.names(in: folder).count { scenario in
      try Library.text(scenario, in: folder).contains("\npolicy: \(name)\n")
    }
    #expect(about >= 2)
  }

  /// The two policies of the domain that this version honours are the domain's, byte for byte
  /// (their digests are in `DigestTests`); of the third these are the promises.
  @Test func `two-person asks two people of different roles for the weights`() throws {
    let policy = try Policy(text: Library.text("two-person.yaml", in: Library.policies))
    let gated = try #require(policy.stages.first { $0.offers == ["weights"] })
    #expect(gated.admits == .gate("researcher"))
    for gate in [gated.opens, "researcher", policy.governance.amend] {
      let roles = policy.branches(of: gate).map { branch in
        branch.parts.compactMap { part in
          if case .approve(let approve) = part.requirement { approve.role } else { nil }
        }
      }
      #expect(roles == [["release-managers", "safety-reviewers"]])
    }
    let open = policy.stages.filter { $0.admits == .everyone }
    #expect(open.flatMap(\.offers) == ["paper", "code"])
    #expect(policy.check(roster: nil) == [])
  }

  /// The four that use more are refused with the names of what they use, and nothing else.
  @Test(
    arguments: [
      ("gpt2", ["after", "evidence", "recuse", "renews", "wait"]), ("llama-style", ["credential"]),
      (
        "structured-access",
        ["credential", "emergency", "evidence", "owes", "recuse", "renews", "wait"]
      ),
      ("embargoed-release", ["after", "evidence", "groups", "member"]),
    ]
  )
  func `of the domain that uses more is refused with the names of it`(
    name: String,
    unsupported: [String]
  ) throws {
    let text = try Library.text("\(name).yaml", in: Library.vectors)
    let refusal = #expect(throws: PolicyFaults.self) { try Policy(text: text) }
    let messages = Set(refusal?.faults.map(\.message) ?? [])
    #expect(messages == Set(unsupported.map { "\($0) is not supported by this version of Sluice" }))
    #expect(refusal?.faults.allSatisfy { $0.code == "P002" } == true)
  }
}
