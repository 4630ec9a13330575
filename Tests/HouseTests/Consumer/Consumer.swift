import Foundation
import SluiceEncoding
import SluiceGovernance

/// Ana proposes the policy in the file and ben approves it: the outcome before and after.
@main struct Consumer {
  static func main() throws {
    let text = try String(contentsOfFile: CommandLine.arguments[1], encoding: .utf8)
    let policy = try Policy(text: text)
    let roster = try Roster(
      text: """
        {sluice: roster/1, id: open-release, version: 1,
         roles: {maintainers: [person:ana, person:ben]},
         principals: {person:ana: {keys: []}, person:ben: {keys: []}}}
        """
    )
    let noon = try Instant("2026-11-22T12:00:00Z")
    var story = Simulation("ana/tiny", policy: policy, roster: roster, at: noon)
    let adoption = Statement.Filing.amend(policy: policy.digest, roster: roster.digest, terms: [:])
    let asked = try story.file(adoption, by: "person:ana")
    guard let before = story.evaluation(of: asked) else { return }
    try story.judge(asked, by: "person:ben", because: "ready")
    guard let decision = story.decision(about: asked) else { return }
    print(before.result, decision.evaluation.result, decision.outcome)
  }
}
