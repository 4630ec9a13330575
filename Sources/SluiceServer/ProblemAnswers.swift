internal import HTTPTypes
package import Hummingbird
internal import Logging
internal import SluiceAPI

/// Turns whatever a route throws into a problem, and numbers every answer.
///
/// The outermost middleware. What the rules turned down is an answer like any other; what failed
/// is logged with its number, and the asker learns the number only.
package struct ProblemAnswers: RouterMiddleware {
  /// The context that it needs.
  package typealias Context = SluiceContext

  /// Makes the middleware.
  package init() {}

  /// Answers, come what may.
  package func handle(
    _ request: Request,
    context: SluiceContext,
    next: (Request, SluiceContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do { response = try await next(request, context) } catch let error as CancellationError {
      throw error  // the client is gone
    } catch {
      response = Self.response(to: error, context)
    }
    if response.headers[.requestID] == nil { response.headers[.requestID] = context.id }
    return response
  }

  private static func response(to error: any Error, _ context: SluiceContext) -> Response {
    if let (status, problem) = Problem.answer(to: error) {
      if problem == .logUnavailable {
        context.logger.error("The ledger cannot be used", metadata: ["error": "\(error)"])
      }
      return problem.response(status)
    }
    context.logger.error("A request failed", metadata: ["error": "\(error)"])
    return Problem.failed(incident: context.id).response(.internalServerError)
  }
}
