import ArgumentParser
import SluiceEncoding
import SluiceLedger

/// `sluice doctor`: whether everything holds that always has to hold.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check every invariant of the deployment against its files, and change nothing.",
    discussion: """
      A line for each of the sixteen; below one that is broken, where it shows. Then the exit status
      is 1. The tables are rebuilt from the log and compared; what was erased is left out.
      Example: sluice doctor
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  @Flag(help: "Do not read the weights again, only compare what they are on disk.")
  var skipBlobs = false

  func run() async throws {
    // As for an audit: the file is looked at as it is, and nothing is settled first.
    let ledger = try await Ledger.openUnchecked(try place.localHome())
    let progress = rendering.progress("doctor", total: 0)
    let findings = try await ledger.examine(at: Clock.now(), blobs: !skipBlobs) { step in
      guard case .bytes(let done, let all) = step else { return }
      Task { await progress.reach(done, of: all) }
    }
    await progress.end()
    let byInvariant = Dictionary(grouping: findings, by: \.invariant)
    rendering.show(
      Invariant.allCases.flatMap { Self.lines($0, byInvariant[$0] ?? []) }
        .joined(separator: "\n"),
      json: .object([
        "items": .array(Invariant.allCases.map { Self.json($0, byInvariant[$0] ?? []) })
      ])
    )
    if !findings.isEmpty { throw ExitCode(1) }
  }

  private static func lines(_ invariant: Invariant, _ findings: [Finding]) -> [String] {
    let name = invariant.rawValue + (invariant.rawValue.utf8.count < 3 ? " " : "")
    let state = findings.isEmpty ? "holds " : "BROKEN"
    return ["\(name)  \(state)  \(invariant.words)"]
      + findings.map { "             \($0.place): \($0.what)" }
  }

  private static func json(_ invariant: Invariant, _ findings: [Finding]) -> JSONValue {
    .object([
      "findings": .array(
        findings.map {
          .object(["place": .string($0.place.description), "what": .string($0.what)])
        }
      ),
      "holds": .bool(findings.isEmpty), "invariant": .string(invariant.rawValue),
      "words": .string(invariant.words),
    ])
  }
}
