package import Hummingbird
internal import SluiceAPI
internal import SluiceEncoding

/// Cases, access and grants, below `/sluice/v1`.
///
/// | method | path and query                                      | answer                       |
/// |--------|-----------------------------------------------------|------------------------------|
/// | GET    | `cases?release=&state=&kind=&mine=&overdue=`        | `{"items":[…]}` of `CaseLine`|
/// | GET    | `cases/REF`: a number, an id or the beginning of one| `CasePage`                   |
/// | GET    | `cases/REF/explanation?at=`                         | `ExplanationPage`            |
/// | GET    | `access?release=&tier=&person=&at=`                 | `AccessPage`                 |
/// | GET    | `grants?release=&mine=&at=`                         | `{"items":[…]}` of `GrantLine`|
package struct CaseRoutes: Sendable {
  private let deployment: LocalDeployment

  /// Serves what `deployment` remembers.
  package init(_ deployment: LocalDeployment) { self.deployment = deployment }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    let routes = router.group("sluice/v1")
    routes.get("cases", use: cases)
    routes.get("cases/:reference", use: page)
    routes.get("cases/:reference/explanation", use: explanation)
    routes.get("access", use: access)
    routes.get("grants", use: grants)
  }

  private func cases(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let filter = try CaseFilter(query: request.query)
    let found = try await deployment.acting(as: context.reader).cases(filter)
    return Response(json: Listing(found).json)
  }

  private func page(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let reference = try context.segment("reference")
    return Response(json: try await deployment.acting(as: context.reader).case(reference).json)
  }

  private func explanation(_ request: Request, _ context: SluiceContext) async throws -> Response {
    var query = request.query
    let at = try query.instant("at")
    try query.finish()
    let asked = deployment.acting(as: context.reader)
    let page = try await asked.explanation(of: try context.segment("reference"), at: at)
    return Response(json: page.json)
  }

  private func access(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let question = try AccessQuestion(query: request.query)
    let page = try await deployment.acting(as: context.reader)
      .access(of: question.principal, to: question.release, tier: question.tier, at: question.at)
    return Response(json: page.json)
  }

  private func grants(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let filter = try GrantFilter(query: request.query)
    let found = try await deployment.acting(as: context.reader).grants(filter)
    return Response(json: Listing(found).json)
  }
}
