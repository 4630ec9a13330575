import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice approve`: consent to a case with one's key.
struct Approve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Approve a case, signed with your SSH key.",
    discussion: """
      Shows the case and what will be signed before asking.
      Example: sluice approve 4 --reason "known to us"
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The case: its number, its id or at least six digits of the id.")
  var `case`: String

  @Option(help: "Why; it becomes part of what is signed.")
  var reason = ""

  @Option(
    help: "Also write the signed statement here, and its signature beside it as .sig.",
    completion: .file()
  )
  var out: String?

  func run() async throws {
    let place = try await place.open()
    let page = try await place.deployment.case(`case`)
    let act = try await Act.begin(who, at: place, release: page.case.release)
    if !who.yes {
      let shown = try await act.reading.case(`case`)
      rendering.tell(Show.text(shown) + "\n")
    }
    let line = try await act.judge(try act.draft.approve(page, reason: reason), out: out)
    rendering.show(Self.outcome(line), json: .object(["case": line.json]))
  }

  /// What has become of a case, in one line.
  static func outcome(_ line: CaseLine) -> String {
    switch line.state {
    case .open:
      "case \(line.number): \(line.summary): open; see what is missing: "
        + Typed.command("explain", "case", "\(line.number)")
    default: "case \(line.number): \(line.summary): \(line.state.rawValue)"
    }
  }
}

/// `sluice deny`: refuse a case with one's key.
struct Deny: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Deny a case, signed with your SSH key.",
    discussion: """
      The code and the reason go to the requester.
      Example: sluice deny 5 --code purpose --reason "The purpose says nothing."
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The case: its number, its id or at least six digits of the id.")
  var `case`: String

  @Option(help: "One of: \(ReasonCode.allCases.map(\.rawValue).joined(separator: ", ")).")
  var code: ReasonCode

  @Option(help: "Why; the requester reads it.")
  var reason: String

  @Option(
    help: "Also write the signed statement here, and its signature beside it as .sig.",
    completion: .file()
  )
  var out: String?

  func run() async throws {
    let place = try await place.open()
    let page = try await place.deployment.case(`case`)
    let act = try await Act.begin(who, at: place, release: page.case.release)
    if !who.yes {
      let shown = try await act.reading.case(`case`)
      rendering.tell(Show.text(shown) + "\n")
    }
    let line = try await act.judge(try act.draft.deny(page, code, reason: reason), out: out)
    rendering.show(Approve.outcome(line), json: .object(["case": line.json]))
  }
}
