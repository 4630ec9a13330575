internal import SluiceEncoding
internal import SluiceGovernance

/// Words for what recusals, others' cases, holds, groups and the ends of grants refuse.
///
/// `OWNER/NAME` and `TIER` stand for what the matter says.
extension Problem {
  static func recused(
    _ number: Int,
    _ why: Evaluation.Exclusion.Reason
  ) -> (String, [String]) {
    let reason =
      switch why {
      case .requester: "you asked for it"
      case .beneficiary: "you would benefit from it"
      case .service: "a service never approves"
      case .recused: "you said that you will not count in it"
      case .decider: "it looks again at what you decided"
      case .placedHold: "it would lift a hold that you placed"
      case .evidenceAuthor: "you made a measurement that it counts on"
      case .sameOrganisation: "you and the beneficiary belong to the same organisation"
      }
    return (
      "You do not count in case \(number): \(reason).",
      ["Another member of the role decides it; who can: sluice explain case \(number)"]
    )
  }

  static func others(_ number: Int, _ whose: Refusal.Whose) -> (String, [String]) {
    let who =
      switch whose {
      case .requester: "whoever filed case \(number)"
      case .party: "whoever filed case \(number), or would benefit from it,"
      case .beneficiary: "whoever would benefit from case \(number)"
      }
    return (
      "Only \(who) can do that, and you are somebody else.",
      [
        "Who that is: sluice show \(number)",
        "If it is you under another name: the same command with --as WHO --key FILE",
      ]
    )
  }

  static func held(_ hold: Hold.ID, _ code: ReasonCode) -> (String, [String]) {
    (
      "A hold refuses this (\(code.rawValue)): \(short(hold)).",
      [
        "What is held, and until when: sluice holds",
        "Whoever holds a role in the release asks that it end: sluice lift \(short(hold))",
      ]
    )
  }

  static func grace(_ grant: Grant.ID, _ at: Instant, _ until: Instant) -> (String, [String]) {
    (
      "The grant \(short(grant)) ended at \(at) and serves nothing until it is renewed.",
      ["Renew it before \(until): sluice renew \(short(grant))"]
    )
  }

  static func surrendered(_ grant: Grant.ID, _ at: Instant) -> (String, [String]) {
    (
      "The grant \(short(grant)) was given back at \(at).",
      ["Ask for access: sluice request OWNER/NAME --tier TIER"]
    )
  }

  static func unaccepted(_ terms: Terms.ID) -> (String, [String]) {
    (
      "The group may receive this, and you have yet to accept terms \(terms).",
      [
        "Read them: sluice terms OWNER/NAME \(terms)",
        "Accept them: sluice accept OWNER/NAME \(terms)",
      ]
    )
  }

  static func sealed(_ tier: Tier.ID, _ rationale: String) -> (String, [String]) {
    let end = rationale.last.map { ".!?".contains($0) } ?? false
    return (
      "Tier \(tier) is never offered: \(rationale)\(end ? "" : ".")",
      ["What is offered instead: sluice policy show OWNER/NAME"]
    )
  }

  static func unknown(hold: Hold.ID) -> (String, [String]) {
    (
      "There is no hold \(short(hold)), or none that you may know of.",
      ["List those that you may see: sluice holds"]
    )
  }

  static func unknown(statement: Statement.ID) -> (String, [String]) {
    (
      "There is no statement \(short(statement)), or none that you may know of.",
      ["Evidence on record stands on the release's page: sluice evidence list OWNER/NAME"]
    )
  }
}
