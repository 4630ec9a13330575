import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice accept`: agree to a text of a release, to exactly its present bytes.
struct Accept: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Agree to a text of a release, to exactly its present bytes.",
    discussion: """
      Shows the text and asks first; --yes agrees without being asked. Members of a group accept so before they receive.
      A case that was filed under an earlier policy asks for the texts of that one: name it with --case.
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

  @Option(help: "A case of yours whose text is meant, instead of the one in force.")
  var `case`: String?

  var question: String? { "Do you agree to these terms (\(terms))?" }

  func instruction(at place: Where.Place) async throws -> Instruction {
    let known: [Terms.ID: SHA256Digest]
    if let `case` {
      known = try await place.deployment.case(`case`).terms
    } else {
      known = try await place.deployment.release(release).terms
    }
    guard let digest = known[terms] else {
      throw Known.refusal(of: "terms", terms.rawValue, among: known.keys, in: release)
    }
    // What is agreed to is shown even where only results are: nobody agrees to what they did not see.
    if !who.yes {
      let text = try await place.deployment.document(digest, of: release)
      Terminal.notice(String(decoding: text, as: UTF8.self))
    }
    return Instruction(.accept(terms, case: `case`), release: release)
  }
}
