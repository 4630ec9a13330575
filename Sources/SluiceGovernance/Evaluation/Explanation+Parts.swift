internal import SluiceEncoding

extension Evaluation.Branch {
  var json: JSONValue {
    .object(["parts": .array(parts.map(\.json)), "result": .string(result.rawValue)])
  }
}

extension Evaluation.Part {
  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "kind": .string(requirement.kind), "path": .string(path),
      "result": .string(result.rawValue),
    ]
    members["code"] = code.map { .string($0) }
    switch found {
    case .heads(let slots, let notCounted):
      members["not_counted"] = .array(
        notCounted.map {
          .object(["head": .string($0.head.rawValue), "why": .string($0.why.rawValue)])
        }
      )
      members["slots"] = .array(slots.map(\.json))
    case .statement(let statement):
      members["statement"] = statement.map { .sha256($0.rawValue) }
    case .records(let records): members["have"] = .array(records.map(\.json))
    case .moment(let instant):
      members[result == .met ? "since" : "until"] = instant.map { .string($0.description) }
    }
    switch requirement {
    case .answer(let form): members["form"] = .string(form.rawValue)
    case .accept(let terms): members["terms"] = .string(terms.rawValue)
    case .member(let group): members["group"] = .string(group.rawValue)
    case .credential(let wanted): members["type"] = .string(wanted.type)
    case .evidence(let wanted): members["evidence"] = .string(wanted.kind)
    case .after(.opening(let stage, _)): members["stage"] = .string(stage.rawValue)
    case .approve, .after, .wait: break
    }
    members["next"] = hint.map { .string($0) }
    return .object(members)
  }

  /// The act that would help, in words.
  private var hint: String? {
    guard result == .open else { return nil }
    switch requirement {
    case .approve(let approve): return "a head of \(approve.role) approves"
    case .answer(let form): return "the beneficiary answers form \(form)"
    case .accept(let terms): return "the beneficiary accepts terms \(terms)"
    case .member(let group): return "a manager adds the beneficiary to group \(group)"
    case .credential(let wanted): return "a trusted issuer gives a credential \(wanted.type)"
    case .after(.opening(let stage, _)): return "stage \(stage) opens"
    case .after, .wait: return nil
    case .evidence(let wanted):
      guard case .records(let records) = found else { return nil }
      let unconfirmed = records.first { $0.code == "evidence.unconfirmed" }?.evidence
      guard let unconfirmed else { return "evidence \(wanted.kind) is recorded" }
      let role = wanted.confirm.map { "a head of \($0)" } ?? "a steward"
      return "\(role) other than \(unconfirmed.by.rawValue) confirms it"
    }
  }
}

extension Evaluation.Slot {
  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "head": head.map { .string($0.rawValue) } ?? .null,
      "role": .string(role.rawValue),
      "statement": statement.map { .sha256($0.rawValue) } ?? .null,
    ]
    members["for"] = actsFor.map { .string($0.rawValue) }
    return .object(members)
  }
}

extension Evaluation.Record {
  fileprivate var json: JSONValue {
    var members: JSONObject = ["tier": .string(tier.rawValue)]
    members["code"] = code.map { .string($0) }
    members["good_until"] = goodUntil.map { .string($0.description) }
    members["confirmed_by"] = confirmedBy.map { .string($0.rawValue) }
    if let evidence {
      members["at"] = .string(evidence.at.description)
      members["by"] = .string(evidence.by.rawValue)
      members["metrics"] = .object(
        JSONObject(evidence.metrics.map { .init(name: $0.key, value: .string($0.value)) })
      )
      members["statement"] = .sha256(evidence.id.rawValue)
    }
    return .object(members)
  }
}
