internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// A file that belongs to evidence of a release, if the viewer may read it; `nil` if not, and if there
  /// is none: nobody can tell the two apart.
  public func attachment(
    _ digest: SHA256Digest,
    of release: Release.ID,
    for viewer: Viewer
  ) async throws -> [UInt8]? {
    try await database.read { db in
      let folded = try fold(release, .levelOnly, in: db)
      return folded.shows(attachment: digest, to: viewer) ? try document(digest, in: db) : nil
    }
  }
}
