import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice retract`: take back your own evidence, confirmation or credential.
struct Retract: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Take back your own evidence, confirmation or credential.",
    discussion: """
      Decisions that were made stand; it counts no longer from now on.
      Example: sluice retract 9c2e1f0b7a64 --release ana/tiny --reason "The data set was wrong."
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The statement: at least six digits of its id.")
  var statement: String

  @Option(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Option(help: "Why.")
  var reason: String

  func instruction(at place: Where.Place) async throws -> Instruction {
    Instruction(.retract(statement: statement, reason: reason), release: release)
  }
}
