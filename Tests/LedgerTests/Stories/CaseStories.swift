import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

/// Each act of these fails at several of its writes before it is done; see ``play(at:_:)``.
@Suite("The life of a case")
struct CaseStories {
  @Test func `begins anew with other words, and what was said of the old ones is stale`()
    async throws
  {
    try await play { world in
      let asked = try await world.asked()
      try await world.approve(asked, by: "person:ana")
      try await world.say(
        .return(case: asked.id, revision: asked.revision.id, reason: "Say what for."),
        by: "person:ben"
      )
      let old = try await world.verdict(on: asked)
      await #expect(throws: Refusal.caseReturned(asked.number)) {
        try await world.say(.approve(old), by: "person:cleo")
      }
      try await world.wait(days: 8)
      #expect(try await world.state(of: asked).isOverdue == false)
      try await world.say(
        .revise(.init(revision: asked.revision.id, purpose: "To measure.")),
        about: try asked.subject,
        by: "person:bob"
      )
      let anew = try await world.state(of: asked)
      #expect(anew.state == .open && anew.verdicts.isEmpty && anew.purpose == "To measure.")
      #expect(try await world.ledger.case("\(asked.number)")?.purpose == "To measure.")
      await #expect(throws: Refusal.staleRevision(current: anew.revision.id)) {
        try await world.say(.approve(old), by: "person:ana")
      }
      try await world.wait(days: 7)
      #expect(try await world.state(of: asked).isOverdue)
      try await world.approve(anew, by: ["person:ben", "person:ana"])
      #expect(try await world.ledger.grants(heldBy: "person:bob").count == 1)
    }
  }

  @Test func `ends when the requester takes it back`() async throws {
    try await play { world in
      let asked = try await world.asked()
      try await world.approve(asked, by: "person:ana")
      for (person, refusal) in [
        ("person:ana", .othersCase(asked.number, whose: .requester)),
        ("person:cho", .unknownCase(asked.id)),
      ] as [(Principal.ID, Refusal)] {
        await #expect(throws: refusal) {
          try await world.say(
            .withdraw(reason: ""),
            about: try asked.subject,
            by: person
          )
        }
      }
      try await world.say(.withdraw(reason: "no"), about: try asked.subject, by: "person:bob")
      await #expect(throws: Refusal.caseClosed(asked.number, .withdrawn)) {
        try await world.approve(asked, by: "person:ben")
      }
      #expect(try await world.ledger.case("\(asked.number)")?.endedAt == world.now)
      try await world.wait(days: 100)
      #expect(try await world.file(world.request(), by: "person:bob").number == asked.number + 1)
    }
  }

  @Test func `ends by itself, returned or not`() async throws {
    try await play { world in
      let asked = try await world.asked()
      try await world.say(
        .return(case: asked.id, revision: asked.revision.id, reason: "Say what for."),
        by: "person:ben"
      )
      try await world.wait(days: 59)
      #expect(try await world.state(of: asked).state == .returned)
      try await world.wait(days: 1)
      #expect(try await world.ledger.case("\(asked.number)")?.state == .lapsed)
    }
  }

  @Test func `goes on without those who will not count, and ends when nobody is left`()
    async throws
  {
    try await play { world in
      let asked = try await world.asked()
      try await world.approve(asked, by: "person:ana")
      try await world.say(
        .recuse(reason: "A friend."),
        about: try asked.subject,
        by: "person:ana"
      )
      await #expect(throws: Refusal.recused(asked.number, why: .recused)) {
        try await world.approve(asked, by: "person:ana")
      }
      try await world.approve(asked, by: "person:ben")
      #expect(try await world.state(of: asked).state == .open)
      try await world.say(.recuse(reason: ""), about: try asked.subject, by: "person:cleo")
      #expect(try await world.ledger.case("\(asked.number)")?.state == .denied)
    }
  }

  @Test func `counts whoever stands in for a head, and the head before them`() async throws {
    try await play { world in
      let first = try await world.asked()
      let second = try await world.asked(for: "person:cho", salt: 8)
      let until = world.now + Duration(seconds: 10 * 86_400)
      await #expect(throws: Refusal.notEligible("person:eve")) {
        try await world.approve(first, by: "person:eve")
      }
      try await world.say(
        .delegate(to: "person:eve", from: world.now, until: until),
        about: .named("role:managers"),
        by: "person:ana"
      )
      try await world.approve(first, by: ["person:eve", "person:ben"])
      #expect(try await world.ledger.grants(heldBy: "person:bob").count == 1)
      let explanation = try #require(try await world.ledger.explanation(ofDecided: first.id))
      #expect(
        String(decoding: explanation, as: UTF8.self)
          .contains(#""for":"person:ana","head":"person:eve""#)
      )
      try await world.approve(second, by: "person:eve")
      try await world.deny(second, by: "person:ana")
      #expect(try await world.state(of: second).state == .denied)
      let third = try await world.asked(purpose: "more", salt: 9)
      try await world.wait(days: 10)
      await #expect(throws: Refusal.notEligible("person:eve")) {
        try await world.approve(third, by: "person:eve")
      }
    }
  }

  @Test func `takes verdicts by session where its gate does, and there alone`() async throws {
    try await play { world in
      let light = try await world.file(
        .access("easy", tiers: ["query"], beneficiary: .principal("person:bob"), purpose: ""),
        by: "person:bob"
      )
      let strict = try await world.asked()
      let token = try await world.token(of: "person:ana")
      let hals = try await world.token(of: "person:hal")
      await #expect(throws: Refusal.unsigned) {
        try await world.say(
          .approve(try await world.verdict(on: strict)),
          by: "person:ana",
          with: token
        )
      }
      try await world.say(
        .approve(try await world.verdict(on: light)),
        by: "person:ana",
        with: token
      )
      let grant = try #require(try await world.ledger.grants(heldBy: "person:bob").last)
      #expect(grant.terms.stage == "easy")
      try await world.approve(strict, by: ["person:ana", "person:ben"])
      let other = try #require(try await world.ledger.grants(heldBy: "person:bob").last)
      await #expect(throws: Refusal.unsigned) {
        try await world.say(
          .revoke(.other, text: "x"),
          about: try other.subject,
          by: "person:hal",
          with: hals
        )
      }
      try await world.say(
        .revoke(.other, text: "x"),
        about: try grant.subject,
        by: "person:hal",
        with: hals
      )
      #expect(try await world.state(of: grant).ending != nil)
    }
  }

  @Test func `is moved by no remark`() async throws {
    try await play { world in
      let asked = try await world.asked()
      try await world.say(
        .comment(text: "Good.", isPublic: true),
        about: try asked.subject,
        by: "person:ana"
      )
      try await world.say(
        .comment(text: "Good.", isPublic: true),
        about: .named("stage:gated"),
        by: "person:cho"
      )
      try await world.say(
        .report(.misuse, text: "A copy."),
        about: .named("tier:weights"),
        by: "person:cho"
      )
      await #expect(throws: Refusal.unknownCase(asked.id)) {
        try await world.say(
          .comment(text: "?", isPublic: false),
          about: try asked.subject,
          by: "person:cho"
        )
      }
      #expect(try await world.state(of: asked).state == .open)
    }
  }
}
