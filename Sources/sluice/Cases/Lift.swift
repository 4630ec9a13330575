import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice lift`: ask that a hold end; a gate decides.
struct Lift: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Ask that a hold end; a gate decides.",
    discussion: """
      Whoever placed the hold does not count.
      Example: sluice lift 9c2e1f0b7a64 --reason "The defect is mended."
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The hold: at least six digits of its id, as `sluice holds` shows them.")
  var hold: String

  @Option(help: "Why it should end.")
  var reason = ""

  func instruction(at place: Where.Place) async throws -> Instruction {
    Instruction(.lift(hold: hold, purpose: reason))
  }
}
