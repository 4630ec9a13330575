import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice revise`: word your own case anew.
struct Revise: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Word your own case anew.",
    discussion: """
      Verdicts given so far no longer count; what you leave out stays as it is. The texts of an amendment
      are not worded anew: withdraw it, and file the corrected ones with sluice policy adopt.
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

  @Flag(help: "Of an opening or an emergency: with what the tiers are bound to now.")
  var rebind = false

  func instruction(at place: Where.Place) async throws -> Instruction {
    Instruction(
      .revise(
        case: `case`,
        purpose: purpose,
        tiers: tiers.isEmpty ? nil : tiers,
        rebinds: rebind
      )
    )
  }
}
