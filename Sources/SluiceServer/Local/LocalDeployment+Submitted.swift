internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// What a receipt says to those who signed: what was taken in can decide cases that are not theirs to
  /// see.
  func submitted(_ receipt: Receipt, saying said: [Statement]) async throws -> Submitted {
    var viewers = [try await viewer] + Set(said.map(\.by)).map { Viewer.principal($0) }
    if reader == .operator { viewers = [.operator] }
    return Submitted(
      events: receipt.events.map { .init(index: $0.index, kind: $0.kind) },
      cases: try await cases(receipt, for: viewers),
      grants: try await grants(receipt, for: viewers),
      holds: try await holds(receipt, said, for: viewers),
      evidence: try await evidence(said, for: viewers),
      undermined: try await undermined(said, for: viewers)
    )
  }

  /// The approvals that rest on what a key signed since it is in doubt, for those who see everybody.
  private func undermined(
    _ said: [Statement],
    for viewers: [Viewer]
  ) async throws -> [UnderminedLine] {
    var lines: [UnderminedLine] = []
    for statement in said {
      guard case .hold(let order) = statement.body, let since = order.since,
        case .key(let fingerprint)? = try? Hold.Subject(statement.subject)
      else { continue }
      let seats = try await seats(of: viewers, in: statement.release, scope: .levelOnly)
      guard seats.contains(where: \.seesEverybody) else { continue }
      lines += try await ledger.undermined(by: fingerprint, since: since, in: statement.release)
        .map { found in
          UnderminedLine(
            release: statement.release,
            number: found.number,
            kind: found.kind,
            approvedAt: found.at,
            grants: found.grants
          )
        }
    }
    return lines
  }

  private func cases(_ receipt: Receipt, for viewers: [Viewer]) async throws -> [CaseLine] {
    var cases: [CaseLine] = []
    for touched in receipt.cases {
      guard let row = try await ledger.case(touched.id.rawValue) else { continue }
      let seats = try await seats(of: viewers, in: row.release, scope: .case(row.id))
      let view = try await view(of: row.id, in: row.release)
      guard seats.contains(where: { $0.sight(of: view.asked) >= .page }) else { continue }
      let own = seats.first { $0.principal == reader.principal } ?? seats[0]
      cases.append(view.line(for: own))
    }
    return cases
  }

  private func grants(_ receipt: Receipt, for viewers: [Viewer]) async throws -> [GrantLine] {
    var grants: [GrantLine] = []
    for grant in receipt.grants {
      let scope = Scope.case(grant.terms.case)
      let seats = try await seats(of: viewers, in: grant.terms.release, scope: scope)
      guard let seat = seats.first(where: { $0.sees(grant) }) else { continue }
      grants.append(seat.line(grant, at: seat.now))
    }
    return grants
  }

  /// The holds that were placed, and those whose lifting was decided.
  private func holds(
    _ receipt: Receipt,
    _ said: [Statement],
    for viewers: [Viewer]
  ) async throws -> [HoldLine] {
    let placed = said.filter { $0.type == .hold }.map { Hold.ID($0.id.rawValue) }
    let lifted = receipt.cases.compactMap { asked -> Hold.ID? in
      guard asked.state == .approved, case .lift(let hold, _) = asked.filing else { return nil }
      return hold
    }
    let touched = Set(placed + lifted)
    guard !touched.isEmpty else { return [] }
    var lines: [HoldLine] = []
    for name in said.releases {
      let seats = try await seats(of: viewers, in: name, scope: .levelOnly)
      for hold in try await ledger.holds(of: name) where touched.contains(hold.id) {
        guard let seat = seats.first(where: { $0.sees(hold) }) else { continue }
        lines.append(seat.line(hold, at: seat.now))
      }
    }
    return lines
  }

  /// The evidence that was recorded, and that of which somebody said or took back that they checked it.
  private func evidence(_ said: [Statement], for viewers: [Viewer]) async throws -> [EvidenceLine] {
    let named = said.filter { [.evidence, .report, .confirm, .retract].contains($0.type) }
    guard !named.isEmpty else { return [] }
    let touched = Set(named.flatMap { [$0.id.rawValue, $0.subject.digest.hex] })
    var lines: [EvidenceLine] = []
    for name in named.releases {
      let seats = try await seats(of: viewers, in: name, scope: .levelOnly)
      let found = seats.first?.release.evidence.filter { touched.contains($0.id.rawValue) }
      lines += (found ?? []).compactMap { evidence in
        seats.lazy.compactMap { $0.line(evidence) }.first
      }
    }
    return lines
  }

  /// The seats of several in one release.
  func seats(
    of viewers: [Viewer],
    in name: Release.ID,
    scope: Scope
  ) async throws -> [Seat] {
    let all = viewers.compactMap(\.principal).reduce(scope) { $0.union(.person($1)) }
    let release = try await ledger.release(name, scope: all)
    return viewers.map { Seat(viewer: $0, release: release, now: clock()) }
  }
}

extension [Statement] {
  /// The releases that they concern, each once.
  fileprivate var releases: [Release.ID] {
    Set(map(\.release)).sorted { $0.rawValue < $1.rawValue }
  }
}
