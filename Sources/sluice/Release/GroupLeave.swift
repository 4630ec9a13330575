import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice group leave`: leave a group, decline its invitation, or end a membership.
struct GroupLeave: Speaking {
  static let configuration = CommandConfiguration(
    commandName: "leave",
    abstract: "Leave a group, decline its invitation, or end a membership as its manager.",
    discussion: """
      Example: sluice group leave ana/tiny early-readers
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The group.")
  var group: SluiceGovernance.Group.ID

  @Argument(help: "Whose membership, as person:NAME or NAME; your own, if not given.")
  var person: PersonName?

  var question: String? {
    person.map { "End the membership of \($0.id) in \(group)?" } ?? "Leave \(group)?"
  }

  func instruction(at place: Where.Place) async throws -> Instruction {
    try await place.require(group, in: release)
    return Instruction(.leave(group, person?.id), release: release)
  }
}
