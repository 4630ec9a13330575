import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice return`: send a case back to its requester to be worded anew.
struct Return: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Send a case back to its requester to be worded anew.",
    discussion: """
      Evaluation pauses until it is revised; verdicts given so far no longer count then. Whoever filed an
      amendment withdraws it instead, and files the corrected texts.
      Example: sluice return 4 --reason "Say what you will measure."
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The case: its number, its id or at least six digits of the id.")
  var `case`: String

  @Option(help: "What should change; the requester reads it.")
  var reason: String

  func instruction(at place: Where.Place) async throws -> Instruction {
    Instruction(.return(case: `case`, reason: reason))
  }
}
