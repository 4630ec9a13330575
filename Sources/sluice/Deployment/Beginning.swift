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
  let tell: (String) -> Void

  /// What `quickstart` needs of the tiers and stages of a policy.
  private static let tiers: [Tier.ID] = ["code", "weights"]

  /// The key that quickstart signs with: the flag's, the usual file, the agent's first.
  static func key(_ who: Who) throws -> Keygen.Key {
    if let named = who.key { return try Keygen.key(at: named) }
    let usual = Files.url("~/.ssh/id_ed25519").path()
    if FileManager.default.fileExists(atPath: usual) { return try Keygen.key(at: usual) }
    if let held = try Keygen.agentKeys().first { return held }
    throw Keygen.Failure(
      description: """
        no SSH key to sign with
        make one with: ssh-keygen -t ed25519 -f ~/.ssh/id_ed25519, or name one with --key FILE
        """
    )
  }

  /// Takes the steps and says what to do next.
  func run(code: Selection, weights: Selection) async throws -> Outcome {
    let proposal = try Proposal(
      policy: try folder().appending(path: "policy.yaml").path(percentEncoded: false),
      roster: folder().appending(path: "roster.yaml").path(percentEncoded: false)
    )
    for tier in Self.tiers where proposal.policy.tier(tier) == nil {
      throw Refusal.unfit("the policy has no tier \(tier), which quickstart binds")
    }
    var outcome = Outcome(local: local, release: release, policy: proposal.policy)
    if try await isFinished() { throw Refusal.stale("\(release) is released already") }
    try await adopt(proposal, &outcome)
    guard try await local.ledger.release(release).adoption != nil else { return outcome }
    try await bind(code: code, weights: weights, &outcome)
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
  private func adopt(_ proposal: Proposal, _ outcome: inout Outcome) async throws {
    let known = try await state()
    guard known?.adoption == nil else { return }
    if !(known?.cases.values.contains { $0.kind == .amend && $0.isOpen } ?? false) {
      tell("$ sluice release create \(release) --policy policy.yaml --roster roster.yaml --clerk")
      let clerk = try await Act.clerk(at: local, release: release)
      _ = try await proposal.file(release, in: local, by: clerk)
    }
    try await approve(.amend, stage: nil, &outcome)
  }

  private func bind(
    code: Selection,
    weights: Selection,
    _ outcome: inout Outcome
  ) async throws {
    let bound = try await local.ledger.release(release).bindings
    for (tier, selection) in zip(Self.tiers, [code, weights]) where bound[tier] == nil {
      tell("$ sluice bind \(release) \(tier) \(selection.directory.path()) --clerk")
      let clerk = try await Act.clerk(at: local, release: release)
      let done = try await Bind.bind(selection, to: tier, in: local, by: clerk)
      for warning in done.warnings { tell("note: \(warning)") }
      tell(Bind.text(done))
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
      tell("$ sluice open \(release) \(stage) --clerk")
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
    let deployment = LocalDeployment(local.ledger, reader: .operator, clock: Clock.now)
    let state = try await local.ledger.release(release)
    let found = state.cases.values.first { $0.isOpen && $0.kind == kind && $0.stage == stage }
    guard let found else { return }
    let roster = state.roster(of: found)
    let roles = state.policy(of: found)?.approvers(of: found.gate) ?? []
    let heads = roles.flatMap { roster?.heads(of: $0) ?? [] }.filter { $0 != found.requester }
    if heads.contains(person) {
      tell("$ sluice approve \(found.number)")
      let who = try Who.parse(["--yes", "--as", person.rawValue])
      let act = try await Act.begin(
        who,
        at: Where.Place(deployment: deployment, local: local, server: nil),
        release: release,
        key: key
      )
      let statement = try act.draft.approve(try await deployment.case("\(found.number)"))
      tell(statement.words)
      let line = try await act.submit([statement]).onlyCase
      outcome.cases.append(line)
      tell(Approve.outcome(line))
    }
    if let still = try await local.ledger.release(release).cases[found.id], still.isOpen {
      let others = Set(heads.filter { $0 != person }.map(\.name)).sorted()
      outcome.waiting.append((still.number, others))
    }
  }

  /// The folder with policy, roster and texts, written unless they are there.
  private func folder() throws -> URL {
    let folder = local.home.folder.appending(path: "releases/\(release)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "terms"),
      withIntermediateDirectories: true
    )
    var files: [String: [UInt8]] = [:]
    if let policy {
      files["policy.yaml"] = try Files.bytes(at: policy)
      let texts = try PolicyFiles.texts(of: try PolicyFiles.policy(at: policy), besides: policy)
      for (name, text) in texts { files[name] = text }
    } else {
      files["policy.yaml"] = PackageResources.single_steward_yaml
      files["terms/use.md"] = PackageResources.use_md
    }
    files["roster.yaml"] = Array(try roster(for: files["policy.yaml"] ?? []).utf8)
    for (name, bytes) in files {
      let file = folder.appending(path: name)
      guard !FileManager.default.fileExists(atPath: file.path()) else { continue }
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(bytes).write(to: file, options: .atomic)
    }
    return folder
  }

  /// A roster in which the person holds every role, and the clerk those that approve openings.
  private func roster(for policy: [UInt8]) throws -> String {
    let policy = try Policy(text: String(decoding: policy, as: UTF8.self))
    let clerk = try local.home.clerk().publicKey.line
    let stewards = policy.governance.stewards
    let roles = policy.roles.map { role in
      "  \(role): [\(person)\(role == stewards ? "" : ", \(Speaker.clerk)")]"
    }
    return """
      # Who decides about \(release). Edit it to appoint a second person.
      sluice: roster/1
      id: \(policy.id)
      version: 1
      principals:
        \(person): {keys: ["\(key.publicKey.line)"]}
        \(Speaker.clerk): {keys: ["\(clerk)"]}
      roles:
      \(roles.joined(separator: "\n"))

      """
  }
}
