import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice policy adopt`: propose the next version of policy, roster or both.
struct PolicyAdopt: Speaking {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Propose the next version of a policy, of a roster or of both.",
    discussion: """
      First runs check, the scenarios that name the policy and lie beside it or in a folder beside it, \
      and past cases under the new policy. An error, or a scenario that does not hold, stops it; else \
      what came of it goes with the case, and whoever decides can run it again: sluice show CASE --again. \
      The old authority and the new one both have to approve. The texts that the policy names lie beside it.
      Example: sluice policy adopt ana/tiny --policy policy.yaml --roster roster.yaml
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Option(help: "The policy file; without it the policy stays.", completion: .file())
  var policy: String?

  @Option(help: "The roster file; without it the roster stays.", completion: .file())
  var roster: String?

  @Flag(help: "File as service:clerk, so that one person less is needed (only with --home).")
  var clerk = false

  var isClerks: Bool { clerk }

  func validate() throws {
    guard policy != nil || roster != nil else {
      throw ValidationError("name what changes: --policy FILE, --roster FILE or both")
    }
  }

  func instruction(at place: Where.Place) async throws -> Instruction {
    let page = try await place.deployment.release(release)
    guard page.adoptedAt != nil else { throw Self.notBegun(release) }
    let rules = try page.rules(of: release)
    let bytes = try await place.deployment.document(page.rosterSHA256, of: release)
    let people = try Roster(text: String(decoding: bytes, as: UTF8.self))
    let now = Clock.now()
    let rehearsing = Rehearsing(
      policy: try policy.map { try Rehearsing.Document(path: $0) }
        ?? .init(inForce: page.policy, as: "the policy in force"),
      roster: try roster.map { try Rehearsing.Document(path: $0) }
        ?? .init(inForce: people.text, as: "the roster in force"),
      adopted: (rules, people)
    )
    let outcome = try rehearsing.run(at: now)
    for line in outcome.lines { rendering.tell(line) }
    let next = try Policy(text: rehearsing.policy.text, source: rehearsing.policy.source)
    var replay: Replay?
    if policy != nil {
      let question = ReplayQuestion(policy: next.text)
      let lines = try await place.deployment.replay(question, of: release)
      rendering.tell(PolicyDiff.text(lines))
      replay = Replay(lines, before: rules.digest)
    }
    let rehearsal = outcome.rehearsal(
      of: next,
      with: try Roster(text: rehearsing.roster.text, source: rehearsing.roster.source),
      at: now,
      replay: replay
    )
    let proposal = Verb.Proposal(
      policy: policy.map { _ in next.text },
      roster: roster.map { _ in rehearsing.roster.text },
      terms: try texts(of: next),
      rehearsal: String(decoding: rehearsal.document, as: UTF8.self)
    )
    return Instruction(.adopt(proposal), release: release)
  }

  /// The texts beside the policy, if it is proposed.
  private func texts(of next: Policy) throws -> [Terms.ID: String] {
    guard let policy else { return [:] }
    let files = try PolicyFiles.texts(of: next, besides: policy)
    var terms: [Terms.ID: String] = [:]
    for text in next.terms {
      terms[text.id] = files[text.file].map { String(decoding: $0, as: UTF8.self) }
    }
    return terms
  }

  private static func notBegun(_ release: Release.ID) -> Refusal {
    .stale("no policy of \(release) is in force yet")
  }
}
