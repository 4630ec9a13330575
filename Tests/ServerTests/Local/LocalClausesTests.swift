import HTTPTypes
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

/// On which line of the policy a refusal rests, and who is told.
@Suite("What a refusal rests on, here")
struct LocalClausesTests {
  private func problem(
    of act: () async throws -> some Sendable
  ) async throws -> Problem {
    do { _ = try await act() } catch let told as Explained { return told.problem } catch let refusal
      as Refusal
    { return Problem(refusal) }
    Issue.record("nothing was refused")
    return .logUnavailable
  }

  @Test func `is told to whoever signed what is refused`() async throws {
    let deployed = try await Deployed.asked()
    let page = try await deployed.local("hal").case("4")
    // hal files and holds, and has no place in the gate of the case, of which he sees the page.
    let verdict = try await deployed.draft("hal").approve(page)
    // Over HTTP without a token: the signature says who it is.
    let stranger = try await deployed.local(nil).acting(as: .stranger)
    let refused = try await problem {
      try await stranger.submit([try deployed.envelope(verdict, as: "hal")], documents: [:])
    }
    #expect(refused.code == "approve.not-eligible")
    #expect(refused.policy?.path == "gates.requester.require[2]")
    // pia has a role too, and sees nothing of it.
    let page2 = try await deployed.local("ana").case("4")
    let other = try await deployed.draft("pia").approve(page2)
    let kept = try await problem {
      try await stranger.submit([try deployed.envelope(other, as: "pia")], documents: [:])
    }
    #expect(kept.code == "case.unknown")
    #expect(kept.policy == nil)
  }

  @Test func `is the same for nothing and for what is not shown`() async throws {
    let deployed = try await Deployed.adopted()
    // Nobody but those with a role knows of the release yet.
    let there = try await problem { try await deployed.act("eve", .open("gated")) }
    let page = try await deployed.local("hal").release(Deployed.release)
    let opening = try await deployed.draft("eve").opening("gated", on: page)
    let said = try await problem { try await deployed.say([opening], as: "eve") }
    for told in [there, said] {
      #expect(told.code == "release.unknown")
      #expect(told.policy == nil && told.explanation == nil)
    }
  }

  @Test func `comes with why a stage is closed, for those who may look`() async throws {
    let deployed = try await Deployed.opened(gated: false)
    let page = try await deployed.local("hal").release(Deployed.release)
    let filed = try await deployed.draft("hal").opening("gated", on: page)
    try await deployed.say([filed], as: "hal")
    for (name, sees) in [("ana", true), ("bob", false)] {
      let wish = Instruction(
        .request(.init(tiers: ["weights"])),
        release: Deployed.release,
        by: Deployed.person(name)
      )
      let local = try await deployed.local(name)
      let told = try await problem {
        do { return try await local.drafts(wish) } catch let refusal as Refusal {
          throw await local.told(refusal, of: wish)
        }
      }
      #expect(told.code == "stage.closed")
      #expect(told.policy?.path == "stages.gated.opens")
      #expect((told.explanation != nil) == sees)
    }
  }

  @Test func `stands in what is told of access`() async throws {
    let deployed = try await Deployed.opened()
    let page = try await deployed.local("bob").access(
      AccessQuestion(principal: nil, release: Deployed.release, tier: "weights")
    )
    let line = try #require(page.problem?.policy?.line)
    #expect(page.problem?.policy?.path == "stages.gated.admits")
    #expect(page.text.contains("policy: stages.gated.admits, line \(line)"))
  }

  @Test func `is told to clients of the Hub, and on the route for drafts`() async throws {
    let deployed = try await Town.deployed(.public)
    let file = Errand.bare("file", "/ana/tiny/resolve/weights/weights.safetensors", .head)
    try await deployed.serving { served async throws in
      for name in [nil, "eve"] {
        let reply = try await served.answer(file, as: name)
        #expect(
          reply.header("x-error-message")?.contains(" (policy: stages.gated.admits, line ") == true
        )
      }
      let wish = Instruction(.request(.init(tiers: ["extra"])), release: Deployed.release)
      let reply = try await served.reply(
        "/sluice/v1/drafts",
        as: "eve",
        posting: wish.json.canonical
      )
      let members = try #require(try reply.json.objectValue)
      #expect(members["policy"]?.objectValue?["path"]?.stringValue?.hasPrefix("stages.") == true)
    }
  }
}
