import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

@Suite("Stages here")
struct LocalStagesTests {
  @Test func `say what their admission asks for and what they stand for`() async throws {
    let stranger = try await Town.deployed(.public).local("eve")
    let page = try await stranger.stage("gated", of: Deployed.release)
    #expect(page.forms == ["request"])
    #expect(page.terms == ["use"])
    #expect(page.stage.isOpen)
    #expect(Array(page.manifests.keys) == ["weights"])
    #expect(page.text.hasPrefix("stage gated opened at "))
    let more = try await stranger.stage("more", of: Deployed.release)
    #expect(more.forms == [])
    #expect(more.manifests == [:])
    #expect(more.holds.map(\.subject) == [.tier("extra")])
    #expect(page.holds == [])
    await #expect(throws: Refusal.self) { try await stranger.stage("none", of: Deployed.release) }
  }

  @Test func `show who opens them to those with a role only`() async throws {
    let deployed = try await Town.deployed(.public)
    let filed = try await deployed.draft("hal")
      .opening("more", on: deployed.local("hal").release(Deployed.release))
    let number = try await deployed.say([filed], as: "hal").cases[0].number
    try await deployed.approve(number, as: "ana")
    for name in ["ana", "edi", "ida", nil] {
      let page = try await deployed.local(name).stage("more", of: Deployed.release)
      #expect(page.opening?.number == number)
      #expect(page.opening?.waitsForMe == false)
      #expect(page.text.contains("pair[0]"))
      #expect(page.explanation?.objectValue?["result"] == "open")
    }
    let waiting = try await deployed.local("ben").stage("more", of: Deployed.release)
    #expect(waiting.opening?.waitsForMe == true)
    for reader in [.stranger, try await deployed.reader("eve"), try await deployed.reader("bob")] {
      let page = try await deployed.local(nil).acting(as: reader)
        .stage("more", of: Deployed.release)
      #expect(page.opening == nil)
      #expect(page.explanation == nil)
      #expect(
        page.text == """
          stage more has not opened; case \(number) asks that it open
           way 1:
            1 of managers
            1 of reviewers
          """
      )
    }
  }
}
