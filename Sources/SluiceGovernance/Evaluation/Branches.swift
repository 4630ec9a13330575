/// One way through a gate: plain requirements, all of which must be met.
public struct Branch: Hashable, Sendable {
  /// The requirements, in file order.
  public let parts: [Part]
}

/// One requirement of a branch, and where the policy states it.
public struct Part: Hashable, Sendable {
  /// Such as `gates.ship.require[0]`; of a nested gate, the path in that gate.
  public let path: String
  /// What is required.
  public let requirement: Plain
}

/// A requirement that stands by itself, neither `gate` nor `any`.
public enum Plain: Hashable, Sendable {
  case approve(Requirement.Approve)
  case answer(Form.ID)
  case accept(Terms.ID)
}

extension Policy {
  /// The most branches that a gate may have (P015).
  static let mostBranches = 64

  /// The ways through a gate: its disjunctive normal form (governance-domain 5, step 1).
  ///
  /// In file order, first alternatives first. At least one and at most 64 for a gate of the policy,
  /// none for a name that is not one.
  public func branches(of gate: Gate.ID) -> [Branch] {
    guard let gate = self.gate(gate) else { return [] }
    return ways(through: gate.requirements, at: "gates.\(gate.id).require").map(Branch.init(parts:))
  }

  private func ways(through requirements: [Requirement], at path: String) -> [[Part]] {
    requirements.enumerated().reduce([[]]) { ways, next in
      let more = self.ways(through: next.element, at: "\(path)[\(next.offset)]")
      return ways.flatMap { way in more.map { way + $0 } }
    }
  }

  private func ways(through requirement: Requirement, at path: String) -> [[Part]] {
    switch requirement {
    case .approve(let approve): [[Part(path: path, requirement: .approve(approve))]]
    case .answer(let form): [[Part(path: path, requirement: .answer(form))]]
    case .accept(let terms): [[Part(path: path, requirement: .accept(terms))]]
    case .gate(let gate): branches(of: gate).map(\.parts)
    case .any(let alternatives):
      alternatives.enumerated().flatMap { index, alternative in
        let path = "\(path).any[\(index)]"
        // An alternative that is not written as a list has no path below its own.
        guard let only = alternative.first, !places.has("\(path)[0]") else {
          return ways(through: alternative, at: path)
        }
        return ways(through: only, at: path)
      }
    }
  }

  /// How many branches a gate has, without making them; `nil` if it contains itself.
  ///
  /// Counts no further than one more than may be.
  func branchCount(of id: Gate.ID) -> Int? { count(id, within: []) }

  private func count(_ id: Gate.ID, within: Set<Gate.ID>) -> Int? {
    guard !within.contains(id) else { return nil }
    return count(gate(id)?.requirements ?? [], within: within.union([id]))
  }

  private func count(_ requirements: [Requirement], within: Set<Gate.ID>) -> Int? {
    var product = 1
    for requirement in requirements {
      guard let ways = count(requirement, within: within) else { return nil }
      product = min(product * ways, Self.mostBranches + 1)
    }
    return product
  }

  private func count(_ requirement: Requirement, within: Set<Gate.ID>) -> Int? {
    switch requirement {
    case .approve, .answer, .accept: return 1
    case .gate(let id): return count(id, within: within)
    case .any(let alternatives):
      var sum = 0
      for alternative in alternatives {
        guard let ways = count(alternative, within: within) else { return nil }
        sum = min(sum + ways, Self.mostBranches + 1)
      }
      return sum
    }
  }
}
