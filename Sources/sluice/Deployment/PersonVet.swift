import ArgumentParser
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// `sluice person vet`.
struct PersonVet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vet",
    abstract: "Vouch for somebody who registered: they may then do more than ask.",
    discussion: """
      Be sure who they are first: their tokens and keys count from then on as if you had enrolled them.
      Example: sluice person vet dora
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  @Argument(help: "The person, as person:NAME or NAME.")
  var person: PersonName

  func run() async throws {
    let local = try await place.openLocal()
    try await local.requireKnown(person.id)
    try await local.ledger.vet(person.id, at: Clock.now())
    rendering.show(
      "\(person.id) is vouched for",
      json: .object(["principal": .string(person.id.rawValue)])
    )
  }
}
