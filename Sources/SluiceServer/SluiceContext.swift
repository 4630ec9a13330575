public import Hummingbird
public import NIOCore
public import SluiceGovernance

/// What a request carries from route to route.
public struct SluiceContext: RequestContext {
  /// With what a request says who asks.
  public enum Credential: Hashable, Sendable {
    /// With nothing.
    case none
    /// With a token that was never issued here, was revoked or has ended.
    case unknown
    /// With a token of this principal; `id` is the token's.
    case token(Principal.ID, id: String)
  }

  /// Hummingbird's own part.
  public var coreContext: CoreRequestContextStorage
  /// The connection, on which files are delivered.
  public let channel: any Channel
  /// Who asks; found out by ``TokenAuthenticator``.
  public var credential = Credential.none

  /// Begins a request that came over `source`'s connection.
  public init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }

  /// As whom the request is answered.
  public var reader: LocalDeployment.Reader {
    switch credential {
    case .none: .stranger
    case .unknown: .unknownToken
    case .token(let principal, let id): .principal(principal, token: id)
    }
  }
}
