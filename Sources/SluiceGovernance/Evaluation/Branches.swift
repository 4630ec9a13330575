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

extension Policy {
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
    case .plain(let plain): [[Part(path: path, requirement: plain)]]
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
}
