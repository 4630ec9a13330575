package import Hummingbird
internal import SluiceAPI

/// What is on record about a release and its people, below `/sluice/v1`.
///
/// | method | path and query                               | answer                   |
/// |--------|----------------------------------------------|--------------------------|
/// | GET    | `holds?release=&id=&subject=&ended=&at=`     | list of `HoldLine`       |
/// | GET    | `groups?release=&group=&person=&ended=&at=`  | list of `MemberLine`     |
/// | GET    | `evidence?release=&id=&tier=&kind=`          | list of `EvidenceLine`   |
/// | GET    | `credentials?release=&id=&person=`           | list of `CredentialLine` |
package struct RecordRoutes: Sendable {
  private let deployment: LocalDeployment

  /// Serves what `deployment` remembers.
  package init(_ deployment: LocalDeployment) { self.deployment = deployment }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    let routes = router.group("sluice/v1")
    routes.get("holds", use: holds)
    routes.get("groups", use: members)
    routes.get("evidence", use: evidence)
    routes.get("credentials", use: credentials)
  }

  private func holds(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let filter = try HoldFilter(query: request.query)
    let found = try await deployment.acting(as: context.reader).holds(filter)
    return Response(json: Listing(found).json)
  }

  private func members(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let filter = try MemberFilter(query: request.query)
    let found = try await deployment.acting(as: context.reader).members(filter)
    return Response(json: Listing(found).json)
  }

  private func evidence(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let filter = try EvidenceFilter(query: request.query)
    let found = try await deployment.acting(as: context.reader).evidence(filter)
    return Response(json: Listing(found).json)
  }

  private func credentials(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let filter = try CredentialFilter(query: request.query)
    let found = try await deployment.acting(as: context.reader).credentials(filter)
    return Response(json: Listing(found).json)
  }
}
