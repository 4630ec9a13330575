/// How a client reaches a server: one function, so that a test can put a router in its place.
///
/// It throws only when there was no answer; every answer, refusals included, is a reply.
public struct Transport: Sendable {
  /// Sends a call and waits for the whole reply.
  public let send: @Sendable (HTTPCall) async throws -> HTTPReply

  /// Wraps the function that sends.
  public init(_ send: @escaping @Sendable (HTTPCall) async throws -> HTTPReply) {
    self.send = send
  }
}

/// A header field.
public struct HTTPHeader: Hashable, Sendable {
  /// The name, in lower case.
  public let name: String
  /// The value.
  public let value: String

  /// Composes a field.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A request to a server, as a value.
public struct HTTPCall: Hashable, Sendable {
  /// The methods that are used.
  public enum Method: String, Hashable, Sendable {
    case get = "GET"
    case post = "POST"
  }

  /// The method.
  public let method: Method
  /// Path and query, percent-encoded, beginning with `/`.
  public let target: String
  /// The header fields.
  public let headers: [HTTPHeader]
  /// The body; empty for `get`.
  public let body: [UInt8]

  /// Composes a request.
  public init(_ method: Method, _ target: String, headers: [HTTPHeader], body: [UInt8] = []) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }
}

/// A server's answer, as a value.
public struct HTTPReply: Hashable, Sendable {
  /// The status code.
  public let status: Int
  /// The header fields, names in lower case.
  public let headers: [HTTPHeader]
  /// The whole body.
  public let body: [UInt8]

  /// Composes an answer.
  public init(status: Int, headers: [HTTPHeader], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first value of a header field; `name` is in lower case.
  public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
