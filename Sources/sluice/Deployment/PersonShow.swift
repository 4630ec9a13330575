import ArgumentParser
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// `sluice person show`: what the registry knows of somebody.
struct PersonShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what is known of somebody: keys with their times, tokens, roles.",
    discussion: """
      What the log says about them is shown by `sluice audit person`.
      Example: sluice person show bob
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  @Argument(help: "The person, as person:NAME or NAME.")
  var person: PersonName

  func run() async throws {
    let local = try await place.openLocal()
    try await local.requireKnown(person.id)
    let ledger = local.ledger
    guard let known = try await ledger.registration(person.id) else { return }
    let registrant = try await ledger.registrant(person.id)
    let keys = try await ledger.keys(of: person.id)
    let tokens = try await ledger.tokens(of: person.id)
    let pseudonym = try await ledger.pseudonym(of: person.id)
    var roles: [(Release.ID, Role.ID)] = []
    for release in try await ledger.releases() {
      let state = try await ledger.release(release, scope: .levelOnly)
      roles += (state.adoption?.roster.roles(of: person.id) ?? []).map { (release, $0) }
    }
    rendering.show(
      [
        Self.text(known, registrant, pseudonym: pseudonym, roles),
        keys.isEmpty ? "No keys." : Self.table(keys).text, TokenList.text(tokens),
      ].joined(separator: "\n\n"),
      json: Self.json(known, registrant, pseudonym: pseudonym, roles, keys, tokens)
    )
  }

  private static func text(
    _ known: Registration,
    _ registrant: Registrant?,
    pseudonym: String?,
    _ roles: [(Release.ID, Role.ID)]
  ) -> String {
    let roles = roles.map { "\($0.1) in \($0.0)" }.joined(separator: ", ")
    return """
      \(known.id)\(known.organisation.map { " of \($0.name)" } ?? "")\
      \(known.isAuditor ? ", auditor" : "")
      name: \(known.name)
      e-mail: \(known.email.isEmpty ? "none" : known.email)\(registrant.map(Self.standing) ?? "")
      in the log: \(pseudonym ?? "not yet")
      roles: \(roles.isEmpty ? "none" : roles)
      """
  }

  /// What is said of somebody who made themselves known.
  private static func standing(of registrant: Registrant) -> String {
    let confirmed = registrant.confirmedAt.map { "confirmed at \($0)" } ?? "unconfirmed"
    let vetted = registrant.vettedAt.map { "vouched for at \($0)" } ?? "not vouched for"
    return ", \(confirmed)\nregistered: at \(registrant.registeredAt), \(vetted)"
  }

  private static func json(of registrant: Registrant) -> JSONValue {
    .object([
      "confirmed_at": registrant.confirmedAt.map { .string($0.description) } ?? .null,
      "registered_at": .string(registrant.registeredAt.description),
      "vetted_at": registrant.vettedAt.map { .string($0.description) } ?? .null,
    ])
  }

  private static func table(_ keys: [Registration.Key]) -> Table {
    Table(
      headings: ["KEY", "FROM", "UNTIL", "BY", ""],
      rows: keys.map { key in
        [
          key.fingerprint, key.from.description, key.until?.description ?? "no end",
          key.way.rawValue, key.approves ? "approves" : "",
        ]
      }
    )
  }

  private static func json(
    _ known: Registration,
    _ registrant: Registrant?,
    pseudonym: String?,
    _ roles: [(Release.ID, Role.ID)],
    _ keys: [Registration.Key],
    _ tokens: [Registration.Token]
  ) -> JSONValue {
    .object([
      "auditor": .bool(known.isAuditor), "email": .string(known.email),
      "keys": .array(
        keys.map { key in
          .object([
            "approves": .bool(key.approves), "by": .string(key.way.rawValue),
            "fingerprint": .string(key.fingerprint), "from": .string(key.from.description),
            "until": key.until.map { .string($0.description) } ?? .null,
          ])
        }
      ),
      "name": .string(known.name),
      "organisation": known.organisation.map { .string($0.rawValue) } ?? .null,
      "principal": .string(known.id.rawValue),
      "pseudonym": pseudonym.map { .string($0) } ?? .null,
      "registrant": registrant.map(Self.json) ?? .null,
      "roles": .array(
        roles.map { .object(["release": .string($0.0.rawValue), "role": .string($0.1.rawValue)]) }
      ),
      "tokens": .array(tokens.map(TokenList.json)),
    ])
  }
}
