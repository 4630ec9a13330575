import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice policy show`: the policy of a release as it is in force, or as a case proposes it.
struct PolicyShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the policy of a release, as it was written.",
    discussion: """
      With --case what that amendment proposes is printed instead, for those who can decide it.
      Example: sluice policy show ana/tiny
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Flag(help: "Print the roster instead; for those who hold a role.")
  var roster = false

  @Option(help: "Print what this case proposes: its number, its id or six digits of the id.")
  var `case`: String?

  func run() async throws {
    let deployment = try await place.open().reading(for: reader)
    if let reference = `case` { return try await show(reference, of: deployment) }
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

  private func show(_ reference: String, of deployment: any Deployment) async throws {
    let page = try await deployment.case(reference)
    guard page.case.release == release, let proposal = try await deployment.proposal(by: page)
    else {
      throw Refused(
        problem: Problem(
          code: Refusal.unfit("").code,
          detail: "Case \(page.case.number) proposes no policy of \(release).",
          next: ["Which do: sluice cases --release \(release) --kind amend"]
        )
      )
    }
    // Who may not read rosters is told so by the deployment.
    let text =
      roster
      ? String(
        decoding: try await deployment.document(proposal.rosterDigest, of: release),
        as: UTF8.self
      ) : proposal.policy.text
    rendering.show(
      file: text,
      json: .object([
        "policy_sha256": .string(proposal.policy.digest.hex),
        "roster_sha256": .string(proposal.rosterDigest.hex), "text": .string(text),
        "version": .integer(proposal.policy.version),
      ])
    )
  }
}
