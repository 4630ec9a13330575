extension Policy {
  /// P007, of stages: each loop of stages that wait for one another, once.
  func stageLoops() -> [PolicyFault] {
    let order = stages.map(\.id)
    let waits = StageWaits(of: self)
    return waits.loops.map { loop in
      let first = order.first(where: loop.contains) ?? loop[0]
      let turned = loop.drop { $0 != first }.dropFirst() + loop.prefix { $0 != first } + [first]
      let names = turned.map(\.rawValue).joined(separator: ", ")
      return places.fault("P007", "stages.\(first).opens", "waits for \(names)")
    }
  }

  /// The stages for whose opening a gate waits, those of gates in it included, in file order.
  func stagesAwaited(by gate: Gate.ID) -> [Stage.ID] {
    var seen: Set<Gate.ID> = []
    return stagesAwaited(by: gate, besides: &seen)
  }

  private func stagesAwaited(
    by gate: Gate.ID,
    besides seen: inout Set<Gate.ID>
  ) -> [Stage.ID] {
    guard let gate = self.gate(gate), seen.insert(gate.id).inserted else { return [] }
    var stages = gate.requirements.flatMap(\.plain).compactMap(\.stage)
    for inner in gate.requirements.flatMap(\.gates) {
      stages += stagesAwaited(by: inner, besides: &seen)
    }
    return stages
  }
}

/// Stages that cannot open before they have opened.
///
/// One alternative that waits so is enough, as it is for gates that contain themselves: it could
/// never be taken.
private struct StageWaits {
  /// Stage → the stages that it waits for.
  private let next: [Stage.ID: [Stage.ID]]
  private var done: Set<Stage.ID> = []
  private var path: [Stage.ID] = []
  private(set) var loops: [[Stage.ID]] = []

  init(of policy: Policy) {
    let gates = Set(policy.stages.map(\.opens)).map { ($0, policy.stagesAwaited(by: $0)) }
    let awaited = Dictionary(uniqueKeysWithValues: gates)
    next = Dictionary(
      policy.stages.map { ($0.id, awaited[$0.opens] ?? []) },
      uniquingKeysWith: { first, _ in first }
    )
    for stage in policy.stages { visit(stage.id) }
  }

  private mutating func visit(_ stage: Stage.ID) {
    guard !done.contains(stage) else { return }
    if let start = path.firstIndex(of: stage) {
      loops.append(Array(path[start...]))
      return
    }
    path.append(stage)
    for other in next[stage] ?? [] { visit(other) }
    path.removeLast()
    done.insert(stage)
  }
}

extension Requirement {
  /// The plain requirements in it, those of gates that it names not included.
  var plain: [Plain] {
    switch self {
    case .plain(let plain): [plain]
    case .gate: []
    case .any(let alternatives): alternatives.joined().flatMap(\.plain)
    }
  }
}
