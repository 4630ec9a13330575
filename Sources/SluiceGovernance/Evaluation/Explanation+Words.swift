internal import SluiceEncoding

extension Evaluation.Part {
  /// `gates.requester.require[0]` as `requester[0]`.
  var short: String {
    let rest = path.hasPrefix("gates.") ? String(path.dropFirst("gates.".count)) : path
    guard let range = rest.firstRange(of: ".require") else { return rest }
    return String(rest[..<range.lowerBound] + rest[range.upperBound...])
  }

  var mark: String {
    switch result {
    case .met: "✓"
    case .waiting: "…"
    case .open: "✗"
    case .dead: "†"
    }
  }

  /// What is asked for.
  var wanted: String {
    switch requirement {
    case .approve(let approve): "\(approve.count) of \(approve.role)"
    case .answer(let form): "answers to form \(form)"
    case .accept(let terms): "acceptance of terms \(terms)"
    case .member(let group): "membership in \(group)"
    case .credential(let wanted):
      wanted.type + Self.list(wanted.conditions)
    case .evidence(let wanted):
      wanted.kind + (wanted.of.map { " of \($0)" } ?? "") + Self.list(wanted.conditions)
    case .after(.instant(let instant)): "from \(instant)"
    case .after(.opening(let stage, let plus)): "\(Self.span(plus)) after stage \(stage) opened"
    case .wait(let duration): "\(Self.span(duration)) open for comment"
    }
  }

  /// What there is.
  func found(in explanation: Explanation) -> String {
    switch found {
    case .heads(let slots, let notCounted): Self.heads(slots, notCounted)
    case .records(let records): records.map(\.words).joined(separator: "; ")
    case .moment(let instant):
      instant.map { result == .met ? "since \($0)" : "until \($0)" } ?? "not open yet"
    case .statement(let statement):
      switch requirement {
      case .accept: statement == nil ? "not accepted" : "accepted"
      case .member: result == .met ? "a member" : "not a member"
      case .credential:
        statement == nil ? "none that counts (\(code ?? ""))" : "given"
      default: statement == nil ? "not given" : "given"
      }
    }
  }

  private static func heads(
    _ slots: [Evaluation.Slot],
    _ notCounted: [Evaluation.Exclusion]
  ) -> String {
    let heads = slots.compactMap { slot in
      slot.head.map { head in head.name + (slot.actsFor.map { " for \($0.name)" } ?? "") }
    }
    let missing = slots.count - heads.count
    let lack = missing == 0 ? "" : "\(missing) missing"
    let dropped = notCounted.map { "(\($0.head.name) does not count: \($0.why.words))" }
    return ([heads.joined(separator: ", "), lack].filter { !$0.isEmpty } + dropped)
      .joined(separator: "; ")
  }

  private static func list(_ conditions: [Condition]) -> String {
    conditions.isEmpty ? "" : ", " + conditions.map(\.description).joined(separator: ", ")
  }

  private static func span(_ duration: Duration) -> String {
    let days = duration.seconds / 86_400
    return duration.seconds % 86_400 == 0 && days > 0
      ? "\(days) \(days == 1 ? "day" : "days")" : duration.description
  }
}

extension Evaluation.Record {
  /// What was measured, by whom, and what is missing.
  fileprivate var words: String {
    guard let evidence else { return "none about \(tier)" }
    let metrics = evidence.metrics.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    let said = metrics.isEmpty ? "recorded" : metrics
    var words = "\(said), by \(evidence.by.name) at \(evidence.at)"
    if let goodUntil { words += ", good until \(goodUntil)" }
    switch code {
    case nil: words += confirmedBy.map { ", confirmed by \($0.name)" } ?? ""
    case "evidence.unconfirmed": words += "; somebody else must confirm it"
    case "evidence.stale": words += "; too old"
    default: words += "; not enough"
    }
    return words
  }
}

extension Evaluation.Exclusion.Reason {
  /// Why, as people say it.
  var words: String {
    switch self {
    case .requester: "the requester"
    case .beneficiary: "the beneficiary"
    case .service: "a service"
    case .recused: "recused"
    case .decider: "decided what is looked at again"
    case .placedHold: "placed the hold"
    case .evidenceAuthor: "author of the evidence"
    case .sameOrganisation: "of the same organisation"
    }
  }
}
