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
      The filter is FIELD=VALUE,…; fields: release, state, kind, stage, tier, requester, mine, overdue.
      The cases are listed and asked about together before anything is signed. Who decides is whom the
      token names or, with --home, whom the key belongs to.
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
    let wanted = try Self.selection(filter)
    try await place.requireKnown(wanted)
    if let reader = who.principal?.id { try await place.requireKnown(reader) }
    let reader = try await reader(of: wanted, at: place)
    let found = try await place.reading(as: reader).cases(wanted).filter(\.waitsForMe)
    guard !found.isEmpty else {
      rendering.show("No case that waits for you fits.", json: .object(["cases": .array([])]))
      return
    }
    rendering.tell(Cases.text(found))
    var verdicts: [(act: Act, drafted: Drafted)] = []
    for line in found {
      let verb: Verb =
        verdict == .approve
        ? .approve(case: "\(line.number)", reason: reason)
        : .deny(case: "\(line.number)", code ?? .other, reason: reason)
      let act = try await Act.begin(who, at: place, release: line.release)
      verdicts.append((act, try await act.compose(verb)))
    }
    if !who.yes { try Act.confirm(verdicts.flatMap(\.drafted.statements)) }
    var decided: [CaseLine] = []
    for (act, drafted) in verdicts {
      let submitted = try await act.sure.submit(drafted.statements, documents: drafted.documents)
      decided += submitted.cases
    }
    rendering.show(
      decided.map(Approve.outcome).joined(separator: "\n"),
      json: .object(["cases": .array(decided.map(\.json))])
    )
  }

  /// Who decides at a home; over HTTP it is whom the token names.
  ///
  /// Whom the flag names, else whom the key at hand belongs to in the releases of the cases that are meant.
  private func reader(
    of wanted: CaseFilter,
    at place: Where.Place
  ) async throws -> Principal.ID? {
    if let named = who.principal?.id { return named }
    guard place.local != nil else { return nil }
    var found: Set<Principal.ID> = []
    var reason: (any Error)?
    for release in Set(try await place.deployment.cases(wanted).map(\.release)) {
      do {
        found.insert(try await Act.begin(who, at: place, release: release).speaker.principal)
      } catch { reason = reason ?? error }
    }
    guard let only = found.first else {
      if let reason { throw reason }
      return nil
    }
    guard found.count == 1 else {
      let names = found.map(\.name).sorted().joined(separator: ", ")
      throw ValidationError("the key is that of \(names): say who decides with --as NAME")
    }
    return only
  }

  /// The cases that a filter means, of which only open ones can be decided; a requester's NAME is a
  /// person's.
  private static func selection(_ text: String) throws -> CaseFilter {
    guard !text.isEmpty else { throw ValidationError("--filter: names no field") }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let name = part.hasPrefix("requester=") ? part.dropFirst("requester=".count) : ""
      return name.isEmpty || name.contains(":") ? String(part) : "requester=person:\(name)"
    }
    let isStated = parts.contains { $0.hasPrefix("state=") }
    do {
      return try CaseFilter(
        expression: (parts + (isStated ? [] : ["state=open"])).joined(separator: ",")
      )
    } catch { throw ValidationError("--filter: \(error)") }
  }
}
