import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice audit decision`: decide a case again from the log before each of its decisions.
struct AuditDecision: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decision",
    abstract: "Decide a case again from the entries before its decision, and compare the bytes.",
    discussion: """
      Exit status 1 and what differs if outcome or explanation is not what was stored.
      Example: sluice audit decision 4
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  @Argument(help: "The case: its number, its id or at least six digits of the id.")
  var `case`: String

  func run() async throws {
    let page = try await place.open().reading(as: reader.principal?.id).decisions(of: `case`)
    rendering.show(page.text, json: page.json)
    if let counted = page.decisions.last?.counted.first?.statement.rawValue.prefix(12) {
      rendering.tell(
        "an approval as files for ssh-keygen: "
          + Typed.command("audit", "statement", String(counted), "--to", "DIR")
      )
    }
    if !page.agrees { throw ExitCode(1) }
  }
}
