import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice group`: who may receive by invitation.
struct GroupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "group",
    abstract: "Invite people into groups and list them.",
    discussion: "Example: sluice group list ana/tiny early-readers",
    subcommands: [GroupJoin.self, GroupLeave.self, GroupList.self]
  )
}

/// `sluice group list`: the places in a group, those that ended included.
struct GroupList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the members of a group as far as you may see them.",
    discussion: "Example: sluice group list ana/tiny early-readers"
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The group.")
  var group: SluiceGovernance.Group.ID

  func run() async throws {
    let place = try await place.open()
    try await place.require(group, in: release)
    let found = try await place.reading(for: reader).members(
      MemberFilter(release: release, group: group)
    )
    rendering.show(Self.text(found), json: .object(["items": .array(found.map(\.json))]))
  }

  static func text(_ found: [MemberLine]) -> String {
    guard !found.isEmpty else { return "No members." }
    return Table(
      headings: ["WHO", "DESCRIBED AS", "INVITED BY", "INVITED AT", "LEFT AT"],
      rows: found.map { line in
        [
          line.member.name,
          line.fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            .joined(separator: ", "),
          line.invitedBy.name, line.invitedAt.description, line.leftAt?.description ?? "",
        ]
      }
    ).text
  }
}
