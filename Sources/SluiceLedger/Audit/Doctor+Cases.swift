internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Doctor {
  /// Compares, decision by decision, who was counted with the slots of the stored explanation.
  mutating func examineHeads(in whole: Release) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT decision.*, event.body AS body FROM decision JOIN event ON event.seq = decision.seq
        WHERE event.release = ? AND decision.outcome = 'approved' AND event.body IS NOT NULL
        ORDER BY decision.seq
        """,
      arguments: [whole.id.rawValue]
    )
    for row in rows {
      let index: Int = row["seq"]
      let counted = (Self.body(of: row)["counted"]?.arrayValue ?? []).compactMap(\.stringValue)
      let heads = try counted.compactMap { id in
        try ledger.bytes(of: Statement.ID(id), in: db).flatMap {
          try? Statement(canonical: $0).by
        }
      }
      guard heads.count == counted.count, Set(heads).count == heads.count else {
        find(
          .heads,
          .event(index),
          "counts \(Set(heads).count) heads by \(counted.count) statements"
        )
        continue
      }
      if let asked = whole.cases[Case.ID(row["case_id"])] {
        for head in heads where Self.isParty(head, of: asked, in: whole) {
          find(.heads, .event(index), "counts \(head), who is a party")
        }
      }
      let explanation: Data = row["explanation"]
      for slots in Self.slots(of: Array(explanation)) where slots.contains(nil) || slots.hasTwins {
        find(.heads, .event(index), "has \(slots.count) slots, and not as many heads in them")
      }
    }
  }

  private static func isParty(_ head: Principal.ID, of asked: Case, in whole: Release) -> Bool {
    head == asked.requester || head == asked.beneficiary || head.kind == .service
      || asked.recusals[head] != nil && asked.state == .approved
  }

  /// Who sits in the slots of the branch that was met: of each authority one list.
  private static func slots(of explanation: [UInt8]) -> [[String?]] {
    let value = try? JSONValue(parsing: explanation, .document, format: "explanation")
    guard let object = value?.objectValue else { return [] }
    return [object, object["successor"]?.objectValue].compactMap { $0 }.map { side in
      let met = side["branches"]?.arrayValue?.first { $0.objectValue?["result"] == "met" }
      return (met?.objectValue?["parts"]?.arrayValue ?? [])
        .flatMap { $0.objectValue?["slots"]?.arrayValue ?? [] }
        .map { $0.objectValue?["head"]?.stringValue }
    }
  }

  /// Whether each version that was adopted follows the one before it.
  mutating func examineVersions(of whole: Release) {
    var (policy, roster): (Policy?, Roster?) = (nil, nil)
    for adoption in whole.adoptions {
      let isNewPolicy = policy?.digest != adoption.policy.digest
      let isNewRoster = roster?.digest != adoption.roster.digest
      let faults =
        (isNewPolicy ? adoption.policy.check(adopted: policy) : [])
        + (isNewRoster ? adoption.roster.check(adopted: roster) : [])
      for fault in faults {
        find(
          .versions,
          .row(table: "case_file", key: adoption.case.rawValue),
          "what it adopted does not follow: \(fault.path): \(fault.message)"
        )
      }
      (policy, roster) = (adoption.policy, adoption.roster)
    }
  }

  /// Whether the same is asked for twice at once, or a grant has two successors.
  mutating func examineUniqueness(in whole: Release) {
    var open: [Question: Int] = [:]
    for asked in whole.cases.values.filter(\.isOpen).sorted(by: { $0.number < $1.number }) {
      if let other = open[Question(asked)] {
        find(
          .uniqueness,
          .row(table: "case_file", key: asked.id.rawValue),
          "asks for what case \(other) asks for, and both are open"
        )
      }
      open[Question(asked)] = asked.number
    }
    var followed: Set<Grant.ID> = []
    for grant in whole.grants.values.sorted(by: { $0.index < $1.index }) {
      guard let old = grant.terms.successorOf, !followed.insert(old).inserted else { continue }
      find(.uniqueness, .event(grant.index), "grant \(old) has a successor already")
    }
  }
}

/// What a case asks for, as far as a second one would be the same.
private struct Question: Hashable {
  let kind: Case.Kind
  var stage: Stage.ID?
  var party: Statement.Beneficiary?
  var purpose: [UInt8] = []
  var tiers: [Tier.ID] = []
  var about: String?

  init(_ asked: Case) {
    kind = asked.kind
    switch asked.filing {
    case .amend: break
    case .open(let stage, _): self.stage = stage
    case .access(let stage, _, let beneficiary, let purpose):
      (self.stage, party, self.purpose) = (stage, beneficiary, Array(purpose.utf8))
    case .emergency(_, let beneficiary, _):
      (party, tiers) = (.principal(beneficiary), asked.tiers)
    case .renew(let id, _): about = id.rawValue
    case .lift(let id, _): about = id.rawValue
    case .appeal(let id, let revision, _): about = "\(id) \(revision)"
    case .review(let id): about = id.rawValue
    }
  }
}

extension [String?] {
  /// Whether somebody is in it twice.
  fileprivate var hasTwins: Bool {
    let heads = compactMap { $0 }
    return Set(heads).count < heads.count
  }
}
