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
    /// Somebody whose bearer token came with the request; `token` is the token's id, and empty where
    /// the operator looks with somebody else's eyes.
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

    /// Who reads, as the log has it; `nil` is the operator.
    var viewer: Principal.ID? {
      guard case .principal(let principal, let token) = self, !token.isEmpty else { return nil }
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

  /// Records that the reader looks at what reveals persons; to be called before they see it.
  func record(_ viewing: Viewing, of release: Release.ID) async throws {
    try await ledger.record(viewing, of: release, by: reader.viewer, at: clock())
  }

  /// What the deployment says of itself, and as whom it takes the reader.
  public func standing() async throws -> Standing {
    let key = try ledger.home.map { try String(contentsOf: $0.releasePublicKey, encoding: .utf8) }
    return Standing(
      origin: ledger.origin,
      head: try await ledger.head(),
      vkey: ledger.verifierKey,
      releaseKeys: [key].compactMap { $0 },
      principal: reader.principal,
      isClockInDoubt: try await ledger.clockState() != .running
    )
  }
}
