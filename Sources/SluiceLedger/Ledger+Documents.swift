internal import Foundation
internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// The policy, the roster or the text of terms with that digest, as it was sent.
  public func document(_ digest: SHA256Digest) async throws -> [UInt8]? {
    try await database.read { db in try document(digest, in: db) }
  }

  func hasDocument(_ digest: SHA256Digest, in db: Database) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM document WHERE sha256 = ?)"),
      arguments: [digest.hex]
    ) ?? false
  }

  func document(_ digest: SHA256Digest, in db: Database) throws -> [UInt8]? {
    try Data.fetchOne(
      db,
      sql: "SELECT bytes FROM document WHERE sha256 = ?",
      arguments: [digest.hex]
    ).map { Array($0) }
  }

  /// The answers that were committed to for a case, the latest of each form.
  ///
  /// Erased answers are left out.
  public func answers(of id: Case.ID) async throws -> [Form.ID: JSONObject] {
    try await database.read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT statement.bytes AS bytes, answer.body AS body FROM answer
          JOIN statement ON statement.sha256 = answer.statement
          JOIN event ON event.statement = answer.statement
          WHERE answer.case_id = ? AND answer.body IS NOT NULL ORDER BY event.seq
          """,
        arguments: [id.rawValue]
      )
      var answers: [Form.ID: JSONObject] = [:]
      for row in rows {
        let bytes: Data = row["bytes"]
        let body: Data = row["body"]
        let name = try Statement(canonical: Array(bytes)).subject.name
        answers[Form.ID(String(name.dropFirst("form:".count)))] = try Answers.read(Array(body))
      }
      return answers
    }
  }

  /// Stores the documents that a statement names, each checked against its digest.
  ///
  /// - Returns: The digests of those that it names.
  /// - Throws: `Refusal.unfit` for a document that is not what its digest says, or cannot be read.
  func keep(
    _ documents: [SHA256Digest: [UInt8]],
    namedBy presented: Presented,
    in db: Database
  ) throws -> Set<SHA256Digest> {
    guard let statement = try? presented.statement.get() else { return [] }
    for (digest, kind) in statement.documents {
      guard let bytes = documents[digest] else { continue }
      try kind.check(bytes, against: digest)
      // Answers go where they can be erased, with the statement that commits to them.
      guard kind != .answers else { continue }
      try db.execute(
        sql: "INSERT INTO document (sha256, kind, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        arguments: [digest.hex, kind.rawValue, Data(bytes)]
      )
    }
    return Set(statement.documents.map(\.0))
  }

  /// Refuses a proposal whose texts, or evidence whose attachments, were neither sent nor are there for
  /// the signer to read.
  ///
  /// What others stored is as if it were not there: whoever names a digest is shown what is behind it.
  func checkDocuments(
    of statement: Statement,
    among sent: [SHA256Digest: [UInt8]],
    in release: Release,
    in db: Database
  ) throws {
    for (digest, kind) in statement.documents where kind != .answers {
      let isTheirs = sent[digest] != nil || release.shows(digest, to: statement.by)
      guard try isTheirs && hasDocument(digest, in: db) else {
        throw Refusal.unfit("the \(kind.rawValue) with the digest \(digest) was not sent")
      }
    }
  }
}

extension Release {
  /// Whether somebody may read the document with a digest, as far as this release names it.
  fileprivate func shows(_ digest: SHA256Digest, to reader: Principal.ID) -> Bool {
    if shows(attachment: digest, to: .principal(reader)) { return true }
    if adoptions.contains(where: { $0.policy.digest == digest || $0.terms.values.contains(digest) })
    {
      return true
    }
    guard rosters.contains(where: { !$0.roles(of: reader).isEmpty }) else { return false }
    return cases.values.contains { asked in
      guard case .amend(let policy, let roster, let terms, let rehearsal) = asked.filing else {
        return false
      }
      return [policy, roster, rehearsal].contains(digest) || terms.values.contains(digest)
    }
  }
}

/// What a document of a call can be.
enum DocumentKind: String, Hashable, Sendable {
  case policy, roster, terms, answers, attachment

  /// The most bytes that an attachment may have.
  static let longestAttachment = 1 << 20

  /// Refuses bytes that are not the document of this digest.
  func check(_ bytes: [UInt8], against digest: SHA256Digest) throws(Refusal) {
    switch self {
    case .policy: _ = try Policy(document: bytes, digest: digest)
    case .roster: _ = try Roster(document: bytes, digest: digest)
    case .terms, .answers, .attachment:
      guard self != .attachment || bytes.count <= Self.longestAttachment else {
        throw .unfit("attachment \(digest): longer than \(Self.longestAttachment) bytes")
      }
      guard SHA256Digest(of: bytes) == digest else {
        throw .unfit("\(rawValue) \(digest): has another digest")
      }
      guard self != .terms || !bytes.isEmpty && String(validating: bytes, as: UTF8.self) != nil
      else { throw .unfit("terms \(digest): must be text in UTF-8, not empty") }
    }
  }
}

extension Statement {
  /// The documents that the statement brings into the ledger (README join 13).
  var documents: [(SHA256Digest, DocumentKind)] {
    switch body {
    case .file(.amend(let policy, let roster, let terms, let rehearsal)):
      [(policy, .policy), (roster, .roster)] + terms.values.map { ($0, .terms) }
        + (rehearsal.map { [($0, .attachment)] } ?? [])
    case .answer(_, let commitment): [(commitment, .answers)]
    case .evidence(let finding): finding.attachments.values.map { ($0, .attachment) }
    default: []
    }
  }
}

extension Statement {
  /// The answers that an `answer` commits to, if they were sent with it.
  func answers(among documents: [SHA256Digest: [UInt8]]) throws(Refusal) -> Answers? {
    guard case .answer(_, let commitment) = body, let bytes = documents[commitment] else {
      return nil
    }
    do { return try Answers(document: bytes) } catch { throw .unfit("\(error)") }
  }
}

extension Policy {
  /// Reads a policy that must have this digest.
  init(document bytes: [UInt8], digest: SHA256Digest) throws(Refusal) {
    do { self = try Policy(text: try utf8(bytes)) } catch {
      throw .unfit("policy \(digest): \(error)")
    }
    guard self.digest == digest else { throw .unfit("policy \(digest): has another digest") }
  }
}

extension Roster {
  /// Reads a roster that must have this digest.
  init(document bytes: [UInt8], digest: SHA256Digest) throws(Refusal) {
    do { self = try Roster(text: try utf8(bytes)) } catch {
      throw .unfit("roster \(digest): \(error)")
    }
    guard self.digest == digest else { throw .unfit("roster \(digest): has another digest") }
  }
}

private func utf8(_ bytes: [UInt8]) throws(Malformed) -> String {
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw Malformed("document", "is not UTF-8")
  }
  return text
}
