import HTTPTypes
import HummingbirdTesting
import NIOCore
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer

/// What somebody learned by an errand, in a few signs (the tables in `Vectors` explain them).
enum Finding {
  /// What an answer to somebody shows.
  static func signs(_ reply: HTTPReply, to reader: String) throws -> String {
    switch reply.status {
    case 200:
      if reply.body == Array(#"{"items":[]}"#.utf8) { return "0" }
      return "+" + Traces(in: reply.body, besides: reader).signs
    case 401: return try unknown(reply)
    case 404:
      // What answers a HEAD has no body, and says it in its fields.
      if let code = reply.header("x-error-code") { return code == "RepoNotFound" ? "-" : "e" }
      return try nothing.contains(reply.code ?? "") ? "-" : "e"
    case 403:
      if reply.header("x-error-code") == "GatedRepo" { return "g" }
      return try reply.code == "read.not-eligible" ? "x" : "f"
    case 409: return "s"
    case 400: return "m"
    default: return "\(reply.status)"
    }
  }

  /// The codes that say that there is nothing of the kind.
  private static let nothing = ["release.unknown", "case.unknown", "grant.unknown"]

  /// What the contract answers somebody; `nil` if it has no function for the errand.
  static func signs(
    _ errand: Errand,
    by deployment: any Deployment,
    to reader: String
  ) async throws -> String? {
    guard let asked = errand.asked else { return nil }
    let (status, body): (Int, JSONValue)
    do {
      (status, body) = (200, try await asked(deployment))
    } catch let refusal as RemoteRefusal {
      (status, body) = (refusal.status, refusal.problem.json)
    } catch {
      guard let (code, problem) = Problem.answer(to: error) else { throw error }
      (status, body) = (code.code, problem.json)
    }
    return try signs(HTTPReply(status: status, headers: [], body: body.canonical), to: reader)
  }

  private static func unknown(_ reply: HTTPReply) throws -> String {
    if reply.header("x-error-code") == "GatedRepo" { return "g" }
    if reply.header("x-error-message") == "Invalid credentials in Authorization header" {
      return "k"
    }
    let code = reply.header("x-error-message") == nil ? try reply.code : "auth.missing"
    return code == "auth.bad-key" ? "k" : code == "auth.missing" ? "t" : "401"
  }
}

/// Whom and whose words an answer shows that are not the reader's own.
private struct Traces {
  private static let speakers: Set<String> = ["ana", "cho", "ben", "hal", "edi", "pia", "clerk"]
  private static let others: Set<String> = ["bea", "bob", "mia", "eve", "ida"]

  private let text: String
  private let words: Set<Substring>
  private let reader: String

  init(in body: [UInt8], besides reader: String) {
    self.reader = reader
    let whole = String(decoding: body, as: UTF8.self)
    let read = (try? JSONValue(parsing: body, .document, format: "answer")).map(Self.texts)
    text = (read?.joined(separator: "\n") ?? whole).replacing("ana/tiny", with: "")
    words = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_" })
  }

  var signs: String {
    let found: [(String, Bool)] = [
      ("r", isNamed(Self.speakers)), ("@", isNamed(Self.others)), ("w", shows("purpose-of")),
      ("o", shows("open-of")), ("p", shows("private-of")),
      ("h", reader != "mia" && text.contains("Secret of mia")),
      ("l", reader != "pia" && text.contains("Secret of pia")),
    ]
    return found.filter(\.1).map(\.0).joined()
  }

  private func isNamed(_ people: Set<String>) -> Bool {
    people.contains { $0 != reader && words.contains($0[...]) }
  }

  private func shows(_ kind: String) -> Bool {
    ["bea", "bob"].contains { $0 != reader && words.contains("\(kind)-\($0)") }
  }

  /// Every text, and what the statements among them say.
  private static func texts(of value: JSONValue) -> [String] {
    switch value {
    case .string(let text):
      guard text.hasPrefix("eyJ"), let bytes = try? Base64.decode(text),
        let statement = try? JSONValue(parsing: bytes, .document, format: "statement")
      else { return [text] }
      return texts(of: statement)
    case .array(let items): return items.flatMap(texts)
    case .object(let object): return object.members.flatMap { [$0.name] + texts(of: $0.value) }
    case .null, .bool, .integer, .decimal: return []
    }
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
