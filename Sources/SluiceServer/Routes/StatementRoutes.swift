package import Hummingbird
internal import NIOCore
internal import SluiceAPI
internal import SluiceEncoding

/// What the deployment says of itself, and the one route by which people change anything.
///
/// | method | path                   | answer                                              |
/// |--------|------------------------|-----------------------------------------------------|
/// | GET    | `/sluice/v1/keys`      | `Standing`: origin, head, keys, who is asking       |
/// | POST   | `/sluice/v1/statements`| `Parcel` in, `Submitted` out: all of it or nothing  |
package struct StatementRoutes: Sendable {
  private let deployment: LocalDeployment

  /// The rules for bodies: strict, without fractions, and as long as a parcel may be.
  private static let rules = JSONRules(
    maximumDepth: 8,
    maximumBytes: Parcel.maximumBytes,
    allowsDecimals: false,
    allowsNegative: false
  )

  /// Serves what `deployment` remembers.
  package init(_ deployment: LocalDeployment) { self.deployment = deployment }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    router.get("sluice/v1/keys", use: keys)
    router.post("sluice/v1/statements", use: statements)
  }

  private func keys(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    return Response(json: try await deployment.acting(as: context.reader).standing().json)
  }

  private func statements(_ request: Request, _ context: SluiceContext) async throws -> Response {
    try request.query.finish()
    let body = try await request.body.collect(upTo: Parcel.maximumBytes)
    let bytes = Array(body.readableBytesView)
    let parcel = try Parcel(json: JSONValue(parsing: bytes, Self.rules, format: "statements"))
    let submitted = try await deployment.acting(as: context.reader)
      .submit(parcel.envelopes, documents: parcel.documents)
    return Response(json: submitted.json)
  }
}
