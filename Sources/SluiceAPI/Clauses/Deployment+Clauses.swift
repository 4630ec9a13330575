internal import SluiceEncoding
public import SluiceGovernance

extension Deployment {
  /// A refusal of an instruction with the part of the policy on which it rests, and of a stage that is
  /// closed with why it is, as far as the reader may see either.
  ///
  /// Nothing enters it but what the deployment shows the reader. What it does not show, for whatever
  /// reason, is left out: the refusal is the answer.
  ///
  /// - Returns: An ``Explained``, or the refusal as it is where there is nothing to add.
  public func told(_ refusal: Refusal, of instruction: Instruction) async -> any Error {
    var ground = Ground(instruction.verb)
    guard let rules = try? await rules(on: &ground, in: instruction.release),
      let clause = rules.policy.clause(behind: refusal, on: ground)
    else { return refusal }
    let matter = Problem.Matter(
      release: rules.release,
      tier: ground.tiers.count == 1 ? ground.tiers.first : nil,
      clause: clause
    )
    guard case .stageClosed(let stage) = refusal else { return Explained(refusal, about: matter) }
    let page = try? await self.stage(stage, of: rules.release)
    return Explained(refusal, about: matter, explanation: page?.explanation)
  }

  /// The policy that what was tried is held to, as the deployment shows it.
  private func rules(
    on ground: inout Ground,
    in release: Release.ID?
  ) async throws -> (policy: Policy, release: Release.ID)? {
    if let reference = ground.case {
      let line = try await self.case(reference).case
      ground.gate = line.gate
      ground.stage = line.stage
      ground.tiers = line.tiers
      return (try await policy(line.policy, of: line.release), line.release)
    }
    if let reference = ground.grant {
      let line = try await grant(reference, in: release)
      ground.stage = line.stage
      ground.tiers = line.tiers
      return (try await policy(line.policy, of: line.release), line.release)
    }
    guard let release else { return nil }
    return (try Policy(text: try await self.release(release).policy), release)
  }

  private func policy(_ digest: SHA256Digest, of release: Release.ID) async throws -> Policy {
    try Policy(text: String(decoding: try await document(digest, of: release), as: UTF8.self))
  }
}
