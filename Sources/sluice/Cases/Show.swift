import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice show`: one case with everything that an approver needs to see.
struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a case: what is asked, what is missing, what happened.",
    discussion: "Example: sluice show 4"
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  @Argument(help: "The case: its number, its id or at least six digits of the id.")
  var `case`: String

  func run() async throws {
    let deployment = try await place.open().reading(for: reader)
    let page = try await deployment.case(`case`)
    let proposal = try await deployment.proposal(by: page)
    rendering.show(Self.text(page, proposal), json: Self.json(page, proposal))
  }

  /// The page, and what the case proposes as the member `proposal`.
  private static func json(_ page: CasePage, _ proposal: Amendment?) -> JSONValue {
    guard let proposal, var members = page.json.objectValue else { return page.json }
    members["proposal"] = proposal.json
    return .object(members)
  }

  static func text(_ page: CasePage, _ proposal: Amendment? = nil) -> String {
    let line = page.case
    var lines = [
      page.text, "",
      "release    \(line.release)", "filed by   \(line.requester) at \(line.filedAt)",
      "state      \(line.state.rawValue)" + (line.isOverdue ? ", overdue" : ""),
      "id         \(line.id)", "revision   \(line.revision)", "policy     \(line.policy.hex)",
    ]
    if !line.purpose.isEmpty { lines.append("purpose    \(line.purpose)") }
    lines += page.registrants.map { "unvetted   \($0)" }
    if !page.roles.isEmpty {
      lines.append("your roles \(page.roles.map(\.rawValue).joined(separator: ", "))")
    }
    if let excluded = page.excluded {
      lines.append("you do not count here: \(excluded.why.rawValue)")
    }
    if let due = line.dueAt { lines.append("due        \(due)") }
    lines += page.manifests.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "manifest   \($0.key) \($0.value.hex)" }
    if let proposal { lines.append(proposal.text) }
    for form in page.answers?.members ?? [] {
      lines.append("answers    \(form.name)")
      lines += (form.value.objectValue?.members ?? []).map { field in
        "             \(field.name): \(field.value.stringValue ?? field.value.text)"
      }
    }
    lines.append("history, where digits are those of a statement")
    lines += page.history.map { entry in
      let who = entry.by.map { " by \($0.name)" } ?? ""
      let code = entry.code.map { " (\($0.rawValue))" } ?? ""
      let reason = entry.reason.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
      let digits = entry.statement.map { "  [\($0.rawValue.prefix(12))]" } ?? ""
      return "  \(entry.at)  \(entry.kind)\(who)\(code)\(reason)\(digits)"
    }
    return lines.joined(separator: "\n")
  }
}
