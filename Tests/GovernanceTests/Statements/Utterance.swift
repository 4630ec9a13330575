import SluiceEncoding
import SluiceGovernance
import Testing

/// A statement with what is to be read and shown of it.
struct Utterance: Sendable, CustomTestStringConvertible {
  let name: String
  let subject: Statement.Subject
  let body: Statement.Body
  /// The body's bytes, as `Docs/Formats/statements.md` writes them.
  let json: String
  /// What the signer is shown, without name, instant, audience and digest.
  let words: String

  init(
    _ name: String,
    about subject: Statement.Subject,
    _ body: Statement.Body,
    _ json: String,
    _ words: String
  ) {
    self.name = name
    self.subject = subject
    self.body = body
    self.json = json
    self.words = words
  }

  var testDescription: String { name }

  static let release: Release.ID = "ana/tiny"
  static let one = SHA256Digest(of: "one".utf8)
  static let two = SHA256Digest(of: "two".utf8)
  static let key = "SHA256:" + Base64.encode(one.bytes).dropLast()
  static let march = Instant(seconds: 1_551_398_400)
  static let april = march + Duration(seconds: 30 * 86_400)

  var statement: Statement { Self.statement(body, about: subject) }

  static func statement(_ body: Statement.Body, about subject: Statement.Subject) -> Statement {
    Statement(
      by: "person:ana",
      at: march,
      audience: "sluice.example.org/audit",
      nonce: Array(0..<16),
      release: body.type == .keychange ? "" : release,
      seen: .init(size: 3, root: two),
      subject: subject,
      body: body
    )
  }

  /// One at least of every type, and of `file` one of every kind.
  static let all = requests + findings + orders

  static subscript(name: String) -> Utterance {
    guard let found = all.first(where: { $0.name == name }) else {
      preconditionFailure("no utterance is called \(name)")
    }
    return found
  }
}

extension Statement.Subject {
  /// Something that was recorded.
  static func recorded(_ name: String) -> Self { .init(name: name, digest: Utterance.one) }

  /// A name in the release.
  static func named(_ name: String) -> Self { .init(name: name, in: Utterance.release) }
}
