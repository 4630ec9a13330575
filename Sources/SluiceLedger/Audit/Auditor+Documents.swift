internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceProof

extension Auditor {
  /// Compares what statements name by digest with what is stored under it.
  mutating func compareDocuments() throws {
    let documents = try Row.fetchCursor(db, sql: "SELECT * FROM document ORDER BY sha256")
    while let row = try documents.next() {
      report.counts.documents += 1
      let (name, kind): (String, String) = (row["sha256"], row["kind"])
      let bytes: Data = row["bytes"]
      do {
        let digest = try SHA256Digest(hex: name)
        guard let known = DocumentKind(rawValue: kind) else {
          throw Malformed("document", "kind: there is none called \(kind)")
        }
        try known.check(Array(bytes), against: digest)
      } catch { fault(.document(name), "\(error)") }
    }
    try compareKinds(try compareNamedDocuments())
    proving = .erasures
    try compareAnswers()
    proving = .signatures
    for name in try String.fetchAll(
      db,
      sql: """
        SELECT sha256 FROM statement WHERE NOT EXISTS
          (SELECT 1 FROM event WHERE event.statement = statement.sha256) ORDER BY sha256
        """
    ) {
      fault(.statement(name), "no entry of the log is about it")
    }
  }

  /// Looks for what statements name, and answers as what they name it, by digest.
  private mutating func compareNamedDocuments() throws -> [String: Set<String>] {
    var kinds: [String: Set<String>] = [:]
    let naming = try Row.fetchCursor(
      db,
      sql: """
        SELECT statement.bytes AS bytes FROM statement
        WHERE type IN ('file', 'answer', 'evidence') ORDER BY sha256
        """
    )
    while let row = try naming.next() {
      let bytes: Data = row["bytes"]
      // Bytes that are no statement are a fault already.
      guard let statement = try? Statement(canonical: Array(bytes)) else { continue }
      for (digest, kind) in statement.documents {
        if kind != .answers { kinds[digest.hex, default: []].insert(kind.rawValue) }
        let table = kind == .answers ? "answer WHERE commitment" : "document WHERE sha256"
        let isThere = try Bool.fetchOne(
          db,
          sql: "SELECT EXISTS (SELECT 1 FROM \(table) = ?)",
          arguments: [digest.hex]
        )
        guard isThere == false else { continue }
        fault(
          kind == .answers ? .answer(digest.hex) : .document(digest.hex),
          "is missing, and statement \(statement.id) names it"
        )
      }
    }
    return kinds
  }

  /// Who may read a document follows from what it is, so each must be what some statement says.
  private mutating func compareKinds(_ kinds: [String: Set<String>]) throws {
    for row in try Row.fetchAll(db, sql: "SELECT sha256, kind FROM document ORDER BY sha256") {
      let (name, kind): (String, String) = (row["sha256"], row["kind"])
      guard kinds[name]?.contains(kind) != true else { continue }
      fault(.document(name), "kind: no statement names it as \(kind)")
    }
  }

  private mutating func compareAnswers() throws {
    let answers = try Row.fetchCursor(
      db,
      sql: """
        SELECT answer.*, statement.bytes AS bytes, event.seq AS seq FROM answer
        JOIN statement ON statement.sha256 = answer.statement
        LEFT JOIN event ON event.statement = answer.statement ORDER BY commitment
        """
    )
    while let row = try answers.next() {
      let (commitment, asked): (String, String) = (row["commitment"], row["case_id"])
      let (salt, body): (Data?, Data?) = (row["salt"], row["body"])
      let bytes: Data = row["bytes"]
      if let statement = try? Statement(canonical: Array(bytes)) {
        guard case .answer(let occasion, let said) = statement.body, occasion.id == asked,
          said.hex == commitment
        else {
          fault(.answer(commitment), "its statement commits to something else")
          continue
        }
      }
      guard let salt, let body else {
        let index: Int? = row["seq"]
        if let index, erasures.contains(index) {
          report.counts.erased += 1
        } else {
          fault(.answer(commitment), "is not there any more, and no entry says that it was erased")
        }
        continue
      }
      report.counts.answers += 1
      if SHA256Digest(of: Array(salt) + Array(body)).hex != commitment {
        fault(.answer(commitment), "salt and answers have another digest")
      }
    }
  }

  /// Compares the lists of files with the manifests that were signed.
  mutating func compareManifests() throws {
    let key: ReleasePublicKey?
    do { key = try ledger.releaseKey() } catch {
      fault(.database, "the public key of manifests cannot be read: \(error)")
      key = nil
    }
    let manifests = try Row.fetchCursor(db, sql: "SELECT * FROM manifest ORDER BY sha256")
    while let row = try manifests.next() {
      report.counts.manifests += 1
      let name: String = row["sha256"]
      let bytes: Data = row["bundle"]
      do {
        let bundle = try ModelBundle(bytes: Array(bytes))
        guard SHA256Digest(of: bundle.statement).hex == name else {
          throw Malformed("manifest", "the bundle is about another one")
        }
        let manifest =
          try key.map { try bundle.verify(with: $0) } ?? Manifest(statement: bundle.statement)
        guard manifest.binding?.release == row["release"], manifest.binding?.tier == row["tier"]
        else { throw Malformed("manifest", "is bound to another tier") }
        try compareFiles(of: manifest, name)
        guard row["kept_at"] == bound[name] else {
          throw Malformed("manifest", "kept_at: no statement bound it first at that time")
        }
      } catch let error as DatabaseError { throw error } catch {
        fault(.manifest(name), "\(error)")
      }
    }
  }

  private mutating func compareFiles(of manifest: Manifest, _ name: String) throws {
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT path, sha256, size FROM manifest_file WHERE manifest = ?",
      arguments: [name]
    )
    var stored: [[UInt8]: (String, Int)] = [:]
    for row in rows {
      let path: String = row["path"]
      stored[Array(path.utf8)] = (row["sha256"], row["size"])
    }
    for file in manifest.resources {
      let place = AuditFault.Place.row(table: "manifest_file", key: "\(name)/\(file.path)")
      guard let (sha256, size) = stored.removeValue(forKey: Array(file.path.utf8)) else {
        fault(place, "is missing")
        continue
      }
      if sha256 != file.sha256.hex || size != file.size { fault(place, "is not what was signed") }
    }
    for path in stored.keys {
      let path = String(decoding: path, as: UTF8.self)
      fault(.row(table: "manifest_file", key: "\(name)/\(path)"), "is not in the manifest")
    }
  }
}
