import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice hold`: refuse, at once, whatever touches somebody or something.
struct HoldCommand: Speaking {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Refuse, at once, whatever touches somebody or something; one steward can.",
    discussion: """
      Grants that touch it serve nothing and cases cannot be approved until it ends, by itself or by
      `sluice lift`. A hold on a key also discounts what it signed since --since.
      Example: sluice hold tier:weights --code safety "A defect was found." --release ana/tiny
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(
    help: "What: person:NAME, org:NAME, key:SHA256:…, tier:NAME, stage:NAME, grant:ID, case:4."
  )
  var subject: Topic

  @Argument(help: "Why, in words.")
  var text: String

  @Option(help: "One of: \(ReasonCode.allCases.map(\.rawValue).joined(separator: ", ")).")
  var code: ReasonCode

  @Option(help: "The release, OWNER/NAME; needed where the subject does not say it.")
  var release: Release.ID?

  @Option(help: "When it ends by itself; without it, when it is lifted.")
  var until: Instant?

  @Option(help: "Of a key: from when on what it signed is doubtful.")
  var since: Instant?

  func instruction(at place: Where.Place) async throws -> Instruction {
    try await place.requireKnown(subject, in: release)
    return Instruction(
      .hold(subject, Statement.Order(code: code, text: text, until: until, since: since)),
      release: release
    )
  }

  func outcome(_ submitted: Submitted, of drafted: Drafted) -> String {
    let id = drafted.statements.first?.id.rawValue.prefix(12) ?? ""
    let end = until.map { "it ends by itself at \($0), or before by a case" } ?? "it ends by a case"
    return """
      hold \(id) on \(subject) is in force
      next: \(end): \(Typed.command("lift", String(id), "--reason", "WHY"))
      """
  }
}
