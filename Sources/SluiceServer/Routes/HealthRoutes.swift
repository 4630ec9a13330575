package import Hummingbird
internal import Logging
internal import SluiceEncoding
internal import SluiceLedger

/// Whether the daemon lives, and whether it can do its work.
///
/// | method | path       | answer                                                          |
/// |--------|------------|-----------------------------------------------------------------|
/// | GET    | `/healthz` | 200 as long as it answers at all                                |
/// | GET    | `/readyz`  | 200 if the ledger can be written, agrees with itself and its    |
/// |        |            | clock can be trusted; else 503; each of the three by name       |
package struct HealthRoutes: Sendable {
  private let deployment: LocalDeployment

  /// Asks what `deployment` remembers.
  package init(_ deployment: LocalDeployment) { self.deployment = deployment }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    router.get("healthz") { _, _ in Response(json: ["status": "alive"]) }
    router.get("readyz") { _, context in await readiness(context) }
  }

  // Why it is not ready is the operator's to know.
  private func readiness(_ context: SluiceContext) async -> Response {
    let failures = await deployment.ledger.failures(at: deployment.clock())
    for (check, error) in failures {
      context.logger.error("Not ready: \(check.rawValue)", metadata: ["error": "\(error)"])
    }
    let checks = Readiness.allCases.map { check in
      JSONObject.Member(
        name: check.rawValue,
        value: failures[check] == nil ? "ok" : "failed"
      )
    }
    return Response(
      json: [
        "checks": .object(JSONObject(checks)),
        "status": failures.isEmpty ? "ready" : "not ready",
      ],
      status: failures.isEmpty ? .ok : .serviceUnavailable
    )
  }
}
