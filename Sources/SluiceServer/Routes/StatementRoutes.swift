package import Hummingbird
internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance

/// What the deployment says of itself, and the one route by which people change anything.
///
/// | method | path                   | answer                                              |
/// |--------|------------------------|-----------------------------------------------------|
/// | GET    | `/sluice/v1/keys`      | `Standing`: origin, head, keys, who is asking       |
/// | POST   | `/sluice/v1/drafts`    | `Instruction` in, `Drafted` out: what is to be signed|
/// | POST   | `/sluice/v1/statements`| `Parcel` in, `Submitted` out: all of it or nothing  |
package struct StatementRoutes: Sendable {
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
    routes.get("keys", use: keys)
    routes.post("drafts", use: drafts)
    routes.post("statements", use: statements)
  }

  private func keys(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    return Response(json: try await deployment.acting(as: context.reader).standing().json)
  }

  private func drafts(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let instruction = try Instruction(json: try await body(of: request, context, "drafts"))
    let deployment = deployment.acting(as: context.reader)
    do {
      return Response(json: try await deployment.drafts(instruction).json)
    } catch let refusal as Refusal {
      throw await deployment.told(refusal, of: instruction)
    }
  }

  private func statements(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let parcel = try Parcel(json: try await body(of: request, context, "statements"))
    let submitted = try await deployment.acting(as: context.reader)
      .submit(parcel.envelopes, documents: parcel.documents)
    return Response(json: submitted.json)
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
