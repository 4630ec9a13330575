import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import SluiceAPI

/// Carries calls of the contract over HTTP.
enum HTTPTransport {
  /// What cannot be reached, and why.
  struct Failure: Advised {
    let detail: String
    let next: [String]
  }

  /// The largest answer of the contract that is taken in: 64 MiB.
  private static let limit = 64 << 20

  /// The program's client; who is not there is said at once, not after a minute of trying.
  static let client: HTTPClient = {
    var configuration = HTTPClient.Configuration.singletonConfiguration
    configuration.connectionPool.retryConnectionEstablishment = false
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }()

  /// A transport to the daemon at `server`, with a bearer token if there is one.
  static func transport(to server: String, token: String?) throws -> Transport {
    guard let base = URL(string: server), let scheme = base.scheme,
      ["http", "https"].contains(scheme), base.host() != nil
    else {
      throw Failure(
        detail: "not an address of a daemon: \(server)",
        next: ["Write it as it prints it when it begins, such as http://127.0.0.1:8080"]
      )
    }
    let root = server.hasSuffix("/") ? String(server.dropLast()) : server
    return Transport { call in
      var request = HTTPClientRequest(url: root + call.target)
      request.method = HTTPMethod(rawValue: call.method.rawValue)
      for header in call.headers { request.headers.add(name: header.name, value: header.value) }
      if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
      if !call.body.isEmpty { request.body = .bytes(ByteBuffer(bytes: call.body)) }
      do {
        let answer = try await client.execute(request, timeout: .seconds(60))
        let body = try await answer.body.collect(upTo: limit)
        return HTTPReply(
          status: Int(answer.status.code),
          headers: answer.headers.map { HTTPHeader($0.name.lowercased(), $0.value) },
          body: Array(body.readableBytesView)
        )
      } catch {
        throw Failure(
          detail: "cannot reach \(server): \(reason(error))",
          next: ["See that it runs; who operates it starts it: sluice serve"]
        )
      }
    }
  }

  private static func reason(_ error: any Error) -> String {
    guard let refused = error as? NIOConnectionError else { return "\(error)" }
    return refused.connectionErrors.first.map { "\($0.error)" } ?? "no connection"
  }
}
