import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

@Suite("A stranger")
struct StrangerTests {
  @Test(arguments: [Town.State.reserved, .proposed, .adopted])
  func `gets the same bytes as if there were no such release`(state: Town.State) async throws {
    let hidden = try await Town.deployed(state)
    let empty = try await Deployed.empty(readers: Town.readers)
    let errands =
      try Errand.aboutRelease() + Errand.aboutPeople() + Errand.statements()
      + Errand.aboutCase(Town.bea, of: "bea")
    for name in [nil, "unknown", "eve", "bob"] {
      for errand in errands {
        let said = try await hidden.serving { try await $0.answer(errand, as: name).essence }
        let silent = try await empty.serving { try await $0.answer(errand, as: name).essence }
        let told = String(decoding: silent.body, as: UTF8.self)
        #expect(said == silent, "\(errand.name) as \(name ?? "anonymous"): \(told)")
      }
    }
  }
}
