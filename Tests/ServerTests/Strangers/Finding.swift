import HTTPTypes
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer

/// What somebody learned by an errand, in words (the head of each table explains them).
enum Finding {
  /// What an answer to somebody shows.
  static func words(_ reply: HTTPReply, to reader: Reader) throws -> String {
    if reply.status == 200 {
      if reply.body == Array(#"{"items":[]}"#.utf8) { return "an empty list" }
      return Traces(in: reply.body, besides: reader.name ?? "").words
    }
    let code = try code(of: reply)
    if absent.contains(code) { return "nothing: \(code)" }
    return "no: \(code)"
  }

  /// The codes that say that there is nothing of the kind.
  private static let absent = ["release.unknown", "case.unknown", "grant.unknown", "RepoNotFound"]

  /// Which no it is; what answers a HEAD has no body, and says it in its fields.
  private static func code(of reply: HTTPReply) throws -> String {
    if let code = reply.header("x-error-code") { return code }
    guard let message = reply.header("x-error-message") else {
      return try reply.code ?? "\(reply.status)"
    }
    let isDead = message == "Invalid credentials in Authorization header"
    return isDead ? "auth.bad-key" : reply.status == 401 ? "auth.missing" : "\(reply.status)"
  }

  /// What the contract answers somebody; `nil` if it has no function for the errand.
  static func words(
    _ errand: Errand,
    by deployment: any Deployment,
    to reader: Reader
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
    return try words(HTTPReply(status: status, headers: [], body: body.canonical), to: reader)
  }
}

/// Whom and whose words an answer shows that are not the reader's own.
private struct Traces {
  private static let speakers: Set<String> = ["ana", "cho", "ben", "hal", "edi", "pia", "clerk"]
  private static let others: Set<String> = ["bea", "bob", "mia", "eve", "una", "ida"]

  private let text: String
  private let terms: Set<Substring>
  private let reader: String

  init(in body: [UInt8], besides reader: String) {
    self.reader = reader
    let whole = String(decoding: body, as: UTF8.self)
    let read = (try? JSONValue(parsing: body, .document, format: "answer")).map(Self.texts)
    text = (read?.joined(separator: "\n") ?? whole).replacing("ana/tiny", with: "")
    terms = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_" })
  }

  var words: String {
    let found: [(String, Bool)] = [
      ("speakers", isNamed(Self.speakers)), ("others", isNamed(Self.others)),
      ("purposes", shows("purpose-of")), ("answers", shows("open-of")),
      ("private answers", shows("private-of")), ("addresses", isWritten("@b.example")),
      ("why a person is held", reader != "mia" && text.contains("Secret of mia")),
      ("a report", reader != "pia" && text.contains("Secret of pia")),
    ]
    let shown = found.filter(\.1).map(\.0)
    return shown.isEmpty ? "an answer" : "an answer with " + shown.joined(separator: ", ")
  }

  private func isNamed(_ people: Set<String>) -> Bool {
    people.contains { $0 != reader && terms.contains($0[...]) }
  }

  private func shows(_ kind: String) -> Bool {
    Self.others.contains { $0 != reader && terms.contains("\(kind)-\($0)") }
  }

  private func isWritten(_ ending: String) -> Bool {
    text.replacing("\(reader)\(ending)", with: "").contains(ending)
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
