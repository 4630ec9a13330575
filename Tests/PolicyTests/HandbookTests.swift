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
  func `has three scenarios or more`(name: String) throws {
    let folder = Library.policies.appending(path: "scenarios")
    let about = try Library.names(in: folder).count { scenario in
      try Library.text(scenario, in: folder).contains("\npolicy: \(name)\n")
    }
    #expect(about >= 3)
  }

  /// Governance-domain 17: how many ways there are through each gate that has more than one.
  @Test(arguments: DigestTests.digests.map(\.0))
  func `of the domain has as many ways through its gates as the vectors say`(name: String) throws {
    let policy = try Policy(text: Library.text("\(name).yaml", in: Library.policies))
    let expected = ["llama-style": ["licence-form": 2], "embargoed-release": ["lift": 2]]
    for gate in policy.gates {
      let count = policy.branches(of: gate.id).count
      #expect(count == expected[name]?[gate.id.rawValue] ?? 1, "\(gate.id)")
    }
  }

  /// What there is to know of them without a roster, so that nothing else creeps in.
  @Test(
    arguments: [
      ("gpt2", ["W108"]), ("llama-style", []), ("open-release", ["W103", "W108"]),
      ("structured-access", []), ("embargoed-release", ["W108"]), ("single-steward", []),
    ]
  )
  func `of the domain says what its author should know`(name: String, codes: [String]) throws {
    let policy = try Policy(text: Library.text("\(name).yaml", in: Library.policies))
    #expect(policy.check(roster: nil).map(\.code) == codes)
  }

  // The promises of two-person, the one policy that is not the domain's.
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
}
