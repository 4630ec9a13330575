import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice comment`: say something about a case or about anything else; it decides nothing.
struct Comment: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Say something about a case or about anything else; it decides nothing.",
    discussion: """
      A public comment on what belongs to the release becomes part of its public record.
      Example: sluice comment case:4 "The evidence is two months old." --release ana/tiny
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "About what: case:4, tier:NAME, stage:NAME, grant:ID, statement:DIGEST, …")
  var subject: Topic

  @Argument(help: "What you have to say.")
  var text: String

  @Option(help: "The release, OWNER/NAME; needed where the subject does not say it.")
  var release: Release.ID?

  @Flag(help: "Whether everybody may read it.")
  var `public` = false

  func instruction(at place: Where.Place) async throws -> Instruction {
    try await place.requireKnown(subject, in: release)
    return Instruction(.comment(subject, text: text, isPublic: `public`), release: release)
  }
}
