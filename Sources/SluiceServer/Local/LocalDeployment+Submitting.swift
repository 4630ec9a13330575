public import SluiceAPI
public import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// Has statements taken in, all or none; a refusal carries the explanation of its case.
  ///
  /// A release begins at the operator's shell only (README join 12): over HTTP whoever lists himself in
  /// a roster of his own could otherwise take a name, and learn whether there is one.
  public func submit(
    _ envelopes: [Envelope],
    documents: [SHA256Digest: [UInt8]]
  ) async throws -> Submitted {
    var submissions: [Submission] = []
    for envelope in envelopes { submissions.append(try submission(envelope)) }
    let receipt: Receipt
    do {
      receipt = try await ledger.perform(
        submissions,
        documents: documents,
        beginsReleases: reader == .operator,
        at: clock()
      )
    } catch let refusal as Refusal { throw try await explained(refusal, of: envelopes) }
    let signers = envelopes.compactMap { try? Statement(canonical: $0.statement).by }
    return try await submitted(receipt, by: Set(signers))
  }

  private func submission(_ envelope: Envelope) throws(Refusal) -> Submission {
    let proof: Submission.Proof
    switch (envelope.signature, reader) {
    case (let armor?, _): proof = .signature(armor: armor, second: envelope.second)
    case (nil, .principal(let principal, let token)): proof = .session(principal, token: token)
    case (nil, .operator): throw .unsigned
    case (nil, .stranger): throw .noToken
    case (nil, .unknownToken): throw .badToken
    }
    return Submission(statement: envelope.statement, proof: proof)
  }

  /// What a receipt says to those who signed: what was taken in can decide cases that are not theirs to
  /// see.
  private func submitted(_ receipt: Receipt, by signers: Set<Principal.ID>) async throws
    -> Submitted
  {
    var viewers = [try await viewer] + signers.map { Viewer.principal($0) }
    if reader == .operator { viewers = [.operator] }
    var cases: [CaseLine] = []
    for touched in receipt.cases {
      guard let row = try await ledger.case(touched.id.rawValue) else { continue }
      let seats = try await seats(of: viewers, in: row.release, scope: .case(row.id))
      let view = try await view(of: row.id, in: row.release)
      guard seats.contains(where: { $0.sight(of: view.asked) >= .page }) else { continue }
      let own = seats.first { $0.principal == reader.principal } ?? seats[0]
      cases.append(view.line(for: own))
    }
    var grants: [GrantLine] = []
    for grant in receipt.grants {
      let scope = Scope.case(grant.terms.case)
      let seats = try await seats(of: viewers, in: grant.terms.release, scope: scope)
      guard let seat = seats.first(where: { $0.sees(grant) }) else { continue }
      grants.append(seat.line(grant, at: seat.now))
    }
    return Submitted(
      events: receipt.events.map { .init(index: $0.index, kind: $0.kind) },
      cases: cases,
      grants: grants
    )
  }

  /// The seats of several in one release.
  private func seats(
    of viewers: [Viewer],
    in name: Release.ID,
    scope: Scope
  ) async throws -> [Seat] {
    let all = viewers.compactMap(\.principal).reduce(scope) { $0.union(.person($1)) }
    let release = try await ledger.release(name, scope: all)
    return viewers.map { Seat(viewer: $0, release: release, now: clock()) }
  }

  /// The refusal of a statement with what its signer may know: which release, which gate, and of a case
  /// that was worded anew what it says by now.
  private func explained(_ refusal: Refusal, of envelopes: [Envelope]) async throws -> Explained {
    let said = envelopes.compactMap { try? Statement(canonical: $0.statement) }
    let cause = try await cause(of: refusal, in: said.first?.release)
    let unexplained = Explained(
      refusal,
      about: .init(release: said.first?.release, cause: cause)
    )
    guard let reference = refusal.case(among: said),
      let row = try await ledger.case(reference)
    else { return unexplained }
    let viewers = [try await viewer] + said.map { Viewer.principal($0.by) }
    let seats = try await seats(of: viewers, in: row.release, scope: .case(row.id))
    let view = try await view(of: row.id, in: row.release)
    guard seats.contains(where: { $0.sight(of: view.asked) >= .page }) else { return unexplained }
    var difference: [Wording.Difference] = []
    if case .staleRevision = refusal, let read = said.lazy.compactMap(\.revisionRead).first {
      difference = try await wording(of: view).differences(since: read) ?? []
    }
    return Explained(
      refusal,
      about: .init(release: row.release, case: row.number),
      explanation: view.explanation,
      difference: difference
    )
  }
}

extension Refusal {
  /// The case that the refusal is about, as people or statements name it.
  fileprivate func `case`(among statements: [Statement]) -> String? {
    switch self {
    case .ownCase(let number), .recused(let number, _), .caseClosed(let number, _),
      .caseReturned(let number), .duplicate(let number):
      String(number)
    case .staleRevision: statements.lazy.compactMap(\.caseRead).first?.rawValue
    default: nil
    }
  }
}

extension Statement {
  /// The case of which it names the revision that was read.
  fileprivate var caseRead: Case.ID? {
    switch body {
    case .approve(let verdict), .deny(let verdict, _): verdict.case
    case .return(let id, _, _): id
    case .revise: Case.ID(subject.digest.hex)
    default: nil
    }
  }

  /// The revision that was read.
  fileprivate var revisionRead: Case.Revision.ID? {
    switch body {
    case .approve(let verdict), .deny(let verdict, _): verdict.revision
    case .return(_, let revision, _): revision
    case .revise(let words): words.revision
    default: nil
    }
  }
}
