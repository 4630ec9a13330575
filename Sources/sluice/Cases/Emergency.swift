import ArgumentParser
import SluiceAPI
import SluiceGovernance

/// `sluice emergency`: ask for a short grant for a named person when there is no time.
struct Emergency: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Ask for a short grant for a named person when there is no time.",
    discussion: """
      The policy says how long it lasts. A review looks at it afterwards, and it is in the public record.
      Example: sluice emergency ana/tiny --to bob --tier weights --purpose "A live attack uses it."
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Option(help: "For whom, as person:NAME or NAME.")
  var to: PersonName

  @Option(name: .customLong("tier"), help: "A tier; may be given more than once.")
  var tiers: [Tier.ID]

  @Option(help: "Why there is no time.")
  var purpose: String

  func instruction(at place: Where.Place) async throws -> Instruction {
    for tier in tiers { try await place.requireKnown(.tier(tier), in: release) }
    try await place.requireKnown(to.id)
    return Instruction(.emergency(tiers, to: to.id, purpose: purpose), release: release)
  }
}
