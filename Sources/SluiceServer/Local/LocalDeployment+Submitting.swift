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
    try await requireNews(envelopes)
    let said = envelopes.compactMap { try? Statement(canonical: $0.statement) }
    let outcome = try await ledger.attempt(
      submissions,
      documents: documents,
      beginsReleases: reader == .operator,
      at: clock()
    )
    switch outcome {
    case .success(let receipt): return try await submitted(receipt, saying: said)
    case .failure(let declined): throw try await explained(declined, of: said)
    }
  }

  /// Refuses an agreement that is on record already and that nothing asks for again.
  ///
  /// Told only to who agreed, and to the operator. What is owed after a grant is given anew, and so is
  /// what was signed with a key that is held.
  private func requireNews(_ envelopes: [Envelope]) async throws {
    guard envelopes.count == 1, let envelope = envelopes.first,
      let said = try? Statement(canonical: envelope.statement), said.type == .accept,
      reader == .operator || reader.principal == said.by
    else { return }
    let scope = Scope.person(said.by)
    guard let release = try? await ledger.release(said.release, scope: scope),
      let earlier = release.acceptances[said.by]?[said.subject.digest],
      earlier.statement != said.id, earlier.key != nil || envelope.signature == nil
    else { return }
    let isDoubtful = release.holds.contains { hold in
      if case .key = hold.subject { true } else { false }
    }
    let mine = acting(as: .principal(said.by, token: ""))
    let owing = try await mine.grants(GrantFilter(release: said.release, isMine: true))
      .flatMap(\.owes).filter { owed in
        if case .accept = owed.act { owed.state != .paid } else { false }
      }
    guard !isDoubtful, owing.isEmpty else { return }
    let name = said.subject.name
    throw Refusal.stale("you agreed to \(name) at \(earlier.at), and it is the same text")
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

  /// The refusal of a statement with what its signer may know: which release, which gate, and of a case
  /// that was worded anew what it says by now.
  ///
  /// Whoever only claims to be somebody learns nothing as that person: a statement makes its signer a
  /// reader once it was found to be theirs.
  private func explained(_ declined: Declined, of said: [Statement]) async throws -> Explained {
    let refusal = declined.refusal
    let release = said.first?.release
    let cause = try await cause(of: refusal, in: release)
    let viewers = [try await viewer] + declined.heard.map { Viewer.principal($0.by) }
    var clause: Clause?
    if let statement = declined.heard.last {
      clause = try await self.clause(
        behind: refusal,
        on: Ground(statement),
        in: statement.release,
        for: viewers
      )
    }
    let why = try await release.asyncMap {
      try await explanation(of: refusal, in: $0, for: viewers)
    }
    let unexplained = Explained(
      refusal,
      about: .init(release: release, cause: cause, clause: clause),
      explanation: why ?? nil
    )
    guard let reference = refusal.case(among: said),
      let row = try await ledger.case(reference)
    else { return unexplained }
    let seats = try await seats(of: viewers, in: row.release, scope: .case(row.id))
    let view = try await view(of: row.id, in: row.release)
    guard seats.contains(where: { $0.sight(of: view.asked) >= .page }) else { return unexplained }
    var difference: [Wording.Difference] = []
    if case .staleRevision = refusal, let read = said.lazy.compactMap(\.revisionRead).first {
      difference = try await wording(of: view).differences(since: read) ?? []
    }
    return Explained(
      refusal,
      about: .init(release: row.release, case: row.number, clause: clause),
      explanation: view.explanation,
      difference: difference
    )
  }
}

extension Refusal {
  /// The case that the refusal is about, as people or statements name it.
  fileprivate func `case`(among statements: [Statement]) -> String? {
    switch self {
    case .ownCase(let number), .othersCase(let number, _), .recused(let number, _),
      .caseClosed(let number, _), .caseReturned(let number), .duplicate(let number):
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
