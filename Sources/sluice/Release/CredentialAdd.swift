import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice credential add`: vouch for somebody.
struct CredentialAdd: Speaking {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Vouch for somebody.",
    discussion: """
      Example: sluice credential add bob --release ana/tiny --type email-domain --value verified=true
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "For whom, as person:NAME or NAME.")
  var person: PersonName

  @Option(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Option(help: "The type of the credential, as policies name it.")
  var type: String

  @Option(name: .customLong("value"), help: "NAME=TEXT; may be given more than once.")
  var values: [Assignment] = []

  @Option(help: "Since when it is so; now, if not given.")
  var since: Instant?

  @Option(help: "When it no longer counts.")
  var expires: Instant?

  func instruction(at place: Where.Place) async throws -> Instruction {
    Instruction(
      .credential(
        person.id,
        Verb.Vouching(
          type: type,
          values: Assignment.map(values),
          assertedAt: since,
          expiresAt: expires
        )
      ),
      release: release
    )
  }
}
