package import Hummingbird
internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance

/// What auditors ask over HTTP, below `/sluice/v1`.
///
/// | method | path and query                                      | answer                          |
/// |--------|-----------------------------------------------------|---------------------------------|
/// | GET    | `who?release=&tier=&at=&limit=&after=`              | list of `WhoLine`               |
/// | GET    | `audit/deliveries?release=&tier=&file=&digest=&at=&limit=&after=` | `PossessionsPage` |
/// | GET    | `proofs/EVENT`                                      | `ProofPage`                     |
/// | GET    | `audit/events/EVENT`                                | `ProofPage`, opened             |
/// | GET    | `audit/statements/REF`                              | `StatementPage`                 |
/// | GET    | `audit/cases/REF/decisions`                         | `DecisionsPage`                 |
/// | GET    | `audit/grants/GRANT/exposure?at=`                   | `ExposurePage`                  |
/// | GET    | `audit/persons/PRINCIPAL?at=`                       | `PersonPage`                    |
///
/// A route does three things: read the request, make one call, shape the answer. Who may read is
/// the deployment's business; what is thrown becomes a problem in `ProblemAnswers`.
package struct AuditRoutes: Sendable {
  private let deployment: LocalDeployment

  /// Serves what `deployment` remembers.
  package init(_ deployment: LocalDeployment) { self.deployment = deployment }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    let routes = router.group("sluice/v1")
    routes.get("who", use: who)
    routes.get("audit/deliveries", use: deliveries)
    routes.get("proofs/:event") { request, context in
      let index = try index(of: request, context)
      return Response(json: try await deployment.acting(as: context.reader).proof(of: index).json)
    }
    routes.get("audit/events/:event") { request, context in
      let index = try index(of: request, context)
      let page = try await deployment.acting(as: context.reader).disclosure(of: index)
      return Response(json: page.json)
    }
    routes.get("audit/statements/:reference", use: statement)
    routes.get("audit/cases/:reference/decisions", use: decisions)
    routes.get("audit/grants/:grant/exposure", use: exposure)
    routes.get("audit/persons/:principal", use: person)
  }

  private func who(_ request: Request, _ context: SluiceContext) async throws -> Response {
    var query = request.query
    let slice = try Slice(taking: &query)
    let question = try WhoQuestion(query: query)
    return Response(
      json: try await deployment.acting(as: context.reader).who(question, slice).json
    )
  }

  private func deliveries(_ request: Request, _ context: SluiceContext) async throws -> Response {
    var query = request.query
    let slice = try Slice(taking: &query)
    let question = try PossessionQuestion(query: query)
    return Response(
      json: try await deployment.acting(as: context.reader).possessions(question, slice).json
    )
  }

  private func statement(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let reference = try StatementReference(parsing: try context.segment("reference"))
    let page = try await deployment.acting(as: context.reader).statement(reference)
    return Response(json: page.json)
  }

  private func decisions(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let reference = try context.segment("reference")
    let page = try await deployment.acting(as: context.reader).decisions(of: reference)
    return Response(json: page.json)
  }

  private func exposure(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let at = try instant(of: request)
    let digest = try SHA256Digest(hex: try context.segment("grant"))
    let page = try await deployment.acting(as: context.reader)
      .exposure(of: Grant.ID(digest.hex), at: at)
    return Response(json: page.json)
  }

  private func person(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let at = try instant(of: request)
    let principal = try Principal.ID(parsing: try context.segment("principal"))
    return Response(
      json: try await deployment.acting(as: context.reader).person(principal, at: at).json
    )
  }

  private func index(of request: Request, _ context: SluiceContext) throws -> Int {
    try request.query.finish()
    let text = try context.segment("event")
    guard let index = Int(text), index >= 0, "\(index)".utf8.elementsEqual(text.utf8) else {
      throw Malformed("path", "\(text): no index of an entry")
    }
    return index
  }

  private func instant(of request: Request) throws -> Instant? {
    var query = request.query
    let at = try query.instant("at")
    try query.finish()
    return at
  }
}
