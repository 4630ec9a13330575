import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice decide`: the same verdict on several cases, each signed by itself.
struct Decide: AsyncParsableCommand {
  enum Verdict: String, ExpressibleByArgument, CaseIterable { case approve, deny }

  static let configuration = CommandConfiguration(
    abstract: "Approve or deny several cases that wait for you, one signature for each.",
    discussion: """
      The filter is FIELD=VALUE,…; fields: release, kind, stage, tier, requester, overdue. The cases
      are listed and asked about together before anything is signed.
      Example: sluice decide --filter release=ana/tiny,stage=gated approve --reason "known to us"
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Option(help: "Which cases: FIELD=VALUE,…")
  var filter: String

  @Argument(help: "approve or deny.")
  var verdict: Verdict

  @Option(
    help: "Of a denial, one of: \(ReasonCode.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var code: ReasonCode?

  @Option(help: "Why; of a denial it must say something.")
  var reason = ""

  func validate() throws {
    if verdict == .deny, code == nil || reason.isEmpty {
      throw ValidationError("a denial needs --code and --reason")
    }
  }

  func run() async throws {
    let place = try await place.open()
    let selection = try Selected(filter)
    let reading = try place.reading(as: who.principal?.id)
    let found = try await reading.cases(CaseFilter(release: selection.release, state: .open))
      .filter { $0.waitsForMe && selection.matches($0) }
    guard !found.isEmpty else {
      rendering.show("No case that waits for you fits.", json: .object(["cases": .array([])]))
      return
    }
    rendering.tell(Cases.text(found))
    var decided: [CaseLine] = []
    for line in found {
      let verb: Verb =
        verdict == .approve
        ? .approve(case: "\(line.number)", reason: reason)
        : .deny(case: "\(line.number)", code ?? .other, reason: reason)
      let act = try await Act.begin(who, at: place, release: line.release)
      let drafted = try await act.compose(verb)
      decided += try await act.submit(drafted.statements, documents: drafted.documents).cases
    }
    rendering.show(
      decided.map(Approve.outcome).joined(separator: "\n"),
      json: .object(["cases": .array(decided.map(\.json))])
    )
  }

  /// The cases that a filter selects.
  struct Selected {
    private var wanted: [String: String] = [:]
    let release: Release.ID?

    init(_ text: String) throws {
      let known = ["release", "kind", "stage", "tier", "requester", "overdue"]
      for part in text.split(separator: ",") {
        let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
        guard sides.count == 2, known.contains(sides[0]) else {
          throw ValidationError(
            "--filter: \(part) is not FIELD=VALUE; fields: \(known.joined(separator: ", "))"
          )
        }
        wanted[sides[0]] = sides[1]
      }
      guard !wanted.isEmpty else { throw ValidationError("--filter: names no field") }
      release = try wanted["release"].map { try Release.ID(parsing: $0) }
    }

    func matches(_ line: CaseLine) -> Bool {
      wanted.allSatisfy { field, value in
        switch field {
        case "release": line.release.rawValue == value
        case "kind": line.kind.rawValue == value
        case "stage": line.stage?.rawValue == value
        case "tier": line.tiers.contains { $0.rawValue == value }
        case "requester": line.requester.rawValue == value || line.requester.name == value
        default: "\(line.isOverdue)" == value
        }
      }
    }
  }
}
