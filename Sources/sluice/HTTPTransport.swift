import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import SluiceAPI
import SluiceGovernance

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
    if let file = Settings.trustedCertificates {
      var encryption = TLSConfiguration.makeClientConfiguration()
      encryption.trustRoots = .file(file)
      configuration.tlsConfiguration = encryption
    }
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
    // What cannot be in a header cannot be a token, and would not even be sent.
    guard token?.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) ?? true else {
      throw Explained(.badToken, about: .init(cause: .tokenUnknown))
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
        throw failure(error, reaching: server)
      }
    }
  }

  /// Why a server did not answer, in words, and what helps.
  static func failure(_ error: any Error, reaching server: String) -> Failure {
    Failure(
      detail: "cannot reach \(server): \(clause(error))",
      next: [act(after: error, at: server)]
    )
  }

  private static func act(after error: any Error, at server: String) -> String {
    if isUnknownHost(error) {
      return "See that the address is right, and that this machine is connected: \(server)"
    }
    if isEncryption(error) {
      return "See that the address is right; a certificate that no known authority signed is "
        + "trusted if it is in the file that SSL_CERT_FILE names."
    }
    if error is HTTPParserError {
      let scheme = server.hasPrefix("https://") ? "http" : "https"
      return "Try it with \(scheme)://, or ask who operates it for the address."
    }
    return "See that it runs; who operates it starts it: sluice serve"
  }

  /// What went wrong between two machines, as a clause.
  static func clause(_ error: any Error) -> String {
    if isUnknownHost(error) { return "no machine of that name is known" }
    if isEncryption(error) {
      let isUntrusted = "\(error)".uppercased().contains("CERTIFICATE_VERIFY_FAILED")
      return isUntrusted
        ? "its certificate is not one that this machine trusts"
        : "no encrypted connection came about"
    }
    switch error {
    case let error as NIOConnectionError:
      return error.connectionErrors.first.map { clause($0.error) } ?? "no connection came about"
    case let error as HTTPClientError where error == .remoteConnectionClosed:
      return "the connection was closed"
    case let error as HTTPClientError where error == .cancelled: return "it was given up"
    case is HTTPClientError: return "it did not answer in time, or not as it must"
    case is HTTPParserError: return "what answers there does not speak HTTP"
    case is NIOTooManyBytesError: return "the answer is too long"
    case is CancellationError: return "it was given up"
    case is ChannelError: return "the connection was closed, or took too long"
    default: return Trouble.clause(error)
    }
  }

  /// Whether no machine of a name is known.
  static func isUnknownHost(_ error: any Error) -> Bool {
    if let error = error as? NIOConnectionError {
      return error.connectionErrors.isEmpty
        && (error.dnsAError != nil || error.dnsAAAAError != nil)
    }
    return error is SocketAddressError.UnknownHost
  }

  /// Whether it is about TLS; the errors of that library have several types.
  static func isEncryption(_ error: any Error) -> Bool {
    if let error = error as? NIOConnectionError, let first = error.connectionErrors.first {
      return isEncryption(first.error)
    }
    return String(reflecting: type(of: error)).hasPrefix("NIOSSL.")
  }
}
