import ArgumentParser
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// `sluice token`: bearer tokens, with which people ask and download.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Issue, list and revoke bearer tokens.",
    discussion: "Example: sluice token issue bob --name desk",
    subcommands: [TokenIssue.self, TokenList.self, TokenRevoke.self]
  )
}

/// `sluice token issue`.
struct TokenIssue: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "issue",
    abstract: "Issue a token; it is printed once and only its digest is kept.",
    discussion: "Example: sluice token issue bob --name desk --lasts P90D"
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  @Argument(help: "The person, as person:NAME or NAME.")
  var person: PersonName

  @Option(help: "What the token is called.")
  var name: String

  @Option(help: "For how long it counts, such as P90D; for ever, if not given.")
  var lasts: Duration?

  func run() async throws {
    let local = try await place.openLocal()
    try await local.requireKnown(person.id)
    let secret = try await local.ledger.issueToken(
      for: person.id,
      name: name,
      lasts: lasts,
      at: Clock.now()
    )
    rendering.show(
      secret,
      json: .object([
        "name": .string(name), "principal": .string(person.id.rawValue),
        "token": .string(secret),
      ])
    )
  }
}

/// `sluice token list`.
struct TokenList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List tokens by name; the tokens themselves are not kept.",
    discussion: "Example: sluice token list"
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  func run() async throws {
    let tokens = try await place.openLocal().ledger.tokens()
    rendering.show(
      Self.text(tokens),
      json: .object(["items": .array(tokens.map(Self.json))])
    )
  }

  static func text(_ tokens: [Registration.Token]) -> String {
    guard !tokens.isEmpty else { return "No tokens." }
    let now = Clock.now()
    return Table(
      headings: ["ID", "WHO", "NAME", "ISSUED", "ENDS", ""],
      rows: tokens.map { token in
        [
          token.id, token.principal.name, token.name, token.issuedAt.description,
          token.endsAt?.description ?? "no end",
          token.isLive(at: now) ? "" : token.revokedAt == nil ? "ended" : "revoked",
        ]
      }
    ).text
  }

  static func json(_ token: Registration.Token) -> JSONValue {
    .object([
      "ends_at": token.endsAt.map { .string($0.description) } ?? .null,
      "id": .string(token.id), "issued_at": .string(token.issuedAt.description),
      "name": .string(token.name), "principal": .string(token.principal.rawValue),
      "revoked_at": token.revokedAt.map { .string($0.description) } ?? .null,
    ])
  }
}

/// `sluice token revoke`.
struct TokenRevoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Revoke a token by its name or its id; it counts for nothing from now on.",
    discussion: "Example: sluice token revoke laptop"
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  @Argument(help: "The token's name or id, as `sluice token list` shows them.")
  var token: String

  func run() async throws {
    let ledger = try await place.openLocal().ledger
    let live = try await ledger.tokens().filter { $0.revokedAt == nil }
    if !live.contains(where: { [$0.name, $0.id].contains(token) }) {
      let advice = Spelling.advice(on: token, among: live.map(\.name))
      throw Refusal.unfit("no live token is called \(token); \(advice)")
    }
    let revoked = try await ledger.revokeToken(token, at: Clock.now())
    rendering.show(
      "revoked \(revoked.name) of \(revoked.principal)",
      json: .object([
        "id": .string(revoked.id), "principal": .string(revoked.principal.rawValue),
      ])
    )
  }
}
