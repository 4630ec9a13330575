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
/// |        |            | clock can be trusted; else 503; each of the three by name, the  |
/// |        |            | clock `paused` while it is in doubt                              |
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
    let isPaused = await isPaused()
    let checks = Readiness.allCases.map { check in
      let word = check == .clock && isPaused ? "paused" : "ok"
      return JSONObject.Member(
        name: check.rawValue,
        value: .string(failures[check] == nil ? word : "failed")
      )
    }
    let isReady = failures.isEmpty && !isPaused
    return Response(
      json: [
        "checks": .object(JSONObject(checks)),
        "status": isReady ? "ready" : "not ready",
      ],
      status: isReady ? .ok : .serviceUnavailable
    )
  }

  /// Whether the clock jumped and nothing happens by time alone; a ledger that cannot be asked has
  /// failed anyway.
  private func isPaused() async -> Bool {
    do {
      if case .paused = try await deployment.ledger.clockState() { return true }
      return false
    } catch { return false }
  }
}
