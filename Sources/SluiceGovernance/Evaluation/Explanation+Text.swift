internal import SluiceEncoding

extension Explanation {
  /// The same tree for people: one line a part, each beginning with its path in the policy file.
  public var text: String {
    var lines = [headline] + lines(of: evaluation.side)
    if let next = evaluation.successor {
      lines.append(" and under the rules that it proposes (version \(next.policy.version)):")
      lines += self.lines(of: next)
    }
    for hold in evaluation.holds {
      let end = hold.until.map { " until \($0)" } ?? ""
      lines.append(" held: \(hold.subject) (\(hold.code.rawValue))\(end)")
    }
    for denial in evaluation.denials {
      let code = denial.denial?.rawValue ?? ""
      lines.append(" denied by \(denial.by.name) (\(code)): \(denial.reason)")
    }
    return lines.joined(separator: "\n")
  }

  private func lines(of side: Evaluation.Side) -> [String] {
    side.branches.enumerated().flatMap { index, branch in
      let title = side.branches.count > 1 ? [" way \(index + 1): \(branch.result)"] : []
      let width = branch.parts.map(\.short.count).max() ?? 0
      return title
        + branch.parts.map { part in
          let path = part.short.padded(to: width)
          return " \(part.mark) \(path)  \(part.wanted.padded(to: 30))  \(part.found(in: self))"
        }
    }
  }

  private var headline: String {
    let asked = evaluation.case
    let acts = next.count
    let needed = "still needed: \(acts) \(acts == 1 ? "act" : "acts")"
    let clock = evaluation.best?.parts.contains { $0.result == .waiting } ?? false
    let standing =
      switch (asked.state, evaluation.result) {
      case (.open, .met) where !evaluation.holds.isEmpty: "met, and withheld by a hold"
      case (.open, .open): needed + (clock ? ", then the clock" : "")
      case (.open, .waiting):
        "waiting for the clock" + (evaluation.earliest.map { ", until \($0)" } ?? "")
      case (.open, .met): "met"
      case (.open, .dead): "cannot be met"
      case (let state, _): state.rawValue
      }
    // A case that is only supposed has no number.
    let name = asked.number == 0 ? "a case" : "case \(asked.number)"
    return "\(name): \(asked.summary)  \(standing)"
  }
}

extension Case {
  /// What is asked, in a few words.
  public var summary: String {
    switch filing {
    case .amend: "adopt the policy and the roster"
    case .open(let stage, _): "open stage \(stage) (\(tierList))"
    case .access(let stage, _, let beneficiary, _):
      "\(beneficiary.shown) asks for \(tierList) (stage \(stage))"
    case .renew(let grant, _): "\(party?.shown ?? "") renews grant \(grant.rawValue.prefix(12))"
    case .lift(let hold, _): "lift hold \(hold.rawValue.prefix(12))"
    case .appeal(let id, _, _): "appeal of case \(id.rawValue.prefix(12))"
    case .emergency(_, let beneficiary, _): "emergency: \(beneficiary.name) needs \(tierList)"
    case .review(let id): "review of emergency \(id.rawValue.prefix(12))"
    }
  }

  private var tierList: String { tiers.map(\.rawValue).joined(separator: ", ") }
}

extension Statement.Beneficiary {
  /// The name alone, of a group with its kind.
  public var shown: String {
    switch self {
    case .principal(let principal): principal.name
    case .group(let group): "group \(group)"
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
