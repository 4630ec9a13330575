/// How large the disjunctive normal form of each gate is, told without making it.
///
/// A short policy can ask for more branches than fit into memory, so they are counted first.
struct GateSizes {
  /// What a gate amounts to.
  struct Size: Hashable {
    /// No further is counted.
    static let limit = 1_000_000

    let branches: Int
    /// The requirements in all branches together.
    let parts: Int
    /// The most different people that one branch needs.
    let people: Int

    static let one = Size(branches: 1, parts: 0, people: 0)
    static let none = Size(branches: 0, parts: 0, people: 0)

    init(branches: Int, parts: Int, people: Int) {
      self.branches = min(branches, Self.limit)
      self.parts = min(parts, Self.limit)
      self.people = min(people, Self.limit)
    }

    /// Both must be met: every branch of one goes with every branch of the other.
    func and(_ other: Size) -> Size {
      Size(
        branches: branches * other.branches,
        parts: parts * other.branches + other.parts * branches,
        people: people + other.people
      )
    }

    /// One must be met.
    func or(_ other: Size) -> Size {
      Size(
        branches: branches + other.branches,
        parts: parts + other.parts,
        people: max(people, other.people)
      )
    }
  }

  private let gates: [Gate.ID: Gate]
  private var known: [Gate.ID: Size] = [:]
  private var path: [Gate.ID] = []
  /// Gates that contain themselves: each loop once.
  private(set) var loops: [[Gate.ID]] = []

  /// Measures every gate.
  init(of gates: [Gate]) {
    self.gates = Dictionary(gates.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for gate in gates { _ = measure(gate.id) }
  }

  /// The size of a gate; of one that contains itself, that of the rest.
  subscript(id: Gate.ID) -> Size { known[id] ?? .one }

  private mutating func measure(_ id: Gate.ID) -> Size {
    if let size = known[id] { return size }
    if let start = path.firstIndex(of: id) {
      loops.append(Array(path[start...]))
      return .one
    }
    path.append(id)
    let size = measure(gates[id]?.requirements ?? [])
    path.removeLast()
    known[id] = size
    return size
  }

  private mutating func measure(_ requirements: [Requirement]) -> Size {
    var size = Size.one
    for requirement in requirements { size = size.and(measure(requirement)) }
    return size
  }

  private mutating func measure(_ requirement: Requirement) -> Size {
    switch requirement {
    case .plain(.approve(let approve)): return Size(branches: 1, parts: 1, people: approve.count)
    case .plain: return Size(branches: 1, parts: 1, people: 0)
    case .gate(let id): return measure(id)
    case .any(let alternatives):
      var size = Size.none
      for alternative in alternatives { size = size.or(measure(alternative)) }
      return size
    }
  }
}
