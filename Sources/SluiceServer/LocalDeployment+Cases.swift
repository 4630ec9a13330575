public import SluiceAPI
public import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// The cases that the reader may see, those that wait for the reader first, else by number.
  public func cases(_ filter: CaseFilter) async throws -> [CaseLine] {
    try requireName()
    if let release = filter.release { _ = try await seat(in: release) }
    if filter.isMine, reader.principal == nil { return [] }
    let rows = try await ledger.cases(
      of: filter.release,
      state: filter.state,
      kind: filter.kind,
      party: filter.isMine ? reader.principal : nil,
      isOverdue: filter.isOverdue
    )
    var seats: [Release.ID: Seat] = [:]
    var lines: [CaseLine] = []
    for row in rows {
      if seats[row.release] == nil {
        let release = try await ledger.release(row.release, scope: .levelOnly)
        seats[row.release] = Seat(reader: reader, release: release)
      }
      guard seats[row.release]?.knows(row) == true else { continue }
      lines.append(try await line(row))
    }
    return lines.filter(\.waitsForMe) + lines.filter { !$0.waitsForMe }
  }

  /// A case with all that the reader needs in order to act on it.
  public func `case`(_ reference: String) async throws -> CasePage {
    let (row, seat) = try await find(reference)
    let view = try await view(of: row)
    guard let filing = try await ledger.statement(Statement.ID(row.id.rawValue)) else {
      throw Refusal.logCorrupt("case \(row.number): the statement that began it is missing")
    }
    let history = try await ledger.history(of: row.id)
    return CasePage(
      case: CaseLine(row, waitsForMe: reader.principal.map(view.evaluation.waits) ?? false),
      filing: filing,
      manifests: view.release.manifests(of: view.asked),
      explanation: view.explanation,
      text: view.text,
      answers: seat.visible(try await ledger.answers(of: row.id), of: row),
      history: history.map { happening in
        HistoryLine(
          at: happening.at,
          kind: happening.kind,
          by: happening.by,
          code: happening.code,
          reason: happening.reason,
          statement: happening.statement
        )
      }
    )
  }

  /// Why a case stands where it stands or, at an instant that has passed, where it stood.
  public func explanation(of reference: String, at: Instant?) async throws -> ExplanationPage {
    let (row, _) = try await find(reference)
    let view = try await view(of: row, at: at)
    return ExplanationPage(explanation: view.explanation, text: view.text)
  }

  /// The case that is meant, if it exists for the reader.
  ///
  /// - Throws: `Refusal.unknownCase`, the same for one that there is not and one that is not the
  ///   reader's to see.
  private func find(_ reference: String) async throws -> (CaseRow, Seat) {
    try requireName()
    guard let row = try await ledger.case(reference) else {
      throw Refusal.unknownCase(Case.ID(reference))
    }
    let release = try await ledger.release(row.release, scope: .levelOnly)
    let seat = Seat(reader: reader, release: release)
    guard seat.knows(row) else { throw Refusal.unknownCase(Case.ID(reference)) }
    return (row, seat)
  }

  /// A line for a row that the reader may see.
  func line(_ row: CaseRow) async throws -> CaseLine {
    guard row.endedAt == nil, let principal = reader.principal else {
      return CaseLine(row, waitsForMe: false)
    }
    return CaseLine(row, waitsForMe: try await view(of: row).evaluation.waits(for: principal))
  }

  /// Refuses whoever has no name, where an answer is about persons.
  func requireName() throws(Refusal) {
    switch reader {
    case .operator, .principal: return
    case .stranger: throw .noToken
    case .unknownToken: throw .badToken
    }
  }
}

extension CaseLine {
  init(_ row: CaseRow, waitsForMe: Bool) {
    self.init(
      id: row.id,
      number: row.number,
      kind: row.kind,
      state: row.state,
      release: row.release,
      stage: row.stage,
      tiers: row.tiers,
      requester: row.requester,
      beneficiary: row.beneficiary,
      purpose: row.purpose,
      revision: row.revision,
      policy: row.policy,
      gate: row.gate,
      filedAt: row.filedAt,
      dueAt: row.dueAt,
      isOverdue: row.isOverdue,
      lapseAt: row.lapseAt,
      waitsForMe: waitsForMe,
      summary: Self.summary(of: row)
    )
  }

  private static func summary(of row: CaseRow) -> String {
    let tiers = row.tiers.map(\.rawValue).joined(separator: ", ")
    let stage = row.stage?.rawValue ?? ""
    return switch row.kind {
    case .amend: "adopt the policy and the roster"
    case .open: "open stage \(stage) (\(tiers))"
    case .access: "\(row.beneficiary?.name ?? "") asks for \(tiers) (stage \(stage))"
    }
  }
}
