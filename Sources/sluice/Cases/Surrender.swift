import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice surrender`: give your grant back.
struct Surrender: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Give your grant back.",
    discussion: """
      What is owed after the grant, if anything, is owed from now on: sluice grants shows it.
      Example: sluice surrender 9c2e1f0b7a64
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The grant: at least six digits of its id, as `sluice grants` shows them.")
  var grant: String

  var question: String? { "Give this grant back? It cannot be undone." }

  func instruction(at place: Where.Place) async throws -> Instruction {
    Instruction(.surrender(grant: grant))
  }
}
