import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice withdraw`: end a case that you filed.
struct Withdraw: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "End a case that you filed.",
    discussion: """
      Example: sluice withdraw 4 --reason "No longer needed."
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The case: its number, its id or at least six digits of the id.")
  var `case`: String

  @Option(help: "Why.")
  var reason = ""

  func instruction(at place: Where.Place) async throws -> Instruction {
    Instruction(.withdraw(case: `case`, reason: reason))
  }
}
