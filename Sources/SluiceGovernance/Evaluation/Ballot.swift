internal import SluiceEncoding

/// The verdicts of one case as one authority counts them (governance-domain 5, steps 2 to 5).
struct Ballot {
  private let electorate: Electorate
  private var known: [Role.ID: [Electorate.Seat]] = [:]

  init(_ electorate: Electorate) { self.electorate = electorate }

  private mutating func seats(of role: Role.ID) -> [Electorate.Seat] {
    if let seats = known[role] { return seats }
    let seats = electorate.seats(of: role)
    known[role] = seats
    return seats
  }

  /// Step 3: enough denials in a role with a veto end the case.
  mutating func isVetoed(_ branches: [Branch]) -> Bool {
    for approve in branches.approvals {
      guard case .count(let veto) = approve.veto else { continue }
      let denying = seats(of: approve.role).compactMap { seat in
        seat.verdict.flatMap { $0.denial != nil && $0.strength >= approve.signature ? $0.by : nil }
      }
      if Set(denying).count >= veto { return true }
    }
    return false
  }

  /// The denials of those who count in a role that the gate asks for, in log order.
  mutating func denials(in branches: [Branch]) -> [Case.Verdict] {
    var denying: Set<Statement.ID> = []
    for approve in branches.approvals {
      for seat in seats(of: approve.role) {
        guard let verdict = seat.verdict, verdict.denial != nil,
          verdict.strength >= approve.signature
        else { continue }
        denying.insert(verdict.statement)
      }
    }
    return electorate.asked.verdicts.filter { denying.contains($0.statement) }
  }

  /// Steps 4 to 6 for one branch.
  mutating func judge(_ branch: Branch) -> Evaluation.Branch {
    let approvals = [branch].approvals
    let filled = match(approvals) { seat, approve in
      guard let verdict = seat.verdict, verdict.denial == nil,
        verdict.strength >= approve.signature
      else { return [] }
      return [seat.speaker]
    }
    let possible = match(approvals) { seat, _ in seat.hopes }
    let knowsRoles = approvals.allSatisfy { approve in
      electorate.roster.roles.contains { $0.role == approve.role }
    }
    var rest = filled[...]
    let inquiry = Inquiry(electorate)
    let parts = branch.parts.map { part in
      guard case .approve(let approve) = part.requirement else { return inquiry.judge(part) }
      let heads = Array(rest.prefix(approve.count))
      rest = rest.dropFirst(approve.count)
      return judged(
        part,
        approve,
        by: heads,
        canBeMet: !knowsRoles || !possible.contains(nil)
      )
    }
    return .init(result: parts.map(\.result).min() ?? .met, parts: parts)
  }

  /// Step 5: one head fills one slot, whatever places it speaks for.
  private mutating func match(
    _ approvals: [Requirement.Approve],
    _ candidates: (Electorate.Seat, Requirement.Approve) -> [Principal.ID]
  ) -> [Principal.ID?] {
    var slots: [[Principal.ID]] = []
    for approve in approvals {
      var heads: [Principal.ID] = []
      for head in seats(of: approve.role).flatMap({ candidates($0, approve) })
      where !heads.contains(head) {
        heads.append(head)
      }
      slots += Array(repeating: heads, count: approve.count)
    }
    return Matching(candidates: slots).heads
  }

  private mutating func judged(
    _ part: Part,
    _ approve: Requirement.Approve,
    by heads: [Principal.ID?],
    canBeMet: Bool
  ) -> Evaluation.Part {
    let seats = seats(of: approve.role)
    let slots = heads.map { head -> Evaluation.Slot in
      let seat = head.flatMap { head in
        seats.first { $0.holder == head && $0.speaker == head && $0.verdict != nil }
          ?? seats.first { $0.speaker == head && $0.verdict != nil }
      }
      return Evaluation.Slot(
        role: approve.role,
        head: head,
        actsFor: seat.flatMap { $0.holder == head ? nil : $0.holder },
        statement: seat?.verdict?.statement
      )
    }
    let isMet = !heads.contains(nil)
    return Evaluation.Part(
      path: part.path,
      requirement: part.requirement,
      result: isMet ? .met : canBeMet ? .open : .dead,
      found: .heads(
        slots,
        notCounted: seats.compactMap { seat in
          seat.exclusion.map { Evaluation.Exclusion(head: seat.holder, why: $0) }
        }
      ),
      code: isMet ? nil : canBeMet ? "approve.missing" : "approve.impossible"
    )
  }
}

extension [Branch] {
  /// The `approve` requirements, in file order.
  fileprivate var approvals: [Requirement.Approve] {
    flatMap(\.parts).compactMap { part in
      if case .approve(let approve) = part.requirement { approve } else { nil }
    }
  }
}
