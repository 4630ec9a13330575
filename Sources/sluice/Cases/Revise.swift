import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice revise`: word your own case anew.
struct Revise: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Word your own case anew.",
    discussion: """
      Verdicts given so far no longer count; what you leave out stays as it is. A case that was returned to
      you is open again. The texts of an amendment are not worded anew: withdraw it, and file the corrected
      ones with sluice policy adopt.
      Example: sluice revise 4 --purpose "To measure how well its text can be told from ours."
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The case: its number, its id or at least six digits of the id.")
  var `case`: String

  @Option(help: "Why you ask.")
  var purpose: String?

  @Option(name: .customLong("tier"), help: "A tier that you want; may be given more than once.")
  var tiers: [Tier.ID] = []

  @Option(
    help: "A YAML file with other answers to the forms that the case asks for: field: value.",
    completion: .file()
  )
  var answers: String?

  @Flag(help: "Of an opening or an emergency: with what the tiers are bound to now.")
  var rebind = false

  func instruction(at place: Where.Place) async throws -> Instruction {
    Instruction(
      .revise(
        case: `case`,
        purpose: purpose,
        tiers: tiers.isEmpty ? nil : tiers,
        rebinds: rebind,
        answers: try await given(at: place)
      )
    )
  }

  /// The answers of the file, by the forms that the case asks for under the policy that it keeps.
  private func given(at place: Where.Place) async throws -> JSONObject {
    guard let answers else { return [:] }
    let line = try await place.deployment.case(`case`).case
    let text = try await place.deployment.document(line.policy, of: line.release)
    let policy = try Policy(text: String(decoding: text, as: UTF8.self))
    let wanted = policy.branches(of: line.gate).flatMap(\.parts).map(\.requirement)
    let forms = policy.forms.filter { wanted.contains(.answer($0.id)) }
    guard !forms.isEmpty else {
      throw Refusal.unfit("case \(line.number) asks for no answers")
    }
    let file = try Answers(file: answers)
    var given: JSONObject = [:]
    for form in forms {
      let fields = try file.answers(to: form, of: forms)
      if !fields.members.isEmpty { given[form.id.rawValue] = .object(fields) }
    }
    return given
  }
}
