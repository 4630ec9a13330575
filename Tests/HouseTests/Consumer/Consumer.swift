import Foundation
import SluiceEncoding
import SluiceGovernance

/// Ana proposes the policy in the file and ben approves it: the outcome before and after.
@main struct Consumer {
  static func main() throws {
    let policy = try Policy(text: String(contentsOfFile: CommandLine.arguments[1], encoding: .utf8))
    let roster = try Roster(
      text: """
        {sluice: roster/1, id: two, version: 1, roles: {maintainers: [person:ana, person:ben]},
         principals: {person:ana: {keys: []}, person:ben: {keys: []}}}
        """
    )
    let library = Release.Library(
      policies: [policy.digest: policy],
      rosters: [roster.digest: roster]
    )
    var release = Release("ana/tiny", library: library)
    let noon = try Instant("2026-11-22T12:00:00Z")
    func say(_ body: Statement.Body, by speaker: Principal.ID) {
      let statement = Statement(
        by: speaker,
        at: noon,
        audience: "models.example.org/log",
        nonce: Array("sixteen bytes of".utf8),
        release: release.id,
        seen: .init(size: 0, root: SHA256Digest(of: [UInt8]())),
        subject: .init(name: "policy", digest: policy.digest),
        body: body
      )
      release.apply(Entry(index: 0, at: noon, fact: .accepted(.init(statement, number: 1))))
    }
    func result() -> Evaluation? {
      release.cases.values.first.flatMap { evaluate($0, in: release, at: noon) }
    }
    say(
      .file(.amend(policy: policy.digest, roster: roster.digest, terms: [:])),
      by: "person:ana"
    )
    guard let before = result() else { return }
    let verdict = Statement.Verdict(
      case: before.case.id,
      revision: before.case.revision.id,
      policy: policy.digest,
      manifests: [:],
      reason: "ready"
    )
    say(.approve(verdict), by: "person:ben")
    guard let after = result(), let decision = Decision(after) else { return }
    print(before.result, after.result, decision.outcome)
  }
}
