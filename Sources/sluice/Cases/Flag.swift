import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice flag`: report an abuse or a leak.
struct FlagCommand: Speaking {
  static let configuration = CommandConfiguration(
    commandName: "flag",
    abstract: "Report an abuse or a leak.",
    discussion: """
      A report changes nothing by itself: stewards see it and act. The report of a leaked tier counts
      as evidence of a breach once a steward has confirmed it.
      Example: sluice flag tier:weights --code leak "Seen on a public server." --release ana/tiny
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "About what: tier:NAME, person:NAME, grant:ID, manifest:DIGEST, …")
  var subject: Topic

  @Argument(help: "What you know.")
  var text: String

  @Option(help: "One of: \(ReasonCode.allCases.map(\.rawValue).joined(separator: ", ")).")
  var code: ReasonCode

  @Option(help: "The release, OWNER/NAME; needed where the subject does not say it.")
  var release: Release.ID?

  var question: String? { "Report this?" }

  func instruction(at place: Where.Place) async throws -> Instruction {
    try await place.requireKnown(subject, in: release)
    return Instruction(.flag(subject, code, text: text), release: release)
  }
}
