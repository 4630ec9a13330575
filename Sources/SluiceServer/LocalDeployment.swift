internal import Foundation
public import SluiceAPI
public import SluiceEncoding
public import SluiceGovernance
public import SluiceLedger

/// The deployment on this machine: the contract, answered from the ledger.
///
/// Routes and commands ask it alike. It decides nothing: what a reader may see follows from roster,
/// case and registry here, and what a statement does is the ledger's.
public struct LocalDeployment: Deployment {
  /// As whom a deployment is asked.
  public enum Reader: Hashable, Sendable {
    /// The operator at the machine's own shell, who could read the files anyway.
    case `operator`
    /// Somebody whose bearer token came with the request; `token` is the token's id.
    case principal(Principal.ID, token: String)
    /// Somebody without a name.
    case stranger
    /// Somebody whose token counts for nobody: a stranger who is told so where a name is needed.
    case unknownToken

    /// Who, if it is known.
    public var principal: Principal.ID? {
      guard case .principal(let principal, _) = self else { return nil }
      return principal
    }
  }

  /// What is remembered.
  public let ledger: Ledger
  /// As whom it is asked.
  public let reader: Reader
  let clock: @Sendable () -> Instant

  /// Asks `ledger` as `reader`; `clock` is the process's.
  public init(_ ledger: Ledger, reader: Reader, clock: @escaping @Sendable () -> Instant) {
    self.ledger = ledger
    self.reader = reader
    self.clock = clock
  }

  /// The same deployment, asked as somebody else.
  public func acting(as reader: Reader) -> LocalDeployment {
    LocalDeployment(ledger, reader: reader, clock: clock)
  }

  /// What the deployment says of itself, and as whom it takes the reader.
  public func standing() async throws -> Standing {
    let key = try ledger.home.map { try String(contentsOf: $0.releasePublicKey, encoding: .utf8) }
    return Standing(
      origin: ledger.origin,
      head: try await ledger.head(),
      vkey: ledger.verifierKey,
      releaseKeys: [key].compactMap { $0 },
      principal: reader.principal
    )
  }

  /// Has statements taken in, all or none; a refusal carries the explanation of its case.
  public func submit(
    _ envelopes: [Envelope],
    documents: [SHA256Digest: [UInt8]]
  ) async throws -> Submitted {
    try refuseAmendments(among: envelopes)
    var submissions: [Submission] = []
    for envelope in envelopes { submissions.append(try submission(envelope)) }
    let receipt: Receipt
    do {
      receipt = try await ledger.perform(submissions, documents: documents, at: clock())
    } catch let refusal as Refusal { throw try await explained(refusal, of: envelopes) }
    return try await submitted(receipt)
  }

  /// A release begins at the operator's shell only (README join 12): over HTTP whoever lists himself in
  /// a roster of his own could otherwise take a name, and learn whether there is one.
  private func refuseAmendments(among envelopes: [Envelope]) throws(Refusal) {
    guard reader != .operator else { return }
    for envelope in envelopes {
      let statement: Statement
      do throws(Malformed) { statement = try Statement(canonical: envelope.statement) } catch {
        continue  // The ledger says what is wrong with it.
      }
      if case .file(.amend) = statement.body { throw .unknownRelease(statement.release) }
    }
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

  /// What a receipt says, as the contract says it.
  package func submitted(_ receipt: Receipt) async throws -> Submitted {
    var cases: [CaseLine] = []
    for touched in receipt.cases {
      guard let row = try await ledger.case(touched.id.rawValue) else { continue }
      cases.append(try await line(row))
    }
    var grants: [GrantLine] = []
    for grant in receipt.grants {
      let row = try await ledger.case(grant.terms.case.rawValue)
      grants.append(GrantLine(grant, number: row?.number, at: clock()))
    }
    return Submitted(
      events: receipt.events.map { .init(index: $0.index, kind: $0.kind) },
      cases: cases,
      grants: grants
    )
  }

  /// The refusal of a statement with what its signer may know: which release, which gate.
  ///
  /// By then the ledger knows who signed, and refusals that name a case name one of the signer's.
  private func explained(_ refusal: Refusal, of envelopes: [Envelope]) async throws -> Explained {
    let said = envelopes.lazy.compactMap { try? Statement(canonical: $0.statement) }.first
    guard let number = refusal.case, let row = try await ledger.case(String(number)) else {
      return Explained(refusal, about: .init(release: said?.release))
    }
    return Explained(
      refusal,
      about: .init(release: row.release, case: number),
      explanation: try await view(of: row).explanation
    )
  }
}

extension Refusal {
  /// The running number of the case that the refusal is about.
  fileprivate var `case`: Int? {
    switch self {
    case .ownCase(let number), .caseClosed(let number, _), .caseReturned(let number),
      .duplicate(let number):
      number
    default: nil
    }
  }
}
