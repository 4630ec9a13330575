package import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import ServiceLifecycle
public import SluiceEncoding
public import SluiceLedger
internal import UnixSignals

/// The daemon: the contract, the Hub protocol and the files of one deployment, over HTTP.
///
/// It keeps no key of a person: whatever is decided, somebody signed.
public struct Server: Sendable {
  /// Why it does not start.
  public enum Fault: Error, Hashable, Sendable {
    /// Another process listens there, or something else of the address cannot be had; the number
    /// is the system's.
    case address(String, Int32)
    /// A file of the certificate cannot be used.
    case certificate(path: String, String)
    /// The deployment has no folder, so there are no files to hand out.
    case noHome
  }

  private let ledger: Ledger
  private let home: Home
  private let settings: Settings
  private let clock: @Sendable () -> Instant
  private let logger: Logger

  /// Prepares to serve what `ledger` remembers; `clock` is the process's.
  ///
  /// - Throws: ``Fault/noHome``.
  public init(
    _ ledger: Ledger,
    settings: Settings,
    clock: @escaping @Sendable () -> Instant,
    logger: Logger
  ) throws(Fault) {
    guard let home = ledger.home else { throw .noHome }
    var ledger = ledger
    ledger.registrationRule = settings.registration
    self.ledger = ledger
    self.home = home
    self.settings = settings
    self.clock = clock
    self.logger = logger
  }

  /// Serves until SIGTERM or SIGINT; then lets transfers end, and records those that did not.
  ///
  /// - Parameter listening: Called with the address once connections are accepted.
  /// - Throws: A ``Fault``; a `Refusal` if the log or the clock is not to be trusted; what SQLite
  ///   threw.
  public func run(listening: @escaping @Sendable (String) -> Void) async throws {
    // Held until the end: a second daemon would close the deliveries of the first.
    let claim = try HomeClaim(home)
    defer { _ = claim.isHeld }
    let log = DeliveryLog(ledger)
    try await log.closeAbandoned(at: clock())
    try await ledger.settle(at: clock())
    let limits = settings.limits
    let transfers = OpenTransfers(limit: limits.transfers, parallel: limits.transfersOfOne)
    let application = Application(
      router: router(log, transfers),
      server: try settings.transport(),
      configuration: limits.listening(at: .hostname(settings.host, port: settings.port)),
      onServerRunning: { listening(settings.address(port: $0.localAddress?.port)) },
      logger: logger
    )
    let watch = Watch(
      ledger: ledger,
      log: log,
      transfers: transfers,
      clock: clock,
      logger: logger
    )
    let server = DrainingServer(application, transfers: transfers, limits: limits)
    do {
      try await server.group(with: [watch], stoppedBy: settings.signals, logger: logger).run()
    } catch let error as IOError {
      throw Fault.address("\(settings.host):\(settings.port)", error.errnoCode)
    }
    try await log.closeAbandoned(at: clock())
  }

  /// Every route, with what stands around them.
  package func router(_ log: DeliveryLog, _ transfers: OpenTransfers) -> Router<SluiceContext> {
    let limits = settings.limits
    let deployment = LocalDeployment(ledger, reader: .stranger, clock: clock)
    let address = PublicAddress(url: settings.publicURL, isEncrypted: settings.isEncrypted)
    let hub = Hub(deployment, log: log, address: address)
    let deliverer = Deliverer(
      log: log,
      blobs: Blobs(in: home.blobs),
      transfers: transfers,
      clock: clock,
      logger: logger,
      interval: limits.progress
    )
    let router = Router(context: SluiceContext.self)
    router.add(middleware: ProblemAnswers())
    router.add(middleware: TokenAuthenticator(ledger, clock: clock))
    StatementRoutes(deployment, limits: limits).add(to: router)
    ReleaseRoutes(deployment, limits: limits).add(to: router)
    CaseRoutes(deployment, limits: limits).add(to: router)
    RecordRoutes(deployment).add(to: router)
    AuditRoutes(deployment).add(to: router)
    LogRoutes(deployment).add(to: router)
    HealthRoutes(deployment).add(to: router)
    RegistrationRoutes(deployment, address: address, limits: limits).add(to: router)
    HubRoutes(hub, limits: limits).add(to: router)
    ResolveRoutes(hub, deliverer: deliverer).add(to: router)
    return router
  }
}
