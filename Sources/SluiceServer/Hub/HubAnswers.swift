internal import Foundation
internal import HTTPTypes
package import Hummingbird
internal import Logging
internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

/// Says no in the words of the Hub protocol (hub-protocol 5).
///
/// Status codes alone tell its clients little: the kind of refusal stands in `X-Error-Code`, and the
/// one sentence that every client shows, also of a `HEAD`, in `X-Error-Message`.
package struct HubAnswers: RouterMiddleware {
  /// The context that it needs.
  package typealias Context = SluiceContext

  /// What clients know as a token that counts for nobody; another text would make them say that the
  /// repository is missing.
  private static let badToken = "Invalid credentials in Authorization header"

  private let address: PublicAddress

  /// Makes the middleware; commands in its answers name the server by `address`.
  package init(address: PublicAddress) { self.address = address }

  /// Answers what is the protocol's; anything else goes on to whoever knows it.
  package func handle(
    _ request: Request,
    context: SluiceContext,
    next: (Request, SluiceContext) async throws -> Response
  ) async throws -> Response {
    do { return try await next(request, context) } catch {
      guard let answer = answer(to: error, request, context) else { throw error }
      return request.method == .head ? answer.createHeadResponse() : answer
    }
  }

  private func answer(
    to error: any Error,
    _ request: Request,
    _ context: SluiceContext
  ) -> Response? {
    switch error {
    case let fault as HubFault: Self.answer(to: fault)
    case let refusal as Refusal: answer(to: refusal, Problem(refusal), request, context)
    case let told as Explained: answer(to: told.refusal, told.problem, request, context)
    case let error where Ledger.isUnavailable(error): Self.unavailable(error, context)
    default: nil
    }
  }

  /// The problem as on every other route, with its words where these clients look for them.
  private static func unavailable(_ error: any Error, _ context: SluiceContext) -> Response {
    context.logger.error("The ledger cannot be used", metadata: ["error": "\(error)"])
    let problem = Problem.logUnavailable
    var answer = problem.response(.serviceUnavailable)
    answer.headers[.errorMessage] = header(([problem.detail] + problem.next).joined(separator: " "))
    return answer
  }

  private static func answer(to fault: HubFault) -> Response {
    switch fault {
    case .noRevision(let revision, let release):
      return no(.notFound, "RevisionNotFound", "\(release) has no revision \(revision).")
    case .noEntry(let path, let commit):
      var answer = no(.notFound, "EntryNotFound", "There is nothing at \(path).")
      answer.headers[.commit] = commit
      return answer
    case .tooManyPaths(let limit):
      return no(.badRequest, nil, "More than \(limit) paths: ask for them in parts.")
    case .preconditionFailed:
      return no(.preconditionFailed, nil, "The file is another one than the request is about.")
    case .tooManyTransfers(let limit):
      var answer = no(.tooManyRequests, nil, "\(limit) transfers at once are all there may be.")
      answer.headers[.retryAfter] = "5"
      return answer
    case .draining:
      var answer = no(.serviceUnavailable, nil, "The server is stopping.")
      answer.headers[.retryAfter] = "10"
      answer.headers[.connection] = "close"
      return answer
    }
  }

  private func answer(
    to refusal: Refusal,
    _ problem: Problem,
    _ request: Request,
    _ context: SluiceContext
  ) -> Response {
    let acts = problem.told(by: address.base(for: request)).next.joined(separator: "; ")
    let clause = problem.policy.map { " (policy: \($0))" } ?? ""
    let words = "\(problem.detail)\(clause) \(acts)"
    switch refusal {
    case .unknownRelease: return Self.no(.notFound, "RepoNotFound", problem.detail)
    case .badToken: return Self.unknownToken(words)
    case .noToken: return Self.no(.unauthorized, nil, words)
    // Nobody is let in whoever they are, so a login would not help.
    case .held, .tierSealed: return Self.gated(.forbidden, words)
    case .noGrant, .grantPending, .grantExpired, .grantRevoked, .grantGrace, .grantSurrendered,
      .termsUnaccepted, .stageClosed, .tierUnbound:
      if context.credential == .unknown { return Self.unknownToken(words) }
      let isNamed = context.reader.principal != nil
      return Self.gated(isNamed ? .forbidden : .unauthorized, words)
    default: return Self.no(refusal.status, nil, words)
    }
  }

  /// A refusal of bytes, which clients tell from a repository that is missing by its code alone.
  private static func gated(_ status: HTTPResponse.Status, _ words: String) -> Response {
    var answer = no(status, "GatedRepo", words)
    answer.headers[.hubWarning] = header("Access; \(words)")
    return answer
  }

  private static func unknownToken(_ words: String) -> Response {
    let cause = Problem(.badToken)
    var answer = no(.unauthorized, nil, badToken)
    answer.headers[.hubWarning] = header("Token; \(cause.detail)")
    return answer
  }

  private static func no(
    _ status: HTTPResponse.Status,
    _ code: String?,
    _ message: String
  ) -> Response {
    var answer = Response(json: ["error": .string(message)], status: status)
    answer.headers[.errorCode] = code
    answer.headers[.errorMessage] = header(message)
    if status == .unauthorized { answer.headers[.wwwAuthenticate] = "Bearer" }
    return answer
  }

  /// What a header can carry: one line of printable ASCII, not too long.
  private static func header(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(500).map { ("\u{20}"..."\u{7E}").contains($0) ? $0 : "?" }
      )
    )
  }
}
