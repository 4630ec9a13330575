package import Hummingbird
internal import SluiceLedger

/// The log, for whoever wants to hold the deployment to it.
///
/// | method | path          | answer                                     |
/// |--------|---------------|--------------------------------------------|
/// | GET    | `/checkpoint` | the signed checkpoint of the log as it is  |
package struct LogRoutes: Sendable {
  private let deployment: LocalDeployment

  /// Serves what `deployment` remembers.
  package init(_ deployment: LocalDeployment) { self.deployment = deployment }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    router.get("checkpoint") { _, _ in
      let note = try await deployment.ledger.checkpoint(at: deployment.clock())
      return Response(text: Array(note.utf8))
    }
  }
}
