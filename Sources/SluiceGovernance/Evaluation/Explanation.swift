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
    let policy = evaluation.policy
    return .object([
      "at": .string(evaluation.at.description),
      "branches": .array(evaluation.branches.map(\.json)),
      "dissent": .array(evaluation.denials.map { .sha256($0.statement.rawValue) }),
      "earliest": .null,
      "format": "sluice/explanation/1",
      "holds": .array([]),
      "log": .object([
        "root": .string(Base64.encode(log.root.bytes)), "size": .integer(log.size),
      ]),
      "next": .array(next.map(\.json)),
      "policy": .sha256(policy.digest.hex),
      "policy_version": .integer(policy.version),
      "result": .string(evaluation.result.rawValue),
      "roster": .sha256(evaluation.roster.digest.hex),
      "subject": .string("case:\(evaluation.case.id)"),
    ])
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

  /// What would bring the best branch further, in file order; empty when nothing would.
  public var next: [Act] {
    guard evaluation.result == .open, let best = evaluation.best else { return [] }
    var acts: [Act] = []
    for part in best.parts where part.result == .open {
      let act: Act =
        switch part.requirement {
        case .approve(let approve):
          Act(who: "role:\(approve.role)", act: "approve", subject: "case:\(evaluation.case.id)")
        case .answer(let form): Act(who: "beneficiary", act: "answer", subject: "form:\(form)")
        case .accept(let terms): Act(who: "beneficiary", act: "accept", subject: "terms:\(terms)")
        }
      if !acts.contains(act) { acts.append(act) }
    }
    return acts
  }
}

extension JSONValue {
  fileprivate static func sha256(_ hex: String) -> JSONValue { .string("sha256:\(hex)") }
}

extension Evaluation.Branch {
  fileprivate var json: JSONValue {
    .object(["parts": .array(parts.map(\.json)), "result": .string(result.rawValue)])
  }
}

extension Evaluation.Part {
  fileprivate var json: JSONValue {
    var members: JSONObject = ["path": .string(path), "result": .string(result.rawValue)]
    switch requirement {
    case .approve:
      members["kind"] = "approve"
      members["not_counted"] = .array(
        notCounted.map {
          .object(["head": .string($0.head.rawValue), "why": .string($0.why.rawValue)])
        }
      )
      members["slots"] = .array(slots.map(\.json))
    case .answer(let form):
      members["kind"] = "answer"
      members["form"] = .string(form.rawValue)
    case .accept(let terms):
      members["kind"] = "accept"
      members["terms"] = .string(terms.rawValue)
    }
    if let statement { members["statement"] = .sha256(statement.rawValue) }
    if let code { members["code"] = .string(code) }
    return .object(members)
  }

  private var code: String? {
    switch (requirement, result) {
    case (_, .met), (_, .waiting): nil
    case (.approve, .dead): "approve.impossible"
    case (.approve, _): "approve.missing"
    case (.answer, _): "answer.missing"
    case (.accept, _): "accept.missing"
    }
  }
}

extension Evaluation.Slot {
  fileprivate var json: JSONValue {
    .object([
      "head": head.map { .string($0.rawValue) } ?? .null,
      "role": .string(role.rawValue),
      "statement": statement.map { .sha256($0.rawValue) } ?? .null,
    ])
  }
}
