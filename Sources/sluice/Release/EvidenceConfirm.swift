import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice evidence confirm`: say that you checked a measurement of somebody else.
struct EvidenceConfirm: Speaking {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Say that you checked a measurement of somebody else.",
    discussion: """
      Example: sluice evidence confirm 9c2e1f0b7a64 --release ana/tiny
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(
    help:
      "The measurement: at least six digits of its statement, as `sluice evidence list` shows them."
  )
  var statement: String

  @Option(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Option(help: "What you checked.")
  var reason = ""

  func instruction(at place: Where.Place) async throws -> Instruction {
    Instruction(.confirm(statement: statement, reason: reason), release: release)
  }
}
