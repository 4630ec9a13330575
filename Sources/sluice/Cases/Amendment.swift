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
  /// The roster that was in force when it was filed; `nil` as ``roster`` is, and of a first adoption.
  let rosterBefore: Roster?
  /// The texts that belong to it: name → digest.
  let terms: [Terms.ID: SHA256Digest]
  /// What was run before it was filed; `nil` if the case names nothing.
  let rehearsed: Rehearsed?
  /// The running number of the case.
  let number: Int

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
    var differences: [String] = []
    if let before {
      let what = "version \(before.version), \(before.digest.hex)"
      differences += Self.section(what, policy.differences(from: before))
    }
    if let roster, let rosterBefore {
      let what = "roster version \(rosterBefore.version), \(rosterBefore.digest.hex)"
      differences += Self.section(what, roster.differences(from: rosterBefore))
    }
    let changes = differences.isEmpty ? summary : differences
    let tried = lines(of: rehearsed, in: number)
    return (head + texts + changes + tried).joined(separator: "\n")
  }

  private static func section(_ what: String, _ found: [Policy.Difference]) -> [String] {
    ["differs from \(what)"] + found.report.split(separator: "\n").map { "  \($0)" }
  }

  /// `{"differences"?,"policy","rehearsed"?,"roster","roster_differences"?,"title","version"}`.
  var json: JSONValue {
    var members: JSONObject = [
      "policy": .string(policy.digest.hex), "roster": .string(rosterDigest.hex),
      "title": .string(policy.title), "version": .integer(policy.version),
    ]
    members["differences"] = before.map { before in
      .array(policy.differences(from: before).map(\.json))
    }
    members["rehearsed"] = rehearsed.map(Self.json)
    if let roster, let rosterBefore {
      members["roster_differences"] = .array(
        roster.differences(from: rosterBefore).map(\.json)
      )
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
      case .amend(let policy, let roster, let terms, let rehearsal) = last.filing
    else { return nil }
    let release = page.case.release
    let decides = page.case.policy
    let before = try await rosterInForce(before: page.case)
    var peopleBefore: Roster?
    if let before, before != roster { peopleBefore = try await people(before, of: release) }
    var rehearsed: Amendment.Rehearsed?
    if let rehearsal {
      rehearsed = try await self.rehearsed(
        rehearsal,
        of: (policy, roster, decides),
        by: page.case.requester,
        in: release
      )
    }
    return Amendment(
      policy: try await rules(policy, of: release),
      roster: try await people(roster, of: release),
      rosterDigest: roster,
      before: decides == policy ? nil : try await rules(decides, of: release),
      rosterBefore: peopleBefore,
      terms: terms,
      rehearsed: rehearsed,
      number: page.case.number
    )
  }

  /// The roster that was adopted last before a case ended; `nil` if there is none, and for auditors of
  /// a release of which they see cases and not the page.
  private func rosterInForce(before line: CaseLine) async throws -> SHA256Digest? {
    let unknown = Refusal.unknownRelease(line.release)
    do {
      return try await release(line.release).adoptions.last { adoption in
        adoption.number != line.number && adoption.at <= line.endedAt ?? adoption.at
      }?.roster
    } catch let refusal as Refusal where refusal == unknown {
      return nil
    } catch let refusal as RemoteRefusal where refusal.problem.code == unknown.code {
      return nil
    }
  }

  /// A roster; `nil` for readers to whom rosters are not shown.
  private func people(_ digest: SHA256Digest, of release: Release.ID) async throws -> Roster? {
    do {
      return try Roster(text: try await text(digest, of: release))
    } catch let refusal as Refusal where refusal.code == Refusal.stale("").code {
      return nil
    } catch let refusal as RemoteRefusal where refusal.problem.code == Refusal.stale("").code {
      return nil
    }
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
