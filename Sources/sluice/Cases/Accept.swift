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
      What is owed after a grant is owed as it was then: name the grant with --grant.
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

  @Option(help: "A grant of yours after which the text is owed: at least six digits of its id.")
  var grant: String?

  var question: String? { "Do you agree to these terms (\(terms))?" }

  func validate() throws {
    guard `case` == nil || grant == nil else {
      throw ValidationError("--case and --grant exclude each other")
    }
  }

  func instruction(at place: Where.Place) async throws -> Instruction {
    let known: [Terms.ID: SHA256Digest]
    var occasion: Verb.Occasion?
    if let `case` {
      known = try await place.deployment.case(`case`).terms
      occasion = .case(`case`)
    } else if let grant {
      known = try await place.deployment.grant(grant, in: release).owedTexts
      occasion = .grant(grant)
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
    return Instruction(.accept(terms, for: occasion), release: release)
  }
}

extension GrantLine {
  /// The texts that are owed after it: name → digest.
  fileprivate var owedTexts: [Terms.ID: SHA256Digest] {
    var texts: [Terms.ID: SHA256Digest] = [:]
    for owed in owes {
      if case .accept(let terms) = owed.act { texts[terms] = owed.sha256 }
    }
    return texts
  }
}
