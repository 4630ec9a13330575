import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice policy show`: the policy of a release as it is in force.
struct PolicyShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the policy of a release, as it was written.",
    discussion: "Example: sluice policy show ana/tiny"
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Flag(help: "Print the roster instead; for those who hold a role.")
  var roster = false

  func run() async throws {
    let deployment = try await place.open().reading(as: reader.principal?.id)
    let page = try await deployment.release(release)
    let text =
      roster
      ? String(
        decoding: try await deployment.document(page.rosterSHA256, of: release),
        as: UTF8.self
      ) : page.policy
    rendering.show(
      file: text,
      json: .object([
        "policy_sha256": .string(page.policySHA256.hex),
        "roster_sha256": .string(page.rosterSHA256.hex), "text": .string(text),
        "version": .integer(page.version),
      ])
    )
  }
}
