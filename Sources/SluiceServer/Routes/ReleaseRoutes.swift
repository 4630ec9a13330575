package import Hummingbird
internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance

/// A release and its texts, below `/sluice/v1/releases/OWNER/NAME`; without a token once public.
///
/// | method | path               | answer                                         |
/// |--------|--------------------|------------------------------------------------|
/// | GET    |                    | `ReleasePage`                                  |
/// | GET    | `policy`           | the policy file, as written                    |
/// | GET    | `terms/TERM`       | the text, byte for byte                        |
/// | GET    | `documents/SHA256` | a text that the release names by digest        |
package struct ReleaseRoutes: Sendable {
  private let deployment: LocalDeployment

  /// Serves what `deployment` remembers.
  package init(_ deployment: LocalDeployment) { self.deployment = deployment }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    let release = router.group("sluice/v1/releases/:owner/:name")
    release.get("", use: page)
    release.get("policy", use: policy)
    release.get("terms/:term", use: terms)
    release.get("documents/:sha256", use: document)
  }

  private func page(_ request: Request, _ context: SluiceContext) async throws -> Response {
    Response(json: try await shown(request, context).json)
  }

  private func policy(_ request: Request, _ context: SluiceContext) async throws -> Response {
    Response(text: Array(try await shown(request, context).policy.utf8))
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

  private func document(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let digest = try SHA256Digest(hex: try context.segment("sha256"))
    let asked = deployment.acting(as: context.reader)
    return Response(text: try await asked.document(digest, of: try context.release()))
  }

  private func shown(_ request: Request, _ context: SluiceContext) async throws -> ReleasePage {
    try request.query.finish()
    return try await deployment.acting(as: context.reader).release(try context.release())
  }
}
