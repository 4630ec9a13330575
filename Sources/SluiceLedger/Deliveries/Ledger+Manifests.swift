internal import Foundation
internal import GRDB
public import SluiceEncoding
internal import SluiceGovernance
public import SluiceProof

/// One file of a tier, as its manifest lists it.
public struct ManifestFile: Hashable, Sendable {
  /// The path in the tier.
  public let path: String
  /// The digest of its content.
  public let sha256: SHA256Digest
  /// Its length in bytes.
  public let size: Int
}

extension Ledger {
  /// The signed manifest with that digest: the same bytes for everybody and for ever, so binding the
  /// same files again gives the same `model.sig` (README join 7).
  public func bundle(of manifest: SHA256Digest) async throws -> ModelBundle? {
    try await database.read { db in try bundle(of: manifest, in: db) }
  }

  func bundle(of manifest: SHA256Digest, in db: Database) throws -> ModelBundle? {
    try Data.fetchOne(
      db,
      sql: "SELECT bundle FROM manifest WHERE sha256 = ?",
      arguments: [manifest.hex]
    ).map { try ModelBundle(bytes: Array($0)) }
  }

  /// The files that a manifest lists, by the bytes of their paths; none of an unknown manifest.
  public func files(of manifest: SHA256Digest) async throws -> [ManifestFile] {
    try await database.read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT path, sha256, size FROM manifest_file WHERE manifest = ? ORDER BY path",
        arguments: [manifest.hex]
      ).map(ManifestFile.init)
    }
  }

  /// What a blob was on disk when it was bound.
  public func recordedBlob(_ digest: SHA256Digest) async throws -> Blob? {
    try await database.read { db in try recordedBlob(digest, in: db) }
  }

  func recordedBlob(_ digest: SHA256Digest, in db: Database) throws -> Blob? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(Blob.columns) FROM blob WHERE sha256 = ?"),
      arguments: [digest.hex]
    ).map { try Blob(row: $0) }
  }

  /// Every blob that some manifest lists.
  public func recordedBlobs() async throws -> [Blob] {
    try await database.read { db in
      try Row.fetchAll(db, sql: "SELECT \(Blob.columns) FROM blob ORDER BY sha256").map {
        try Blob(row: $0)
      }
    }
  }

  /// Takes a file whose content was hashed for the blob.
  func record(_ blob: Blob) async throws {
    try await database.write { db in try record(blob, in: db) }
  }

  /// Stores a signed manifest, in the transaction of the `bind` that names it.
  ///
  /// One that is stored stays as it is. A new one must be signed by the release key of the home and
  /// say what it is bound to, and its files must be here.
  ///
  /// - Throws: `Refusal.unfit`; `BlobFault`; what SQLite threw.
  func keep(_ bundle: ModelBundle, at now: Instant, in db: Database) throws {
    let digest = SHA256Digest(of: bundle.statement)
    guard try self.bundle(of: digest, in: db) == nil else { return }
    let manifest: Manifest
    do {
      manifest =
        try releaseKey().map { try bundle.verify(with: $0) }
        ?? Manifest(statement: bundle.statement)
    } catch let fault as ManifestFault {
      throw Refusal.unfit("manifest \(digest): \(fault)")
    } catch let fault as Malformed {
      throw Refusal.unfit("manifest \(digest): \(fault)")
    }
    guard let binding = manifest.binding, binding.audience.utf8.elementsEqual(origin.utf8) else {
      throw Refusal.unfit("manifest \(digest): is not bound to a tier of this deployment")
    }
    try db.execute(
      sql: """
        INSERT INTO manifest (sha256, release, tier, bundle, kept_at) VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [digest.hex, binding.release, binding.tier, Data(bundle.bytes), now.seconds]
    )
    for file in manifest.resources { try insert(file, of: digest, in: db) }
  }

  /// Refuses a `bind` whose manifest is not stored, or is that of another tier.
  func checkManifest(of statement: Statement, in db: Database) throws {
    guard case .bind(let digest) = statement.body else { return }
    let stored = try Row.fetchOne(
      db,
      sql: "SELECT release, tier FROM manifest WHERE sha256 = ?",
      arguments: [digest.hex]
    )
    guard let stored else {
      throw Refusal.unfit("the manifest with the digest \(digest) was not sent")
    }
    guard stored["release"] == statement.release.rawValue,
      stored["tier"] == statement.boundTier.rawValue
    else { throw Refusal.unfit("manifest \(digest) is that of another tier") }
  }

  private func insert(
    _ file: Manifest.Resource,
    of manifest: SHA256Digest,
    in db: Database
  ) throws {
    try db.cachedStatement(
      sql: "INSERT INTO manifest_file (manifest, path, sha256, size) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [manifest.hex, file.path, file.sha256.hex, file.size])
    guard let home else { return }
    let blob = try Blobs(in: home.blobs).facts(of: file.sha256)
    guard blob.size == file.size else {
      throw Refusal.unfit("manifest \(manifest): \(file.path) has \(blob.size) bytes here")
    }
    try record(blob, in: db)
  }

  private func record(_ blob: Blob, in db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO blob (sha256, size, inode, modified) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET inode = excluded.inode, modified = excluded.modified
        """
    ).execute(
      arguments: [blob.sha256.hex, blob.size, Int64(bitPattern: blob.inode), blob.modified]
    )
  }

  /// The key under which manifests are signed here; `nil` in memory.
  func releaseKey() throws -> ReleasePublicKey? {
    guard let home else { return nil }
    return try ReleasePublicKey(pem: try String(contentsOf: home.releasePublicKey, encoding: .utf8))
  }
}

extension ManifestFile {
  init(row: Row) throws {
    self.init(path: row["path"], sha256: try SHA256Digest(hex: row["sha256"]), size: row["size"])
  }
}

extension Blob {
  /// The columns of `blob`, in the order in which ``init(row:)`` reads them.
  static let columns = "blob.sha256, blob.size, blob.inode, blob.modified"
  static let columnCount = 4

  /// Reads a row that has ``columns`` from some place on.
  init(row: some PlacedRow, from first: Int = 0) throws {
    self.init(
      sha256: try SHA256Digest(hex: try row.requiredText(first)),
      size: try row.requiredInteger(first + 1),
      inode: UInt64(bitPattern: Int64(try row.requiredInteger(first + 2))),
      modified: try row.requiredInteger(first + 3)
    )
  }
}
