internal import HTTPTypes
package import Hummingbird
internal import SluiceAPI
package import SluiceEncoding
internal import SluiceGovernance
package import SluiceLedger

/// Finds out whose bearer token a request carries.
///
/// It refuses nobody: a token that this deployment never issued (clients send a login saved for
/// another hub to every server) counts as none on what is open to everyone, and an answer that was
/// given all the same says so in `X-HF-Warning`; elsewhere the route answers 401 (README join 5).
/// Tokens are neither stored nor logged.
package struct TokenAuthenticator: RouterMiddleware {
  /// The context that it completes.
  package typealias Context = SluiceContext

  private let ledger: Ledger
  private let clock: @Sendable () -> Instant

  /// Looks tokens up in `ledger`.
  package init(_ ledger: Ledger, clock: @escaping @Sendable () -> Instant) {
    self.ledger = ledger
    self.clock = clock
  }

  /// Answers the request as whoever asks.
  package func handle(
    _ request: Request,
    context: SluiceContext,
    next: (Request, SluiceContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    if let token = request.bearerToken {
      let holder = try await ledger.principal(ofToken: token, at: clock())
      context.credential = holder.map { .token($0.principal, id: $0.id) } ?? .unknown
    }
    var response: Response
    do { response = try await next(request, context) } catch Refusal.badToken {
      throw Explained(.badToken, about: .init(cause: try await cause(of: request.bearerToken)))
    } catch Refusal.noToken where ledger.registrationRule != .closed {
      throw Explained(.noToken, about: .init(cause: .registers))
    }
    if context.credential == .unknown, response.status.code < 400 {
      response.headers[.hubWarning] = Self.warning
    }
    return response
  }

  /// Why a token counts for nobody, for whoever holds it.
  private func cause(of token: String?) async throws -> Problem.Cause? {
    guard let token else { return nil }
    guard let dead = try await ledger.token(token) else { return .tokenUnknown }
    return dead.revokedAt.map { .tokenRevoked(at: $0) } ?? dead.endsAt.map { .tokenEnded(at: $0) }
  }

  /// Topic and text, as Hub clients show them once.
  private static let warning =
    "Token; The token was never issued by this server, or was revoked: answered as without one."
}

extension Request {
  /// The token of `Authorization: Bearer TOKEN`; `nil` without one.
  fileprivate var bearerToken: String? {
    guard let value = headers[.authorization] else { return nil }
    let parts = value.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    let token = parts[1].trimmingPrefix { $0 == " " }
    return token.isEmpty ? nil : String(token)
  }
}
