import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice accept`: agree to a text of a release, to exactly its present bytes.
struct Accept: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Agree to a text of a release, to exactly its present bytes.",
    discussion: """
      Shows the text and asks first; --yes agrees without being asked. Members of a group accept so before they receive.
      Example: sluice accept ana/tiny embargo
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The terms, by name.")
  var terms: Terms.ID

  var question: String? { "Do you agree to these terms (\(terms))?" }

  func instruction(at place: Where.Place) async throws -> Instruction {
    let page = try await place.deployment.release(release)
    guard let digest = page.terms[terms] else {
      throw Known.refusal(of: "terms", terms.rawValue, among: page.terms.keys, in: release)
    }
    // What is agreed to is shown even where only results are: nobody agrees to what they did not see.
    if !who.yes {
      let text = try await place.deployment.document(digest, of: release)
      Terminal.notice(String(decoding: text, as: UTF8.self))
    }
    return Instruction(.accept(terms), release: release)
  }
}
