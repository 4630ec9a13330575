import HTTPTypes
import HummingbirdTesting
import NIOCore
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

/// What somebody learned by an errand, in a few signs (`Vectors/strangers.txt` explains them).
enum Finding {
  /// What an answer to somebody shows.
  static func signs(_ reply: HTTPReply, to reader: String) throws -> String {
    let text = String(decoding: reply.body, as: UTF8.self)
    switch reply.status {
    case 200:
      if reply.body == Array(#"{"items":[]}"#.utf8) { return "0" }
      return "+" + traces(in: text, besides: reader)
    case 401: return text.contains("no token") ? "t" : try unknown(reply)
    case 404:
      return try ["release.unknown", "case.unknown", "grant.unknown"].contains(reply.code)
        || reply.header("x-error-code") == "RepoNotFound" ? "-" : "e"
    case 403:
      if reply.header("x-error-code") == "GatedRepo" { return "g" }
      return try reply.code == "read.not-eligible" ? "x" : "f"
    case 409: return "s"
    case 400: return "m"
    default: return "\(reply.status)"
    }
  }

  /// What the operator learns here.
  static func signs(
    _ errand: Errand,
    by deployment: LocalDeployment
  ) async throws -> String {
    guard let here = errand.here else { return "." }
    let (status, body): (Int, JSONValue)
    do {
      (status, body) = (200, try await here(deployment))
    } catch {
      guard let (code, problem) = Problem.answer(to: error) else { throw error }
      (status, body) = (code.code, problem.json)
    }
    return try signs(HTTPReply(status: status, headers: [], body: body.canonical), to: "operator")
  }

  private static func unknown(_ reply: HTTPReply) throws -> String {
    if reply.header("x-error-code") == "GatedRepo" { return "g" }
    let isHub = reply.header("x-error-message") == "Invalid credentials in Authorization header"
    return try isHub || reply.code == "auth.bad-key" ? "k" : "401"
  }

  private static func traces(in text: String, besides reader: String) -> String {
    let others = text.replacing("person:\(reader)\"", with: "")
      .replacing("open-of-\(reader)", with: "").replacing("private-of-\(reader)", with: "")
    let signs = [("@", "person:"), ("o", "open-of-"), ("p", "private-of-"), ("!", "Secret of")]
    return signs.filter { others.contains($0.1) }.map(\.0).joined()
  }
}

extension Served {
  /// Does an errand as the owner of a token; `nil` has none.
  func answer(_ errand: Errand, as name: String?) async throws -> HTTPReply {
    var headers: HTTPFields = [:]
    if let name { headers[.authorization] = "Bearer \(tokens[name] ?? "hf_unknown")" }
    return try await client.execute(
      uri: errand.target,
      method: errand.method,
      headers: headers,
      body: errand.body.map { ByteBuffer(bytes: $0) }
    ) { response in
      HTTPReply(
        status: response.status.code,
        headers: response.headers.map { HTTPHeader($0.name.canonicalName, $0.value) },
        body: Array(response.body.readableBytesView)
      )
    }
  }
}
