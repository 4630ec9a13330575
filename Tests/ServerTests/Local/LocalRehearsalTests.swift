import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

@Suite("Rehearsals here")
struct LocalRehearsalTests {
  /// Proposes version 2 with a document beside it; edi holds a role and files.
  private static func filed(_ deployed: Deployed) async throws -> (Int, SHA256Digest) {
    let digest = try Policy(text: Town.policy).digest
    let next = Town.policy.replacing("version: 1", with: "version: 2\nprevious: \(digest)")
    let document = "{\"format\":\"sluice/rehearsal/1\"}"
    let proposal = Verb.Proposal(policy: next, rehearsal: document)
    let submitted = try await deployed.act("edi", .adopt(proposal))
    let number = try #require(submitted.cases.first?.number)
    return (number, SHA256Digest(of: Array(document.utf8)))
  }

  @Test func `are named by what is signed`() async throws {
    let deployed = try await Town.deployed(.public)
    let (number, digest) = try await Self.filed(deployed)
    let page = try await deployed.local("ana").case("\(number)")
    guard case .amend(_, _, _, let named)? = try page.wording.revisions().last?.filing else {
      Issue.record("no amendment")
      return
    }
    #expect(named == digest)
  }

  @Test func `do not arrive without the document`() async throws {
    let deployed = try await Town.deployed(.public)
    let digest = try Policy(text: Town.policy).digest
    let next = Town.policy.replacing("version: 1", with: "version: 2\nprevious: \(digest)")
    let drafted = try await deployed.local("edi").drafts(
      Instruction(
        .adopt(.init(policy: next, rehearsal: "{}")),
        release: Deployed.release,
        by: "person:edi"
      )
    )
    var documents = drafted.documents
    documents[SHA256Digest(of: Array("{}".utf8))] = nil
    await #expect(throws: Explained.self) {
      try await deployed.say(drafted.statements, as: "edi", documents: documents)
    }
  }

  @Test(
    arguments: [
      ("ana", true), ("hal", true), ("ida", true), (nil, true), ("eve", false), ("bob", false),
      ("mia", false),
    ] as [(String?, Bool)]
  )
  func `are shown to roles, stewards and auditors`(name: String?, isShown: Bool) async throws {
    let deployed = try await Town.deployed(.public)
    let (_, digest) = try await Self.filed(deployed)
    let local = try await deployed.local(name)
    let read = try? await local.document(digest, of: Deployed.release)
    #expect((read != nil) == isShown)
  }
}
