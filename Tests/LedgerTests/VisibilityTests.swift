import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import Testing

@Suite("A release that is not public")
struct VisibilityTests {
  @Test func `is for a stranger like one that does not exist, whatever is said`() async throws {
    var world = try await World.adopted()
    let digest = world.use.digest
    let verdict = Statement.Verdict(
      case: Case.ID(digest.hex),
      revision: Case.Revision.ID(digest.hex),
      policy: digest,
      manifests: [:],
      reason: "x"
    )
    let bodies: [(Statement.Body, String)] = [
      (.file(world.request()), ""), (.file(.open("public", manifests: [:])), ""),
      (.file(try world.amendment), ""), (.approve(verdict), ""), (.deny(verdict, .other), ""),
      (.accept, "terms:use"), (.answer(.case(Case.ID(digest.hex)), commitment: digest), "form:x"),
      (.bind(manifest: digest), "tier:code"), (.revoke(.other, text: "x"), "grant"),
    ]
    for (body, name) in bodies {
      for release in [World.release, "no/such"] as [Release.ID] {
        let subject =
          name.hasPrefix("tier:")
          ? Statement.Subject(name: name, in: release) : .init(name: name, digest: digest)
        let statement = try await world.statement(
          body,
          about: name.isEmpty ? nil : subject,
          by: "person:bob",
          in: release
        )
        await #expect(throws: Refusal.unknownRelease(release)) {
          try await world.perform([world.signed(statement)])
        }
      }
    }
  }

  @Test func `is known to whomever a case in it is about`() async throws {
    var world = try await World.adopted()
    try await world.bind("weights")
    let manifest = try world.manifest("weights")
    let opening = try await world.file(
      .open("gated", manifests: ["weights": manifest]),
      by: "service:clerk"
    )
    for head in ["person:ana", "person:ben"] as [Principal.ID] {
      try await world.approve(opening, by: head)
    }
    await #expect(throws: Refusal.unknownRelease(World.release)) {
      try await world.say(.accept, about: world.use, by: "person:bob")
    }
    let asked = try await world.file(world.request(for: "person:bob"), by: "service:clerk")
    try await world.say(.accept, about: world.use, by: "person:bob")
    try await world.answer(asked, by: "person:bob")
    let verdict = try await world.verdict(on: asked)
    await #expect(throws: Refusal.notEligible("person:bob")) {
      try await world.say(.approve(verdict), by: "person:bob")
    }
    let cho = Registration(id: "person:cho")
    try await world.ledger.add(cho, keys: [World.key("cho").publicKey], at: world.now)
    await #expect(throws: Refusal.unknownRelease(World.release)) {
      try await world.say(.approve(verdict), by: "person:cho")
    }
  }
}
