extension Explanation {
  /// The same tree for people: one line a part, each beginning with its path in the policy file.
  public var text: String {
    var lines = [headline]
    for (index, branch) in evaluation.branches.enumerated() {
      if evaluation.branches.count > 1 { lines.append(" way \(index + 1): \(branch.result)") }
      let width = branch.parts.map(\.short.count).max() ?? 0
      lines += branch.parts.map { part in
        let path = part.short.padded(to: width)
        return " \(part.mark) \(path)  \(part.wanted.padded(to: 30))  \(part.found)"
      }
    }
    for denial in evaluation.denials {
      let code = denial.denial?.rawValue ?? ""
      lines.append(" denied by \(denial.by.name) (\(code)): \(denial.reason)")
    }
    return lines.joined(separator: "\n")
  }

  private var headline: String {
    let asked = evaluation.case
    let acts = next.count
    let standing =
      switch (asked.state, evaluation.result) {
      case (.open, .open): "still needed: \(acts) \(acts == 1 ? "act" : "acts")"
      case (.open, .waiting): "waiting for the clock"
      case (.open, .met): "met"
      case (.open, .dead): "cannot be met"
      case (let state, _): state.rawValue
      }
    return "case \(asked.number): \(asked.summary)  \(standing)"
  }
}

extension Case {
  /// What is asked, in a few words.
  public var summary: String {
    switch filing {
    case .amend: "adopt the policy and the roster"
    case .open(let stage, _): "open stage \(stage) (\(list(tiers)))"
    case .access(let stage, let tiers, let beneficiary, _):
      "\(beneficiary.name) asks for \(list(tiers)) (stage \(stage))"
    }
  }

  private func list(_ tiers: [Tier.ID]) -> String {
    tiers.map(\.rawValue).joined(separator: ", ")
  }
}

extension Evaluation.Part {
  /// `gates.requester.require[0]` as `requester[0]`.
  fileprivate var short: String {
    let rest = path.hasPrefix("gates.") ? String(path.dropFirst("gates.".count)) : path
    let names = rest.split(separator: ".", maxSplits: 1)
    guard names.count == 2, names[1].hasPrefix("require") else { return rest }
    return String(names[0] + names[1].dropFirst("require".count))
  }

  fileprivate var mark: String {
    switch result {
    case .met: "✓"
    case .waiting: "…"
    case .open: "✗"
    case .dead: "†"
    }
  }

  fileprivate var wanted: String {
    switch requirement {
    case .approve(let approve): "\(approve.count) of \(approve.role)"
    case .answer(let form): "answers to form \(form)"
    case .accept(let terms): "acceptance of terms \(terms)"
    }
  }

  fileprivate var found: String {
    switch requirement {
    case .approve:
      let heads = slots.compactMap { $0.head?.name }
      let missing = slots.count - heads.count
      let counted = heads.joined(separator: ", ")
      let lack = missing == 0 ? "" : "\(missing) missing"
      let dropped = notCounted.map { "(\($0.head.name) does not count: \($0.why))" }
      return ([counted, lack].filter { !$0.isEmpty } + dropped).joined(separator: "; ")
    case .answer: return statement == nil ? "not given" : "given"
    case .accept: return statement == nil ? "not accepted" : "accepted"
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
