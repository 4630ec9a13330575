import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice show`: one case with everything that an approver needs to see.
struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a case: what is asked, what is missing, what happened.",
    discussion: """
      Of an amendment it shows what was run before it was filed; --again runs it by yourself: the check, \
      the scenarios, and the past cases that you may see.
      Example: sluice show 4
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  @Argument(help: "The case: its number, its id or at least six digits of the id.")
  var `case`: String

  @Flag(help: "Of an amendment: run check, scenarios and replay again, and compare.")
  var again = false

  func run() async throws {
    let deployment = try await place.open().reading(for: reader)
    let page = try await deployment.case(`case`)
    let proposal = try await deployment.proposal(by: page)
    var text = Self.text(page, proposal)
    var json = Self.json(page, proposal)
    if again {
      guard let proposal else {
        throw Refusal.unfit("case \(page.case.number) is no amendment: nothing was rehearsed")
      }
      let (rehearsal, again) = try await deployment.again(proposal, in: page.case.release)
      text += "\n" + Amendment.lines(of: again, rehearsal).joined(separator: "\n")
      var result = again.json.objectValue ?? [:]
      result["agrees"] = .bool(again.agrees(with: rehearsal))
      json["again"] = .object(result)
    }
    rendering.show(text, json: .object(json))
  }

  /// The page, and what the case proposes as the member `proposal`.
  private static func json(_ page: CasePage, _ proposal: Amendment?) -> JSONObject {
    var members = page.json.objectValue ?? [:]
    members["proposal"] = proposal?.json
    return members
  }

  private static func files(_ size: TierSize) -> String { size.files == 1 ? "file" : "files" }

  /// What the requester of a returned case does next.
  static func wayOn(_ line: CaseLine) -> [String] {
    if line.kind == .amend {
      return [
        "next       \(line.requester.name) withdraws it and files the corrected texts: "
          + Typed.command("withdraw", "\(line.number)")
      ]
    }
    let words =
      switch line.kind {
      case .access, .renew: ["--answers", "FILE.yaml"]
      case .open: ["--rebind"]
      case .amend, .lift, .appeal, .emergency, .review: ["--purpose", "TEXT"]
      }
    let revise = Typed(words: ["revise", "\(line.number)"] + words).atSamePlace().text
    return ["next       \(line.requester.name) answers, or words it, anew: \(revise)"]
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
      .map { tier, manifest in
        let size = page.sizes[tier].map {
          ", \(readable($0.bytes)) in \($0.files) \(Self.files($0))"
        }
        return "manifest   \(tier) \(manifest.hex)\(size ?? "")"
      }
    if let proposal { lines.append(proposal.text) }
    for form in page.answers?.members ?? [] {
      lines.append("answers    \(form.name)")
      lines += (form.value.objectValue?.members ?? []).map { field in
        "             \(field.name): \(field.value.stringValue ?? field.value.text)"
      }
      lines += page.withheld[Form.ID(form.name), default: []].map { field in
        "             \(field): not shown here; it is private to who decides and who answered"
      }
    }
    if line.state == .returned { lines += wayOn(line) }
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
