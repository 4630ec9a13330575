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
/// |        |            | clock can be trusted and its files are those that were          |
/// |        |            | imported; else 503; each of the four by name, the clock         |
/// |        |            | `paused` while it is in doubt, the files `replaced` or `missing` |
package struct HealthRoutes: Sendable {
  private let deployment: LocalDeployment

  /// Asks what `deployment` remembers.
  package init(_ deployment: LocalDeployment) { self.deployment = deployment }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    router.get("healthz") { _, _ in Response(json: ["status": "alive"]) }
    router.get("readyz") { _, context in await readiness(context) }
  }

  // What was thrown is the operator's to know; what to do about it tells nobody anything.
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
        value: .string(failures[check].map(Self.word) ?? word)
      )
    }
    let isReady = failures.isEmpty && !isPaused
    var members: JSONObject = [
      "checks": .object(JSONObject(checks)),
      "status": isReady ? "ready" : "not ready",
    ]
    let next = Self.next(failures, isPaused: isPaused)
    if !next.isEmpty { members["next"] = .array(next.map { .string($0) }) }
    return Response(json: .object(members), status: isReady ? .ok : .serviceUnavailable)
  }

  private static func word(for error: any Error) -> String {
    switch error as? BlobFault {
    case .replaced: "replaced"
    case .missing: "missing"
    default: "failed"
    }
  }

  /// What the operator does about it, where it takes more than looking into the log of the daemon.
  private static func next(_ failures: [Readiness: any Error], isPaused: Bool) -> [String] {
    let files: [String] =
      switch failures[.files] as? BlobFault {
      case .replaced: ["sluice audit verify --accept-restored"]
      case .missing:
        ["restore blobs/ from a copy, then sluice audit verify --accept-restored"]
      default: []
      }
    return files + (isPaused ? ["sluice clock confirm"] : [])
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
