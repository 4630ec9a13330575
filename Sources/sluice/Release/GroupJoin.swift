import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice group join`: invite somebody into a group.
struct GroupJoin: Speaking {
  static let configuration = CommandConfiguration(
    commandName: "join",
    abstract: "Invite somebody into a group.",
    discussion: """
      The fields are those by which the policy has its members described.
      Example: sluice group join ana/tiny early-readers bob --field sector=press --field region=europe
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The group.")
  var group: SluiceGovernance.Group.ID

  @Argument(help: "Whom, as person:NAME or NAME.")
  var person: PersonName

  @Option(name: .customLong("field"), help: "NAME=TEXT; may be given more than once.")
  var fields: [Assignment] = []

  var question: String? { "Invite \(person.id) into \(group)?" }

  func instruction(at place: Where.Place) async throws -> Instruction {
    try await place.require(group, in: release)
    try await place.requireKnown(person.id)
    return Instruction(
      .join(group, person.id, fields: Assignment.map(fields)),
      release: release
    )
  }
}
