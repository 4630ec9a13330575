import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import SluiceServer

/// The steps of `sluice quickstart`, each taken only if it has not been taken yet.
///
/// Nothing here could not be done with the other commands; each is printed as it goes.
struct Beginning {
  let local: Where.Local
  let release: Release.ID
  let person: Principal.ID
  let key: Keygen.Key
  /// Another policy than the built-in one, by its path.
  let policy: String?
  let rendering: Rendering

  /// What `quickstart` needs of the tiers and stages of a policy.
  static let tiers: [Tier.ID] = ["code", "weights"]

  /// The key that quickstart signs with: the flag's, the usual file, the agent's first.
  ///
  /// A file with a passphrase gives way to the agent, which asks nobody.
  static func key(named name: String?) throws -> Keygen.Key {
    if let named = name { return try Keygen.key(at: named) }
    let held = try Keygen.agentKeys()
    let usual = Files.url("~/.ssh/id_ed25519").typed
    if Files.exists(Files.url(usual)), try held.isEmpty || Keygen.isOpen(usual) {
      return try Keygen.key(at: usual)
    }
    guard let first = held.first else { throw Keygen.noKey }
    return first
  }

  /// Takes the steps and says what to do next.
  func run(code: Selection, weights: Selection, of all: Selection) async throws -> Outcome {
    let folder = try folder()
    let proposal = try Proposal(
      policy: folder.appending(path: "policy.yaml").typed,
      roster: folder.appending(path: "roster.yaml").typed
    )
    var outcome = Outcome(local: local, release: release, policy: proposal.policy)
    if try await isFinished() { throw Refusal.stale("\(release) is released already") }
    try await adopt(proposal, in: folder, &outcome)
    guard try await local.ledger.release(release).adoption != nil else { return outcome }
    try await bind(code: code, weights: weights, of: all, &outcome)
    for stage in proposal.policy.stages { try await open(stage.id, &outcome) }
    return outcome
  }

  private func isFinished() async throws -> Bool {
    guard let state = try await state(), let policy = state.adoption?.policy else { return false }
    return policy.stages.allSatisfy { state.openings[$0.id] != nil }
  }

  /// What the log says of the release; `nil` before its name is reserved.
  private func state() async throws -> Release? {
    guard try await local.ledger.releases().contains(release) else { return nil }
    return try await local.ledger.release(release)
  }

  /// Files the amendment unless it was filed, and approves it.
  private func adopt(
    _ proposal: Proposal,
    in folder: URL,
    _ outcome: inout Outcome
  ) async throws {
    let known = try await state()
    guard known?.adoption == nil else { return }
    if !(known?.cases.values.contains { $0.kind == .amend && $0.isOpen } ?? false) {
      let files = ["policy", "roster"].flatMap {
        ["--\($0)", folder.appending(path: "\($0).yaml").typed]
      }
      echo(words: ["release", "create", release.rawValue] + files + ["--clerk"])
      let clerk = try await Act.clerk(at: local, release: release, in: proposal.roster)
      _ = try await proposal.file(release, in: local, by: clerk)
    }
    try await approve(.amend, stage: nil, &outcome)
  }

  private func bind(
    code: Selection,
    weights: Selection,
    of all: Selection,
    _ outcome: inout Outcome
  ) async throws {
    let bound = try await local.ledger.release(release).bindings
    for (tier, selection) in zip(Self.tiers, [code, weights]) where bound[tier] == nil {
      echo(words: bindWords(tier, selection, of: all))
      let clerk = try await Act.clerk(at: local, release: release)
      let done = try await Bind.bind(
        selection,
        to: tier,
        in: local,
        by: clerk,
        progress: rendering.progress("bind \(tier)", total: selection.bytes)
      )
      for warning in done.warnings { rendering.tell("note: \(warning)") }
      rendering.tell(Bind.text(done))
      outcome.tiers.append(done)
    }
  }

  private func open(_ stage: Stage.ID, _ outcome: inout Outcome) async throws {
    let state = try await local.ledger.release(release)
    guard state.openings[stage] == nil else { return }
    let isFiled = state.cases.values.contains {
      $0.kind == .open && $0.stage == stage && $0.isOpen
    }
    if !isFiled {
      echo("open", release.rawValue, stage.rawValue, "--clerk")
      _ = try await Open.file(stage, by: try await Act.clerk(at: local, release: release))
    }
    try await approve(.open, stage: stage, &outcome)
  }

  /// Approves a case with the person's key, if the person may.
  private func approve(
    _ kind: Case.Kind,
    stage: Stage.ID?,
    _ outcome: inout Outcome
  ) async throws {
    let state = try await local.ledger.release(release)
    let found = state.cases.values.first { $0.isOpen && $0.kind == kind && $0.stage == stage }
    guard let found else { return }
    let roster = state.roster(of: found)
    let roles = state.policy(of: found)?.approvers(of: found.gate) ?? []
    let heads = roles.flatMap { roster?.heads(of: $0) ?? [] }.filter { $0 != found.requester }
    if heads.contains(person) {
      echo(words: ["approve", "\(found.number)", "--as", person.name] + signing)
      let who = try Who.parse(["--yes", "--as", person.rawValue])
      let act = try await Act.begin(
        who,
        at: local.place,
        release: release,
        key: key
      )
      let statement = try act.draft.approve(try await local.deployment.case("\(found.number)"))
      rendering.tell(statement.words)
      let line = try await act.submit([statement]).onlyCase
      outcome.cases.append(line)
      rendering.tell(Approve.outcome(line))
    }
    if let still = try await local.ledger.release(release).cases[found.id], still.isOpen {
      let others = Set(heads.filter { $0 != person }.map(\.name)).sorted()
      outcome.waiting.append((still.number, others))
    }
  }
}
