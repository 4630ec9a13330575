internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// Who reads, with what the registry says of them.
  var viewer: Viewer {
    get async throws {
      switch reader {
      case .operator: return .operator
      case .stranger, .unknownToken: return .stranger
      case .principal(let principal, _):
        let registration = try await ledger.registration(principal)
        return .principal(principal, isAuditor: registration?.isAuditor ?? false)
      }
    }
  }

  /// The reader's seat in a release that exists for the reader.
  ///
  /// - Throws: `Refusal.unknownRelease`; `badToken` to somebody whose token may be why.
  func seat(in id: Release.ID) async throws -> Seat {
    try await seat(in: id) { $0.knowsRelease }
  }

  /// The reader's seat where persons are asked about: auditors have one in every release.
  ///
  /// - Throws: What ``seat(in:)`` throws.
  func seat(amongPersonsOf id: Release.ID) async throws -> Seat {
    try await seat(in: id) { $0.knowsRelease || $0.isAuditor }
  }

  /// The reader's seats in one release, or in all that exist for the reader, by name.
  ///
  /// - Throws: What ``seat(in:)`` throws, of a release that is named.
  func seats(in id: Release.ID?) async throws -> [Seat] {
    try await seats(in: id) { $0.knowsRelease }
  }

  /// The reader's seats where persons are asked about.
  ///
  /// - Throws: What ``seat(in:)`` throws, of a release that is named.
  func seats(amongPersonsOf id: Release.ID?) async throws -> [Seat] {
    try await seats(in: id) { $0.knowsRelease || $0.isAuditor }
  }

  /// The reader's seats where somebody vouches for others: whoever's word counts in a release may look
  /// at what they said there.
  ///
  /// - Throws: What ``seat(in:)`` throws, of a release that is named.
  func seats(ofIssuersIn id: Release.ID?) async throws -> [Seat] {
    try await seats(in: id) { $0.knowsRelease || $0.isAuditor || $0.vouches }
  }

  private func seats(
    in id: Release.ID?,
    where counts: (Seat) -> Bool
  ) async throws -> [Seat] {
    if let id { return [try await seat(in: id, where: counts)] }
    var seats: [Seat] = []
    for id in try await ledger.releases() {
      let seat = try await place(in: id)
      if counts(seat) { seats.append(seat) }
    }
    return seats
  }

  private func seat(in id: Release.ID, where counts: (Seat) -> Bool) async throws -> Seat {
    let unknown = reader == .unknownToken ? Refusal.badToken : .unknownRelease(id)
    do {
      let seat = try await place(in: id)
      guard counts(seat) else { throw unknown }
      return seat
    } catch Refusal.unknownRelease { throw unknown }
  }

  private func place(in id: Release.ID) async throws -> Seat {
    let scope = reader.principal.map { Scope.person($0) } ?? .levelOnly
    return Seat(
      viewer: try await viewer,
      release: try await ledger.release(id, scope: scope),
      now: clock()
    )
  }

  /// A seat with more of its release folded.
  ///
  /// - Parameters:
  ///   - seat: The seat.
  ///   - scope: What is to be folded besides what the seat itself needs.
  ///   - size: After so many entries of the log; by default, after all.
  /// - Returns: The same reader's seat.
  /// - Throws: What the ledger throws.
  func widened(_ seat: Seat, to scope: Scope, after size: Int = .max) async throws -> Seat {
    let own = seat.principal.map { Scope.person($0) } ?? .levelOnly
    let release = try await ledger.release(
      seat.release.id,
      scope: scope.union(own),
      after: size
    )
    return Seat(viewer: seat.viewer, release: release, now: seat.now)
  }

  /// How many entries the log had at an instant that has passed; else all.
  func size(at instant: Instant?) async throws -> Int {
    guard let instant, instant < clock() else { return .max }
    return try await ledger.size(at: instant)
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
