public import SluiceAPI
public import SluiceEncoding
public import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// All that the log says about a principal, in the releases in which the reader sees everybody; all of
  /// it about oneself.
  ///
  /// That somebody else was looked at is recorded.
  public func person(_ principal: Principal.ID, at: Instant?) async throws -> PersonPage {
    try requireName()
    let isOwn = principal == reader.principal
    let places = try await seats(amongPersonsOf: nil).filter { isOwn || $0.seesEverybody }
    guard isOwn || !places.isEmpty || reader == .operator else { throw Refusal.notForYou }
    var found = Found()
    for place in places {
      let size = try await size(at: at)
      let scope = try await scope(of: principal, in: place.release.id)
      let seat = try await widened(place, to: scope, after: size)
      var here = Found(principal, seat, at: at ?? place.now)
      here.deliveries = try await lines(
        ledger.possessions(of: place.release.id, principal: principal, at: at)
      )
      if !isOwn, !here.isEmpty { try await record(.persons, of: place.release.id) }
      found.append(here)
    }
    let seesAll = isOwn || reader == .operator || places.contains(where: \.isAuditor)
    let registration = try await ledger.registration(principal)
    return PersonPage(
      principal: principal,
      at: at ?? clock(),
      organisation: seesAll || !found.isEmpty ? registration?.organisation : nil,
      isAuditor: seesAll ? registration?.isAuditor ?? false : false,
      roles: found.roles,
      grants: found.grants,
      cases: found.cases.sorted { $0.number < $1.number },
      memberships: found.memberships,
      credentials: found.credentials,
      holds: found.holds,
      deliveries: found.deliveries.sorted { $0.possession.first < $1.possession.first }
    )
  }

  /// What there is about somebody.
  private struct Found {
    var roles: [PersonPage.Seat] = []
    var grants: [GrantLine] = []
    var cases: [CaseLine] = []
    var memberships: [MemberLine] = []
    var credentials: [CredentialLine] = []
    var holds: [HoldLine] = []
    var deliveries: [PossessionLine] = []

    init() {}

    init(_ principal: Principal.ID, _ seat: Seat, at now: Instant) {
      let release = seat.release
      roles = (release.adoption?.roster.roles(of: principal) ?? []).map {
        PersonPage.Seat(release: release.id, role: $0)
      }
      let theirs = release.groups(of: principal)
      grants = release.grants.values.filter { grant in
        switch grant.terms.audience {
        case .everyone: false
        case .principal(let holder): holder == principal
        case .group(let group): theirs.contains(group)
        }
      }.sorted { $0.index < $1.index }.map { seat.line($0, at: now) }
      cases = release.cases.values.filter {
        $0.requester == principal || $0.beneficiary == principal
      }.map { CaseLine($0, in: release, waitsForMe: false) }
      memberships = release.memberships.sorted { $0.key.rawValue < $1.key.rawValue }
        .flatMap { group, members in
          members.filter { $0.member == principal }.map { seat.line($0, of: group) }
        }
      credentials = release.credentials.filter { $0.holder == principal }
        .map { CredentialLine($0, in: release.id) }
      holds = release.holds.filter { $0.subject == .principal(principal) }
        .map { seat.line($0, at: now) }
    }

    var isEmpty: Bool {
      roles.isEmpty && grants.isEmpty && cases.isEmpty && memberships.isEmpty
        && credentials.isEmpty && holds.isEmpty && deliveries.isEmpty
    }

    mutating func append(_ other: Found) {
      roles += other.roles
      grants += other.grants
      cases += other.cases
      memberships += other.memberships
      credentials += other.credentials
      holds += other.holds
      deliveries += other.deliveries
    }
  }
}
