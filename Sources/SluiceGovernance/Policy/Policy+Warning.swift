extension Policy {
  /// Gates that a case can be decided by, each once, in file order.
  var gatesInUse: [Gate.ID] {
    let admitting = stages.compactMap { stage in
      if case .gate(let gate) = stage.admits { gate } else { nil }
    }
    let named =
      stages.map(\.opens) + admitting + [governance.amend, governance.lift, governance.appeal]
    return gates.map(\.id).filter(named.contains)
  }

  /// What the policy alone tells that its author should know.
  func warnings() -> [PolicyFault] { publicity() + openWeights() + unused() + slowness() }

  private func publicity() -> [PolicyFault] {
    guard !stages.contains(where: { $0.admits == .everyone }) else { return [] }
    return [places.fault("W102", "stages", "nothing ever becomes public: no stage admits everyone")]
  }

  /// W103 and W108, of every such stage: no requirement of this version measures or waits.
  private func openWeights() -> [PolicyFault] {
    let open = stages.filter { stage in
      stage.admits == .everyone && stage.offers.contains { tier($0)?.kind == .weights }
    }
    return open.flatMap { stage in
      [
        ("W103", "gives weights to everyone and gate \(stage.opens) asks for no evidence"),
        ("W108", "gives weights to everyone and gate \(stage.opens) leaves no time to object"),
      ].map { places.fault($0.0, "stages.\(stage.id)", $0.1) }
    }
  }

  private func unused() -> [PolicyFault] {
    let direct = gates.flatMap(\.requirements).flatMap(\.plain)
    let approving = direct.compactMap {
      if case .approve(let approve) = $0 { approve.role } else { nil }
    }
    let answered = direct.compactMap { if case .answer(let form) = $0 { form } else { nil } }
    let accepted = direct.compactMap { if case .accept(let terms) = $0 { terms } else { nil } }
    let named = gatesInUse + gates.flatMap(\.requirements).flatMap(\.gates)
    let idle =
      roles.enumerated().filter { role in
        role.element != governance.stewards && !approving.contains(role.element)
      }.map { ("roles[\($0.offset)]", "role \($0.element)") }
      + gates.map(\.id).filter { !named.contains($0) }.map { ("gates.\($0)", "gate \($0)") }
      + terms.map(\.id).filter { !accepted.contains($0) }.map { ("terms.\($0)", "terms \($0)") }
      + forms.map(\.id).filter { !answered.contains($0) }.map { ("forms.\($0)", "form \($0)") }
    return idle.map { places.fault("W105", $0.0, "\($0.1): nothing refers to it") }
  }

  /// W106: people wait for an approval, and nothing shows that they wait too long.
  private func slowness() -> [PolicyFault] {
    let admitting = stages.compactMap { stage in
      if case .gate(let gate) = stage.admits { gate } else { nil }
    }
    return gates.filter { gate in
      admitting.contains(gate.id) && gate.due == nil
        && branches(of: gate.id).contains { $0.parts.contains { $0.requirement.isApproval } }
    }.map { gate in
      let message = "asks for an approval and has no due: a request can wait unseen"
      return places.fault("W106", "gates.\(gate.id)", message)
    }
  }
}

extension Requirement {
  /// The plain requirements in it, those of gates that it names not included.
  fileprivate var plain: [Plain] {
    switch self {
    case .approve(let approve): [.approve(approve)]
    case .answer(let form): [.answer(form)]
    case .accept(let terms): [.accept(terms)]
    case .gate: []
    case .any(let alternatives): alternatives.joined().flatMap(\.plain)
    }
  }
}
