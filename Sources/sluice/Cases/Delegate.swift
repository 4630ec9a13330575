import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice delegate`: let somebody act for you in a role for a while.
struct Delegate: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Let somebody act for you in a role for a while.",
    discussion: """
      At most 30 days. If you speak yourself, your word stands; a delegate cannot pass it on.
      Example: sluice delegate ana/tiny maintainers --to ben --until 2026-12-24T00:00:00Z
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The role in which you are represented.")
  var role: Role.ID

  @Option(help: "Who acts for you, as person:NAME or NAME.")
  var to: PersonName

  @Option(help: "From when on; now, if not given.")
  var from: Instant?

  @Option(help: "The first second at which it no longer counts.")
  var until: Instant

  private static func tooLong(until latest: Instant) -> Refused {
    Refused(
      problem: Problem(
        code: Refusal.unfit("").code,
        detail: "A delegation lasts at most 30 days: this one until \(latest) at the latest.",
        next: ["Until then: the same command with --until \(latest)"]
      )
    )
  }

  func instruction(at place: Where.Place) async throws -> Instruction {
    let from = from ?? Clock.now()
    let latest = from + Delegation.longest
    guard until <= latest else { throw Self.tooLong(until: latest) }
    try await place.require(role, in: release)
    try await place.requireKnown(to.id)
    return Instruction(.delegate(role, to: to.id, from: from, until: until), release: release)
  }
}
