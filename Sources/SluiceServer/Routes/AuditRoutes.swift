package import Hummingbird
internal import SluiceAPI
internal import SluiceGovernance

/// What auditors ask over HTTP, below `/sluice/v1/audit`.
///
/// | method | path and query                                  | answer                             |
/// |--------|-------------------------------------------------|------------------------------------|
/// | GET    | `deliveries?release=&tier=&file=&digest=&at=`   | `{"items":[…]}`: who received what |
///
/// A route does three things: read the request, make one call, shape the answer. Who may read is
/// the deployment's business; what is thrown becomes a problem in `ProblemAnswers`.
package struct AuditRoutes: Sendable {
  private let deployment: LocalDeployment

  /// Serves what `deployment` remembers.
  package init(_ deployment: LocalDeployment) { self.deployment = deployment }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    router.group("sluice/v1/audit").get("deliveries", use: deliveries)
  }

  private func deliveries(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let question = try PossessionQuestion(query: request.query)
    let found = try await deployment.acting(as: context.reader).possessions(question)
    return Response(json: Listing(found).json)
  }
}
