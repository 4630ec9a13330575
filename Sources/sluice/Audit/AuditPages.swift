import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice audit person`: all that the log says about somebody.
struct AuditPerson: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person",
    abstract: "Show everything that is on record about a person.",
    discussion: "Example: sluice audit person bob"
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "The person, as person:NAME or NAME.")
  var person: PersonName

  @Option(help: "As the log stood then; now, if not given.")
  var at: Instant?

  func run() async throws {
    let place = try await place.open()
    try await place.requireKnown(person.id)
    let page = try await place.deployment.person(person.id, at: at)
    rendering.show(Self.text(page), json: page.json)
  }

  static func text(_ page: PersonPage) -> String {
    let roles = page.roles.map { "\($0.role) in \($0.release)" }.joined(separator: ", ")
    return """
      \(page.principal)\(page.organisation.map { " of \($0.name)" } ?? "")\
      \(page.isAuditor ? ", auditor" : "")
      roles: \(roles.isEmpty ? "none" : roles)

      \(Cases.text(page.cases))

      \(Grants.text(page.grants))

      \(GroupList.text(page.memberships))

      \(Holds.text(page.holds))

      \(AuditWho.text(page.deliveries, as: .table))
      """
  }
}

/// `sluice audit grant`: one grant from its case to what left under it.
struct AuditGrant: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant",
    abstract: "Show a grant: from which case, on whose approval, what left under it.",
    discussion: "Example: sluice audit grant 9c2e1f0b7a64"
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "The grant: at least six digits of its id, as `sluice grants` shows them.")
  var grant: String

  func run() async throws {
    let deployment = try await place.open().deployment
    let line = try await deployment.grant(grant)
    let page = try await deployment.case(line.case.rawValue)
    let exposure = try await deployment.exposure(of: line.id, at: nil)
    rendering.show(
      [
        Grants.text([line]), Show.text(page), AuditWho.text(exposure.deliveries, as: .table),
      ].joined(separator: "\n\n"),
      json: .object([
        "case": page.json, "deliveries": .array(exposure.deliveries.map(\.json)),
        "grant": line.json,
      ])
    )
  }
}

/// `sluice audit exposure`: what is out under a grant.
struct AuditExposure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exposure",
    abstract: "Show what left under a grant, and what else its holder has.",
    discussion: "Example: sluice audit exposure 9c2e1f0b7a64"
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "The grant: at least six digits of its id, as `sluice grants` shows them.")
  var grant: String

  @Option(help: "As the log stood then; now, if not given.")
  var at: Instant?

  func run() async throws {
    let deployment = try await place.open().deployment
    let page = try await deployment.exposure(of: try await deployment.grant(grant).id, at: at)
    rendering.show(page.text, json: page.json)
  }
}
