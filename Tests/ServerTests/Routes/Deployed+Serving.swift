import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import SluiceAPI
import SluiceEncoding
import SluiceLedger
import SluiceServer

extension Deployed {
  /// The routes over this deployment, as the daemon puts them together.
  func serving<Value: Sendable>(
    registrations: Int = 100_000,
    _ test: @Sendable (Served) async throws -> Value
  ) async throws -> Value {
    let tokens = tokens
    return try await Application(router: router(registrations: registrations)).test(.router) {
      client in
      try await test(Served(client: client, tokens: tokens))
    }
  }

  /// The same routes behind a socket of their own, whose port is handed over.
  func listening<Value: Sendable>(
    _ test: @Sendable (Int) async throws -> Value
  ) async throws -> Value {
    let application = Application(
      router: router(),
      configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      logger: FileServer.quiet
    )
    return try await application.test(.live) { try await test($0.port ?? 0) }
  }

  /// Every route but those of the daemon alone.
  ///
  /// `registrations` is how many are taken in within an hour.
  func router(registrations: Int = 100_000) -> Router<SluiceContext> {
    let instant = now
    let clock: @Sendable () -> Instant = { instant }
    let router = Router(context: SluiceContext.self)
    router.add(middleware: ProblemAnswers())
    router.add(middleware: TokenAuthenticator(ledger, clock: clock))
    let deployment = LocalDeployment(ledger, reader: .stranger, clock: clock)
    StatementRoutes(deployment).add(to: router)
    ReleaseRoutes(deployment).add(to: router)
    CaseRoutes(deployment).add(to: router)
    RecordRoutes(deployment).add(to: router)
    AuditRoutes(deployment).add(to: router)
    LogRoutes(deployment).add(to: router)
    HealthRoutes(deployment).add(to: router)
    let address = PublicAddress(url: "http://hub", isEncrypted: false)
    var limits = ServerLimits()
    limits.registrationsAnHour = registrations
    RegistrationRoutes(deployment, address: address, limits: limits).add(to: router)
    let hub = Hub(deployment, log: DeliveryLog(ledger), address: address)
    let deliverer = Deliverer(
      log: DeliveryLog(ledger),
      blobs: Blobs(in: FileManager.default.temporaryDirectory),
      transfers: OpenTransfers(limit: 8, parallel: 8),
      clock: clock,
      logger: FileServer.quiet
    )
    HubRoutes(hub).add(to: router)
    ResolveRoutes(hub, deliverer: deliverer).add(to: router)
    return router
  }
}

/// A server without a socket, and clients of it.
struct Served: Sendable {
  let client: any TestClientProtocol
  let tokens: [String: String]

  /// Carries calls to the router.
  var transport: Transport {
    Transport { [client] call in
      var headers = HTTPFields()
      for header in call.headers {
        if let name = HTTPField.Name(header.name) { headers[name] = header.value }
      }
      return try await client.execute(
        uri: call.target,
        method: call.method == .get ? .get : .post,
        headers: headers,
        body: call.body.isEmpty ? nil : ByteBuffer(bytes: call.body)
      ) { response in
        HTTPReply(
          status: response.status.code,
          headers: response.headers.map { HTTPHeader($0.name.canonicalName, $0.value) },
          body: Array(response.body.readableBytesView)
        )
      }
    }
  }

  /// The client of somebody with a token; `nil` has none.
  func remote(_ name: String?) -> RemoteDeployment {
    RemoteDeployment(transport: transport, token: name.map { tokens[$0] ?? "hf_unknown" })
  }

  /// One call, answered as it is.
  func reply(
    _ target: String,
    as name: String? = nil,
    posting body: [UInt8]? = nil
  ) async throws -> HTTPReply {
    let token = name.map { tokens[$0] ?? "hf_unknown" }
    let headers = token.map { [HTTPHeader("authorization", "Bearer \($0)")] } ?? []
    return try await transport.send(
      HTTPCall(body == nil ? .get : .post, target, headers: headers, body: body ?? [])
    )
  }
}

extension HTTPReply {
  /// All of an answer but what differs from answer to answer by design.
  var essence: HTTPReply {
    HTTPReply(
      status: status,
      headers: headers.filter { !["date", "x-request-id"].contains($0.name) },
      body: body
    )
  }

  /// The body, read as JSON.
  var json: JSONValue {
    get throws { try JSONValue(parsing: body, .document, format: "answer") }
  }

  /// The code of the problem that it is.
  var code: String? {
    get throws { try json.objectValue?["code"]?.stringValue }
  }
}
