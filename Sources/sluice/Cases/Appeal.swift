import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice appeal`: ask that the denial of your case be looked at again.
struct Appeal: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Ask that the denial of your case be looked at again.",
    discussion: """
      Those who denied it do not count in the appeal. Each denial can be appealed against once.
      Example: sluice appeal 4 --reason "The purpose was misread."
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The case: its number, its id or at least six digits of the id.")
  var `case`: String

  @Option(help: "What speaks against the denial.")
  var reason: String

  func instruction(at place: Where.Place) async throws -> Instruction {
    Instruction(.appeal(case: `case`, reason: reason))
  }
}
