import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("An amendment")
struct AmendStories {
  @Test func `needs the old authority and the new one, which signs with its own keys`()
    async throws
  {
    try await play { world in
      let gil = try World.key("gil").publicKey
      let next = try await world.amended(
        roster: ["gil": gil.line],
        managers: "person:gil, person:cleo"
      )
      let asked = try await world.file(next, by: "person:cleo")
      try await world.approve(asked, by: ["person:ana", "person:ben"])
      #expect(try await world.state(of: asked).state == .open)
      await #expect(throws: Refusal.unknownKey(fingerprint: gil.fingerprint)) {
        try await world.say(.accept, about: world.use, by: "person:gil")
      }
      let verdict = try await world.verdict(on: asked)
      let receipt = try await world.say(.approve(verdict), by: "person:gil")
      #expect(receipt.events.map(\.kind) == ["approve", "decide", "signers"])
      let adoption = try #require(try await world.ledger.release(World.release).adoption)
      #expect(adoption.policy.version == 1 && adoption.roster.version == 2)
      let request = try await world.asked()
      await #expect(throws: Refusal.notEligible("person:ana")) {
        try await world.approve(request, by: "person:ana")
      }
      try await world.approve(request, by: ["person:gil", "person:ben"])
      #expect(try await world.ledger.grants(heldBy: "person:bob").count == 1)
    }
  }

  @Test func `lets nobody pass for somebody who is in force`() async throws {
    try await play { world in
      let mallory = try World.key("mallory")
      let next = try await world.amended(roster: ["ben": mallory.publicKey.line])
      let asked = try await world.file(next, by: "person:ana")
      let forged = try await world.statement(
        .approve(try await world.verdict(on: asked)),
        by: "person:ben"
      )
      await #expect(throws: Refusal.unknownKey(fingerprint: mallory.publicKey.fingerprint)) {
        try await world.perform([world.signed(forged, by: mallory)])
      }
      let other = try await world.statement(.accept, about: world.use, by: "person:ben")
      await #expect(throws: Refusal.unknownKey(fingerprint: mallory.publicKey.fingerprint)) {
        try await world.perform([world.signed(other, by: mallory)])
      }
      try await world.approve(asked, by: ["person:ben", "person:cleo"])
      #expect(try await world.ledger.release(World.release).adoption?.roster.version == 2)
      let request = try await world.asked()
      try await world.approve(request, by: "person:ana")
      let verdict = try await world.verdict(on: request)
      let approval = try await world.statement(.approve(verdict), by: "person:ben")
      await #expect(throws: Refusal.self) {
        try await world.perform([world.signed(approval)])
      }
      try await world.perform([world.signed(approval, by: mallory)])
      #expect(try await world.state(of: request).state == .approved)
    }
  }

  @Test func `begins open cases anew and shortens grants, where the new policy says so`()
    async throws
  {
    try await play { world in
      let grant = try await world.granted(to: "person:cho", salt: 8)
      let asked = try await world.asked()
      let early = try await world.file(world.seat("early"), by: "person:bob")
      try await world.approve(asked, by: "person:ana")
      let next = try await world.amended { policy in
        policy.replacing(
          "  early: {offers: [weights], opens: announce, admits: reader, lasts: P21D}\n",
          with: ""
        ) + "on-adoption: {open-cases: restart, grants: {end-after: P5D}}\n"
      }
      let amendment = try await world.file(next, by: "service:clerk")
      try await world.approve(amendment, by: ["person:cleo", "person:dan"])
      let anew = try await world.state(of: asked)
      let policy = try #require(try await world.ledger.release(World.release).adoption?.policy)
      #expect(policy.version == 2 && anew.policy == policy.digest)
      #expect(anew.verdicts.isEmpty && anew.revision.id != asked.revision.id)
      #expect(try await world.ledger.case("\(early.number)")?.state == .lapsed)
      let end = world.now + Duration(seconds: 5 * 86_400)
      #expect(try await world.ledger.grant(grant.id)?.notAfter == end)
      try await world.approve(anew, by: ["person:ana", "person:ben"])
      #expect(try await world.ledger.grants(heldBy: "person:bob").first?.notAfter ?? end > end)
      try await world.wait(days: 5)
      await #expect(
        throws: Refusal.grantGrace(grant.id, at: end, until: end + Duration(seconds: 5 * 86_400))
      ) { try await world.ledger.clearance(for: world.query(by: "person:cho"), at: world.now) }
      try await world.wait(days: 3)
      #expect(try await world.kinds().last == "overdue")
    }
  }

  @Test func `leaves open cases and grants as they were, where it says nothing`() async throws {
    try await play { world in
      let grant = try await world.granted(to: "person:cho", salt: 8)
      let asked = try await world.asked()
      try await world.approve(asked, by: "person:ana")
      let next = try await world.amended { $0 }
      let amendment = try await world.file(next, by: "service:clerk")
      try await world.approve(amendment, by: ["person:cleo", "person:dan"])
      try await world.approve(asked, by: "person:ben")
      let given = try #require(try await world.ledger.grants(heldBy: "person:bob").first)
      #expect(given.terms.policy == asked.policy)
      #expect(try await world.ledger.grant(grant.id)?.cutAt == nil)
    }
  }
}

extension World {
  /// The next roster, of which some keys are others.
  func amended(
    roster keys: [String: String],
    managers: String = "person:ana, person:cleo"
  ) async throws -> Proposal {
    let old = try Roster(text: charter.roster(ledger))
    let text = try Charter.councilRoster(
      for: ledger,
      version: "version: 2\nprevious: \(old.digest)",
      keys: keys,
      managers: managers
    )
    return try Proposal(policy: charter.policy, roster: text)
  }

  /// The next policy, of which the text is changed.
  func amended(_ change: (String) -> String) async throws -> Proposal {
    let old = try Policy(text: charter.policy)
    let text = change(
      charter.policy.replacing("version: 1", with: "version: 2\nprevious: \(old.digest)")
    )
    return try Proposal(policy: text, roster: charter.roster(ledger))
  }

  @discardableResult
  mutating func file(_ proposal: Proposal, by filer: Principal.ID) async throws -> Case {
    let statement = try await statement(
      .file(
        .amend(
          policy: proposal.policy.digest,
          roster: proposal.roster.digest,
          terms: ["use": use.digest]
        )
      ),
      by: filer
    )
    let documents = [
      proposal.policy.digest: Array(proposal.policy.text.utf8),
      proposal.roster.digest: Array(proposal.roster.text.utf8), use.digest: Self.terms,
    ]
    let receipt = try await perform([signed(statement)], documents: documents)
    return try receipt.case(filedBy: statement)
  }
}

/// A policy and a roster that an amendment names.
struct Proposal {
  let policy: Policy
  let roster: Roster

  init(policy: String, roster: String) throws {
    self.policy = try Policy(text: policy)
    self.roster = try Roster(text: roster)
  }
}
