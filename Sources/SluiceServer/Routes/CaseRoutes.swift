package import Hummingbird
internal import SluiceAPI
internal import SluiceEncoding

/// Cases, access and grants, below `/sluice/v1`.
///
/// | method | path and query                                      | answer                       |
/// |--------|-----------------------------------------------------|------------------------------|
/// | GET    | `cases?release=&state=&kind=&stage=&tier=&requester=&mine=&overdue=&limit=&after=` | list of `CaseLine` |
/// | GET    | `cases/REF`: a number, an id or the beginning of one| `CasePage`                   |
/// | GET    | `cases/REF/explanation?at=`                         | `ExplanationPage`            |
/// | POST   | the same: `ExplanationQuestion` in                  | the same, of what would be   |
/// | GET    | `access?release=&tier=&person=&at=`                 | `AccessPage`                 |
/// | POST   | `access`: `AccessQuestion` in                       | the same, of what would be   |
/// | GET    | `grants?release=&id=&person=&mine=&at=`             | list of `GrantLine`          |
package struct CaseRoutes: Sendable {
  private let deployment: LocalDeployment
  private let limits: ServerLimits

  /// Serves what `deployment` remembers; bodies have to arrive within `limits`.
  package init(_ deployment: LocalDeployment, limits: ServerLimits = ServerLimits()) {
    self.deployment = deployment
    self.limits = limits
  }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    let routes = router.group("sluice/v1")
    routes.get("cases", use: cases)
    routes.get("cases/:reference", use: page)
    routes.get("cases/:reference/explanation", use: explanation)
    routes.post("cases/:reference/explanation", use: supposition)
    routes.get("access", use: access)
    routes.post("access", use: supposedAccess)
    routes.get("grants", use: grants)
  }

  private func cases(_ request: Request, _ context: SluiceContext) async throws -> Response {
    var query = request.query
    let slice = try Slice(taking: &query)
    let filter = try CaseFilter(query: query)
    return Response(
      json: try await deployment.acting(as: context.reader).cases(filter, slice).json
    )
  }

  private func page(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let reference = try context.segment("reference")
    return Response(json: try await deployment.acting(as: context.reader).case(reference).json)
  }

  private func explanation(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try await explanation(try ExplanationQuestion(query: request.query), context)
  }

  private func supposition(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let body = try await body(of: request, context, "explanation")
    return try await explanation(try ExplanationQuestion(json: body), context)
  }

  private func explanation(
    _ question: ExplanationQuestion,
    _ context: SluiceContext
  ) async throws -> Response {
    let asked = deployment.acting(as: context.reader)
    let page = try await asked.explanation(of: try context.segment("reference"), question)
    return Response(json: page.json)
  }

  private func access(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let question = try AccessQuestion(query: request.query)
    return Response(json: try await deployment.acting(as: context.reader).access(question).json)
  }

  private func supposedAccess(
    _ request: Request,
    _ context: SluiceContext
  ) async throws -> Response {
    let question = try AccessQuestion(json: try await body(of: request, context, "access"))
    return Response(json: try await deployment.acting(as: context.reader).access(question).json)
  }

  private func grants(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let filter = try GrantFilter(query: request.query)
    let found = try await deployment.acting(as: context.reader).grants(filter)
    return Response(json: Listing(found).json)
  }

  private func body(
    of request: Request,
    _ context: SluiceContext,
    _ format: String
  ) async throws -> JSONValue {
    try request.query.finish()
    return try await request.json(format, upTo: context.largestBody, within: limits.bodyTime)
  }
}
