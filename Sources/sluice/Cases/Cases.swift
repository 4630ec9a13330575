import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice cases`: the queue, with what waits for the reader first.
struct Cases: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List cases; what waits for you comes first.",
    discussion: """
      Who reads is whom the token names. At the operator's own shell it says for whom each case waits;
      --as shows the list of one of them. A hundred at a time; how to see more is said below the list.
      Example: sluice cases --release ana/tiny --state open
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  @Option(help: "Only cases of this release, OWNER/NAME.")
  var release: Release.ID?

  @Option(help: "Only cases in this state.")
  var state: Case.State?

  @Option(help: "Only cases of this kind.")
  var kind: Case.Kind?

  @Flag(help: "Only cases that you filed or that are about you.")
  var mine = false

  @Flag(help: "Only cases whose time to decide has run out.")
  var overdue = false

  @OptionGroup var part: Part

  func run() async throws {
    let found = try await place.open().reading(for: reader).cases(
      CaseFilter(release: release, state: state, kind: kind, isMine: mine, isOverdue: overdue),
      part.slice
    )
    rendering.show(Self.text(found.items), json: found.json)
    for line in found.items where line.state == .returned && line.waitsForMe {
      rendering.tell("case \(line.number) was returned to you: sluice show \(line.number)")
      for act in Show.wayOn(line) { rendering.tell(act) }
    }
    Part.tell(found.next, rendering)
  }

  static func text(_ found: [CaseLine]) -> String {
    guard !found.isEmpty else { return "No cases." }
    return Table(
      headings: ["CASE", "STATE", "RELEASE", "WHAT", "FILED BY", "FILED AT", ""],
      rows: found.sorted { $0.waitsForMe && !$1.waitsForMe }.map { line in
        [
          "\(line.number)", line.state.rawValue, line.release.rawValue, line.summary,
          line.requester.name, line.filedAt.description,
          Self.standing(of: line),
        ]
      }
    ).text
  }

  /// Whether its time ran out, and for whom it waits.
  private static func standing(of line: CaseLine) -> String {
    let overdue = line.isOverdue && line.state == .open ? ["overdue"] : []
    let names = line.waitsFor.map(\.name).joined(separator: ", ")
    let waits = line.waitsForMe ? ["waits for you"] : names.isEmpty ? [] : ["waits for \(names)"]
    return (overdue + waits).joined(separator: ", ")
  }
}
