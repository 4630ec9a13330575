import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import SluiceServer

extension ServerLimits {
  /// Limits that no test reaches by being slow; each test shortens the one that it is about.
  static var patient: ServerLimits {
    var limits = ServerLimits()
    limits.idle = .hours(1)
    limits.pace.patience = .hours(1)
    limits.pace.grace = .hours(1)
    return limits
  }
}

/// The delivery path and nothing else: one route that delivers one file.
struct FileServer: Sendable {
  let port: Int
  let transfers: OpenTransfers
  let group: ServiceGroup
  /// How transfers ended, in the order in which they did.
  let reports: AsyncStream<Transfer.Report>
  /// Transfers, in the order in which they began.
  let begun: AsyncStream<Transfer>

  /// Serves `scratch` at `/file` on a port of its own while `body` runs.
  static func serve(
    _ scratch: Scratch,
    _ limits: ServerLimits = .patient,
    _ body: @Sendable (FileServer) async throws -> Void
  ) async throws {
    let transfers = OpenTransfers(limit: limits.transfers, parallel: limits.transfersOfOne)
    let (reports, report) = AsyncStream.makeStream(of: Transfer.Report.self)
    let (begun, begin) = AsyncStream.makeStream(of: Transfer.self)
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    let application = Application(
      router: router(scratch, transfers, begin, report),
      server: limits.http,
      configuration: limits.listening(at: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { listening.yield($0.localAddress?.port ?? 0) },
      logger: quiet
    )
    let server = DrainingServer(application, transfers: transfers, limits: limits)
    let group = server.group(with: [], stoppedBy: [], logger: quiet)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { listening.finish() }
        try await group.run()
      }
      for await port in ports {
        let fixture = FileServer(
          port: port,
          transfers: transfers,
          group: group,
          reports: reports,
          begun: begun
        )
        try await body(fixture)
        break
      }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  /// The route of the delivery path, which tells what it does.
  static func router(
    _ scratch: Scratch,
    _ transfers: OpenTransfers,
    _ begin: AsyncStream<Transfer>.Continuation,
    _ report: AsyncStream<Transfer.Report>.Continuation
  ) -> Router<SluiceContext> {
    let router = Router(context: SluiceContext.self)
    router.get("file") { request, context -> Response in
      let file = try BlobFile(at: scratch.path)
      let size = file.identity.size
      let asked = ByteRange(request.headers[.range], of: size)
      guard asked != .unsatisfiable else { return Response(status: .rangeNotSatisfiable) }
      var range = 0..<size
      if case .partial(let part) = asked { range = part }
      let transfer = Transfer(range, of: file)
      guard await transfers.admit(transfer) == .free else {
        return Response(status: .serviceUnavailable)
      }
      begin.yield(transfer)
      let body = ResponseBody.delivering(transfer, on: context.channel) { ended in
        await transfers.end(transfer)
        report.yield(ended)
      }
      return Response(status: asked == .whole ? .ok : .partialContent, body: body)
    }
    return router
  }

  /// Keeps what Hummingbird notes in it, which a logger that is nothing does not.
  static var quiet: Logger {
    var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .critical
    return logger
  }

  /// How the next transfer ended.
  func report() async throws -> Transfer.Report {
    for await report in reports { return report }
    throw CancellationError()
  }

  /// The next transfer that began.
  func transfer() async throws -> Transfer {
    for await transfer in begun { return transfer }
    throw CancellationError()
  }
}
