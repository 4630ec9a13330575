import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice revoke`: end a grant for good.
struct Revoke: Stating {
  static let configuration = CommandConfiguration(
    abstract: "End a grant for good; one steward can.",
    discussion: """
      It takes effect with the next request. It does not recall bytes that were received.
      Example: sluice revoke 9c2e1f0b7a64 --code leak "The weights were found on a public server."
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The grant: its id or at least six digits of it, as `sluice grants` shows them.")
  var grant: String

  @Argument(help: "What the holder is told.")
  var text: String

  @Option(help: "One of: \(ReasonCode.allCases.map(\.rawValue).joined(separator: ", ")).")
  var code: ReasonCode

  func instruction(at place: Where.Place) async throws -> Instruction {
    Instruction(.revoke(grant: grant, code, text: text))
  }

  func run() async throws {
    let place = try await place.open()
    let known = try await place.deployment.grants(GrantFilter())
    guard grant.utf8.count >= 6 else {
      throw ValidationError("a grant is named by at least six digits of its id, not by \(grant)")
    }
    let meant = known.filter { $0.id.rawValue.hasPrefix(grant) }
    guard let line = meant.first else { throw Refusal.unknownGrant(Grant.ID(grant)) }
    guard meant.count == 1 else {
      throw ValidationError("\(meant.count) grants begin with \(grant): give more digits")
    }
    let act = try await Act.begin(who, at: place, release: line.release)
    let statement = try await act.telling(.revoke(grant: grant, code, text: text)) {
      try act.draft.revoke(line, code, text: text)
    }
    let submitted = try await act.submit([statement])
    rendering.show(
      """
      revoked grant \(line.id.rawValue.prefix(12)) of \(line.audience.text) (\(code.rawValue))
      Revocation stops the next request; it does not recall bytes that were received.
      """,
      json: submitted.json
    )
  }
}
