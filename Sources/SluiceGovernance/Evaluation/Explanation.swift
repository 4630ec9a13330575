public import SluiceEncoding

/// Why a case stands where it stands: the tree of governance-domain 12, as JSON and as text.
///
/// The JSON's canonical bytes are stored with a decision, digested in its event and recomputed by
/// auditors; so nothing enters it but the evaluation and the head of the log.
public struct Explanation: Hashable, Sendable {
  /// What is explained.
  public let evaluation: Evaluation
  /// The head of the log that the evaluation is about.
  public let log: Statement.Head

  /// Explains `evaluation`, made from the prefix that `log` names.
  public init(_ evaluation: Evaluation, log: Statement.Head) {
    self.evaluation = evaluation
    self.log = log
  }

  /// The structure of governance-domain 12.
  public var json: JSONValue {
    let side = evaluation.side
    var members: JSONObject = [
      "at": .string(evaluation.at.description),
      "branches": .array(side.branches.map(\.json)),
      "dissent": .array(evaluation.denials.map { .sha256($0.statement.rawValue) }),
      "earliest": evaluation.earliest.map { .string($0.description) } ?? .null,
      "format": "sluice/explanation/1",
      "holds": .array(evaluation.holds.map(\.json)),
      "log": .object([
        "root": .string(Base64.encode(log.root.bytes)), "size": .integer(log.size),
      ]),
      "next": .array(next.map(\.json)),
      "policy": .sha256(side.policy.digest.hex),
      "policy_version": .integer(side.policy.version),
      "result": .string(evaluation.result.rawValue),
      "roster": .sha256(side.roster.digest.hex),
      "subject": .string("case:\(evaluation.case.id)"),
    ]
    // Of an amendment: what the rules say that it proposes.
    members["successor"] = evaluation.successor.map { next in
      .object([
        "branches": .array(next.branches.map(\.json)), "policy": .sha256(next.policy.digest.hex),
        "policy_version": .integer(next.policy.version), "result": .string(next.result.rawValue),
        "roster": .sha256(next.roster.digest.hex),
      ])
    }
    return .object(members)
  }

  /// An act that would help, and who can do it.
  public struct Act: Hashable, Sendable {
    /// `role:NAME`, or the beneficiary.
    public let who: String
    /// The verb.
    public let act: String
    /// What the act is about.
    public let subject: String

    var json: JSONValue {
      .object(["do": .string(act), "subject": .string(subject), "who": .string(who)])
    }
  }

  /// What would bring the best branch of each side further, in file order; empty when nothing would.
  public var next: [Act] {
    var acts: [Act] = []
    if evaluation.result == .open || evaluation.result == .waiting {
      for side in [evaluation.side] + [evaluation.successor].compactMap({ $0 }) {
        guard side.result == .open, let best = side.best else { continue }
        for act in best.parts.filter({ $0.result == .open }).flatMap({ helping($0, side) })
        where !acts.contains(act) {
          acts.append(act)
        }
      }
    }
    for hold in evaluation.holds where evaluation.result != .dead {
      let lift = Act(who: "any role", act: "lift", subject: "hold:\(hold.id)")
      if !acts.contains(lift) { acts.append(lift) }
    }
    return acts
  }

  private func helping(_ part: Evaluation.Part, _ side: Evaluation.Side) -> [Act] {
    let asked = "case:\(evaluation.case.id)"
    switch part.requirement {
    case .approve(let approve):
      return [Act(who: "role:\(approve.role)", act: "approve", subject: asked)]
    case .answer(let form):
      return [Act(who: "beneficiary", act: "answer", subject: "form:\(form)")]
    case .accept(let terms):
      return [Act(who: "beneficiary", act: "accept", subject: "terms:\(terms)")]
    case .member(let group):
      let managers = side.policy.group(group)?.managers.rawValue ?? ""
      return [Act(who: "role:\(managers)", act: "join", subject: "group:\(group)")]
    case .credential(let wanted):
      let issuers = wanted.from.isEmpty ? ["any role"] : wanted.from
      return issuers.map { Act(who: $0, act: "credential", subject: "type:\(wanted.type)") }
    case .after(.opening(let stage, _)):
      return [Act(who: "any role", act: "open", subject: "stage:\(stage)")]
    case .after, .wait: return []
    case .evidence(let wanted):
      guard case .records(let records) = part.found else { return [] }
      return records.compactMap { record in
        guard record.code == "evidence.unconfirmed", let evidence = record.evidence else {
          return record.code == nil
            ? nil : Act(who: "anybody", act: "evidence", subject: "tier:\(record.tier)")
        }
        let role = wanted.confirm ?? side.policy.governance.stewards
        return Act(who: "role:\(role)", act: "confirm", subject: "sha256:\(evidence.id)")
      }
    }
  }
}

extension JSONValue {
  static func sha256(_ hex: String) -> JSONValue { .string("sha256:\(hex)") }
}

extension Hold {
  /// What keeps a case: which hold, on what, why; never who placed it.
  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "code": .string(code.rawValue), "hold": .sha256(id.rawValue),
      "subject": .string(subject.description),
    ]
    members["until"] = until.map { .string($0.description) }
    return .object(members)
  }
}
