import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// What an amendment proposes, beside the rules that it would take the place of.
///
/// Read by the digests that the case itself was filed with, so that whoever approves sees what is
/// signed for.
struct Amendment {
  let policy: Policy
  /// `nil` for readers who hold no role, to whom rosters are not shown.
  let roster: Roster?
  let rosterDigest: SHA256Digest
  /// The policy that decides the case; of a first adoption there is none before.
  let before: Policy?
  /// The texts that belong to it: name → digest.
  let terms: [Terms.ID: SHA256Digest]

  /// The digests, versions and what differs.
  var text: String {
    let people = roster.map { ", version \($0.version): " + Self.people($0) } ?? ""
    let head = [
      "proposes",
      "  policy     \(policy.digest.hex), version \(policy.version): \(policy.title)",
      "  roster     \(rosterDigest.hex)\(people)",
    ]
    let texts = terms.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "  terms      \($0.key) \($0.value.hex)" }
    guard let before else { return (head + texts + summary).joined(separator: "\n") }
    let differences = policy.differences(from: before).report.split(separator: "\n")
      .map { "  \($0)" }
    let title = "differs from version \(before.version), \(before.digest.hex)"
    return (head + texts + [title] + differences).joined(separator: "\n")
  }

  /// `{"differences","policy","roster","title","version"}`.
  var json: JSONValue {
    var members: JSONObject = [
      "policy": .string(policy.digest.hex), "roster": .string(rosterDigest.hex),
      "title": .string(policy.title), "version": .integer(policy.version),
    ]
    members["differences"] = before.map { before in
      .array(policy.differences(from: before).map(\.json))
    }
    return .object(members)
  }

  /// What a first policy is about: what it offers, to whom, and who governs.
  private var summary: [String] {
    let stages = policy.stages.map { stage in
      let offered = stage.offers.map(\.rawValue).joined(separator: ", ")
      let admitted =
        switch stage.admits {
        case .everyone: "everyone"
        case .gate(let gate): "whom gate \(gate) lets in"
        }
      return "  stage      \(stage.id) opens by gate \(stage.opens): \(offered) for \(admitted)"
    }
    return stages + [
      "  roles      \(policy.roles.map(\.rawValue).joined(separator: ", "))",
      "  stewards   \(policy.governance.stewards)", "  amended by gate \(policy.governance.amend)",
    ]
  }

  private static func people(_ roster: Roster) -> String {
    roster.roles.map { seat in
      "\(seat.role) \(seat.members.map(\.name).joined(separator: ", "))"
    }.joined(separator: "; ")
  }
}

extension Deployment {
  /// What a case proposes; `nil` if it is no amendment.
  func proposal(of reference: String) async throws -> Amendment? {
    try await proposal(by: try await self.case(reference))
  }

  /// What a case proposes; `nil` if it is no amendment.
  func proposal(by page: CasePage) async throws -> Amendment? {
    guard page.case.kind == .amend, let last = try page.wording.revisions().last,
      case .amend(let policy, let roster, let terms) = last.filing
    else { return nil }
    let release = page.case.release
    let proposed = try await rules(policy, of: release)
    var people: Roster?
    do {
      people = try Roster(text: try await text(roster, of: release))
    } catch let refusal as Refusal where refusal.code == Refusal.stale("").code {
      people = nil
    } catch let refusal as RemoteRefusal where refusal.problem.code == Refusal.stale("").code {
      people = nil
    }
    let decides = page.case.policy
    return Amendment(
      policy: proposed,
      roster: people,
      rosterDigest: roster,
      before: decides == policy ? nil : try await rules(decides, of: release),
      terms: terms
    )
  }

  private func rules(_ digest: SHA256Digest, of release: Release.ID) async throws -> Policy {
    let policy = try Policy(text: try await text(digest, of: release))
    guard policy.digest == digest else {
      throw Refusal.unfit("the policy that the deployment shows has not the digest that it names")
    }
    return policy
  }

  private func text(_ digest: SHA256Digest, of release: Release.ID) async throws -> String {
    String(decoding: try await document(digest, of: release), as: UTF8.self)
  }
}
