package import Hummingbird
internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance

/// Releases and their texts, below `/sluice/v1/releases`; without a token once public.
///
/// | method | path                            | answer                                         |
/// |--------|---------------------------------|------------------------------------------------|
/// | GET    |                                 | `{"items":[…]}` of `ReleaseLine`               |
/// | GET    | `OWNER/NAME`                    | `ReleasePage`                                  |
/// | GET    | `OWNER/NAME/policy`             | the policy file, as written                    |
/// | GET    | `OWNER/NAME/stages/STAGE`       | `StagePage`                                    |
/// | GET    | `OWNER/NAME/terms/TERM`         | the text, byte for byte                        |
/// | GET    | `OWNER/NAME/forms/FORM`         | `FormLine`                                     |
/// | GET    | `OWNER/NAME/documents/SHA256`   | a text that the release names by digest        |
/// | GET    | `OWNER/NAME/public-record?at=`  | `ReportPage`                                   |
/// | GET    | `OWNER/NAME/reports/KIND?at=`   | `ReportPage`                                   |
/// | POST   | `OWNER/NAME/replay`             | `ReplayQuestion` in, list of `ReplayLine` out  |
/// | POST   | `OWNER/NAME/evidence`           | `ComputeQuestion` in, `ComputedPage` out       |
package struct ReleaseRoutes: Sendable {
  private let deployment: LocalDeployment
  private let limits: ServerLimits

  /// Serves what `deployment` remembers; bodies have to arrive within `limits`.
  package init(_ deployment: LocalDeployment, limits: ServerLimits = ServerLimits()) {
    self.deployment = deployment
    self.limits = limits
  }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    router.get("sluice/v1/releases", use: list)
    let release = router.group("sluice/v1/releases/:owner/:name")
    release.get("", use: page)
    release.get("policy", use: policy)
    release.get("stages/:stage", use: stage)
    release.get("terms/:term", use: terms)
    release.get("forms/:form", use: form)
    release.get("documents/:sha256", use: document)
    release.get("public-record") { try await report(.publicRecord, $0, $1) }
    release.get("reports/:report", use: report(_:_:))
    release.post("replay", use: replay)
    release.post("evidence", use: compute)
  }

  private func list(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let found = try await deployment.acting(as: context.reader).releases()
    return Response(json: Listing(found).json)
  }

  private func page(_ request: Request, _ context: SluiceContext) async throws -> Response {
    Response(json: try await shown(request, context).json)
  }

  private func policy(_ request: Request, _ context: SluiceContext) async throws -> Response {
    Response(text: Array(try await shown(request, context).policy.utf8))
  }

  private func stage(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let page = try await deployment.acting(as: context.reader)
      .stage(Stage.ID(try context.segment("stage")), of: try context.release())
    return Response(json: page.json)
  }

  private func terms(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let page = try await shown(request, context)
    let term = Terms.ID(try context.segment("term"))
    guard let digest = page.terms[term] else {
      throw Refusal.stale("\(page.release) has no terms \(term)")
    }
    let asked = deployment.acting(as: context.reader)
    return Response(text: try await asked.document(digest, of: page.release))
  }

  private func form(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let page = try await shown(request, context)
    let id = Form.ID(try context.segment("form"))
    guard let form = page.forms.first(where: { $0.form == id }) else {
      throw Refusal.stale("\(page.release) has no form \(id)")
    }
    return Response(json: form.json)
  }

  private func document(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let digest = try SHA256Digest(hex: try context.segment("sha256"))
    let asked = deployment.acting(as: context.reader)
    return Response(text: try await asked.document(digest, of: try context.release()))
  }

  private func report(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let name = try context.segment("report")
    guard let kind = ReportPage.Kind(rawValue: name), kind != .publicRecord else {
      throw Malformed("path", "\(name): no report of this version")
    }
    return try await report(kind, request, context)
  }

  private func report(
    _ kind: ReportPage.Kind,
    _ request: Request,
    _ context: SluiceContext
  ) async throws -> Response {
    var query = request.query
    let at = try query.instant("at")
    try query.finish()
    let page = try await deployment.acting(as: context.reader)
      .report(kind, of: try context.release(), at: at)
    return Response(json: page.json)
  }

  private func replay(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let body = try await request.json(
      "replay",
      upTo: context.largestBody,
      within: limits.bodyTime
    )
    let found = try await deployment.acting(as: context.reader)
      .replay(try ReplayQuestion(json: body), of: try context.release())
    return Response(json: Listing(found).json)
  }

  private func compute(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let body = try await request.json(
      "compute",
      upTo: context.largestBody,
      within: limits.bodyTime
    )
    let found = try await deployment.acting(as: context.reader)
      .compute(try ComputeQuestion(json: body), of: try context.release())
    return Response(json: found.json)
  }

  private func shown(_ request: Request, _ context: SluiceContext) async throws -> ReleasePage {
    try request.query.finish()
    return try await deployment.acting(as: context.reader).release(try context.release())
  }
}
