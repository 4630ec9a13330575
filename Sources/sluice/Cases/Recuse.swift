import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice recuse`: say that you shall not count in a case.
struct Recuse: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Say that you shall not count in a case.",
    discussion: """
      It holds for this case, whatever roles you have.
      Example: sluice recuse 4 --reason "We share a laboratory."
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
    Instruction(.recuse(case: `case`, reason: reason))
  }
}
