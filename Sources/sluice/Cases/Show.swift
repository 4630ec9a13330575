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
    let page = try await place.open().reading(as: reader.principal?.id).case(`case`)
    rendering.show(Self.text(page), json: page.json)
  }

  static func text(_ page: CasePage) -> String {
    let line = page.case
    var lines = [
      page.text, "",
      "release    \(line.release)", "filed by   \(line.requester) at \(line.filedAt)",
      "state      \(line.state.rawValue)" + (line.isOverdue ? ", overdue" : ""),
      "id         \(line.id)", "revision   \(line.revision)", "policy     \(line.policy.hex)",
    ]
    if !line.purpose.isEmpty { lines.append("purpose    \(line.purpose)") }
    if let due = line.dueAt { lines.append("due        \(due)") }
    lines += page.manifests.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "manifest   \($0.key) \($0.value.hex)" }
    for form in page.answers?.members ?? [] {
      lines.append("answers    \(form.name)")
      lines += (form.value.objectValue?.members ?? []).map { field in
        "             \(field.name): \(field.value.stringValue ?? field.value.text)"
      }
    }
    lines.append("history")
    lines += page.history.map { entry in
      let who = entry.by.map { " by \($0.name)" } ?? ""
      let code = entry.code.map { " (\($0.rawValue))" } ?? ""
      let reason = entry.reason.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
      return "  \(entry.at)  \(entry.kind)\(who)\(code)\(reason)"
    }
    return lines.joined(separator: "\n")
  }
}
