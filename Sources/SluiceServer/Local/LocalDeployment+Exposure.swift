public import SluiceAPI
public import SluiceEncoding
public import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// What left under a grant, and what else its holder has: for the operator, the release's stewards,
  /// auditors, who are on record for it, and the holder.
  ///
  /// Who holds it as one of a group is told what they themself received, and of the group's cases those
  /// that they may read: what the other members fetched is not theirs to know.
  public func exposure(of grant: Grant.ID, at: Instant?) async throws -> ExposurePage {
    let (given, seat) = try await find(grant)
    let name = given.terms.release
    let isOwn = seat.holds(given)
    if seat.seesEverybody, !isOwn { try await record(.deliveries, of: name) }
    let now = at ?? seat.now
    let wide = try await widened(
      seat,
      to: .case(given.terms.case),
      after: try await size(at: at)
    )
    guard let shown = wide.release.grants[grant] else {
      throw Refusal.unfit("at: the grant was issued only later")
    }
    let isWhole = seat.seesEverybody || isOwn
    let received = try await ledger.possessions(of: name, grant: grant, at: at)
      .filter { isWhole || $0.principal == seat.principal }
    let deliveries = try await lines(received)
    let others = wide.release.grants.values.filter {
      $0.id != grant && $0.terms.audience == given.terms.audience
    }.sorted { $0.index < $1.index }
    let open = wide.release.cases.values.filter { asked in
      asked.isOpen && asked.isOf(given.terms.audience)
        && (isWhole || wide.sight(of: asked) >= .page)
    }.sorted { $0.number < $1.number }
    if !isWhole, !open.allSatisfy(wide.isParty) { try await record(.cases, of: name) }
    let line = wide.line(shown, at: now)
    return ExposurePage(
      grant: line,
      at: now,
      deliveries: deliveries,
      grants: others.map { wide.line($0, at: now) },
      cases: open.map { CaseLine($0, in: wide.release, waitsForMe: false) },
      text: Self.words(
        line,
        deliveries,
        isWhole ? "" : " to you",
        others: others.count,
        open: open.count
      )
    )
  }

  /// The grant that is meant and the seat from which its exposure may be seen.
  ///
  /// - Throws: `Refusal.unknownGrant`, the same for one that there is not and one that is not the
  ///   reader's to see.
  private func find(_ grant: Grant.ID) async throws -> (Grant, Seat) {
    try requireName()
    let unknown = Refusal.unknownGrant(grant)
    guard let given = try await ledger.grant(grant) else { throw unknown }
    let places = try await seats(amongPersonsOf: nil)
    guard let seat = places.first(where: { $0.release.id == given.terms.release }),
      seat.seesEverybody || seat.owns(given)
    else { throw unknown }
    return (given, seat)
  }

  private static func words(
    _ grant: GrantLine,
    _ deliveries: [PossessionLine],
    _ whom: String,
    others: Int,
    open: Int
  ) -> String {
    let whole = deliveries.count { $0.possession.isComplete }
    let bytes = deliveries.map(\.possession.bytes).reduce(0, +)
    var lines = [
      "grant \(grant.id.rawValue.prefix(12)) to \(grant.audience.text): \(grant.status.rawValue)",
      "\(deliveries.count) files left under it\(whom), \(whole) of them whole, at most \(bytes) bytes",
    ]
    lines += deliveries.map { line in
      let held = line.possession
      let what = held.isComplete ? "whole" : "at most \(held.bytes) of \(held.size) bytes"
      let whose = held.principal.map { "\($0.name), " } ?? ""
      return " \(held.tier) \(held.file): \(what), \(held.first) to \(held.last), "
        + "\(whose)\(held.credential)"
    }
    lines.append("What left stays where it went: ending the grant does not recall it.")
    lines.append("the holder has \(others) other grants and \(open) open cases here, untouched")
    return lines.joined(separator: "\n")
  }
}

extension Seat {
  /// A grant as it stands, from the seat's fold.
  func line(_ grant: Grant, at now: Instant) -> GrantLine {
    GrantLine(grant, number: release.cases[grant.terms.case]?.number, in: release, at: now)
  }
}

extension Case {
  /// Whether the same would obtain something as have a grant.
  fileprivate func isOf(_ audience: Grant.Audience) -> Bool {
    switch audience {
    case .everyone: false
    case .principal(let holder): requester == holder || beneficiary == holder
    case .group(let group): party == .group(group)
    }
  }
}
