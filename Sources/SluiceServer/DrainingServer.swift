package import Hummingbird
package import Logging
package import ServiceLifecycle
package import UnixSignals

/// A server that ends by itself: transfers go on for a while after it was told to stop, not for ever.
///
/// Told to stop, it accepts no connection and no transfer, closes idle connections and waits for the
/// rest. When ``ServerLimits/drain`` has passed it ends what is still under way as `drained`, which
/// leaves the rest of ``ServerLimits/stop`` to write that down.
package struct DrainingServer<Application: ApplicationProtocol>: Service {
  private let application: Application
  private let transfers: OpenTransfers
  private let limits: ServerLimits

  /// Runs `application`, whose routes have their transfers admitted by `transfers`.
  package init(_ application: Application, transfers: OpenTransfers, limits: ServerLimits) {
    self.application = application
    self.transfers = transfers
    self.limits = limits
  }

  /// Serves until it is told to stop and the last connection has ended.
  package func run() async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await application.run()
        return true
      }
      group.addTask {
        try await drainWhenTold()
        return false
      }
      for try await isServer in group where isServer { group.cancelAll() }
    }
  }

  /// The server among the services that it needs, stopped by SIGTERM and SIGINT.
  ///
  /// Services stop in reverse order: `services` have ended their work only after the server has.
  package func group(
    with services: [any Service],
    stoppedBy signals: [UnixSignal] = [.sigterm, .sigint],
    logger: Logger
  ) -> ServiceGroup {
    var configuration = ServiceGroupConfiguration(
      services: services + [self],
      gracefulShutdownSignals: signals,
      logger: logger
    )
    configuration.maximumGracefulShutdownDuration = limits.stop
    return ServiceGroup(configuration: configuration)
  }

  // Ended by cancellation when the server has ended first.
  private func drainWhenTold() async throws {
    do {
      try await gracefulShutdown()
      await transfers.refuseMore()
      try await Task.sleep(for: limits.drain)
      await transfers.drain()
    } catch is CancellationError {
      return
    }
  }
}
