internal import SluiceEncoding

extension Gate {
  /// The gate that a value of the grammar states; what is unreadable in it is left out.
  init(_ id: ID, _ value: DocumentValue) {
    self.id = id
    requirements = value["require"]?.items.compactMap(Requirement.init) ?? []
    due = value.duration("due")
    lapse = value.duration("lapse")
    reapply = value.duration("reapply")
    recuse = value.texts("recuse").compactMap(Recusal.init(rawValue:))
  }
}

extension Requirement {
  fileprivate init?(_ value: DocumentValue) {
    guard let member = value.members.first else { return nil }
    switch member.name {
    case "gate": self = .gate(Gate.ID(member.value.text ?? ""))
    case "any":
      self = .any(
        member.value.items.map { alternative in
          guard case .list(let all) = alternative else {
            return [Requirement(alternative)].compactMap(\.self)
          }
          return all.compactMap(Requirement.init)
        }
      )
    case let kind:
      guard let plain = Plain(kind, member.value) else { return nil }
      self = .plain(plain)
    }
  }
}

extension Plain {
  fileprivate init?(_ kind: String, _ value: DocumentValue) {
    switch kind {
    case "approve": self = .approve(.init(value))
    case "evidence": self = .evidence(.init(value))
    case "accept": self = .accept(Terms.ID(value.text ?? ""))
    case "answer": self = .answer(Form.ID(value.text ?? ""))
    case "credential": self = .credential(.init(value))
    case "member": self = .member(Group.ID(value.text ?? ""))
    case "after":
      guard let moment = Requirement.Moment(value) else { return nil }
      self = .after(moment)
    case "wait":
      guard let duration = value.duration else { return nil }
      self = .wait(duration)
    default: return nil
    }
  }
}

extension Requirement.Approve {
  fileprivate init(_ value: DocumentValue) {
    self.init(
      role: value.name("role"),
      count: value["count"]?.integer ?? 1,
      veto: value["veto"].map { $0.integer.map(Veto.count) ?? .none } ?? .count(1),
      signature: value["signature"]?.text.flatMap(Strength.init(rawValue:)) ?? .key
    )
  }
}

extension Requirement.Evidence {
  fileprivate init(_ value: DocumentValue) {
    self.init(
      kind: value["kind"]?.text ?? "",
      of: value["of"]?.text.map { Tier.ID($0) },
      where: value.conditions,
      maxAge: value.duration("max-age"),
      confirm: value["confirm"]?.text.map { Role.ID($0) }
    )
  }
}

extension Requirement.Credential {
  fileprivate init(_ value: DocumentValue) {
    self.init(
      type: value["type"]?.text ?? "",
      from: value.texts("from"),
      where: value.conditions,
      maxAge: value.duration("max-age")
    )
  }
}

extension Requirement.Moment {
  fileprivate init?(_ value: DocumentValue) {
    if let text = value.text {
      guard let instant = try? Instant(text) else { return nil }
      self = .instant(instant)
    } else {
      self = .opening(value.name("stage"), plus: value.duration("plus") ?? Duration(seconds: 0))
    }
  }
}

extension DocumentValue {
  fileprivate var conditions: [Condition] {
    texts("where").compactMap { try? Condition(parsing: $0) }
  }
}
