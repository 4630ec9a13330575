internal import SluiceEncoding
internal import SluiceGovernance

/// How far an audit goes into the files.
enum FileDepth {
  /// What they are on disk.
  case facts
  /// Their content as well.
  case hash
  /// Their content, and whoever has the right one is taken for what was imported.
  case accept
}

extension Ledger {
  /// Verifies one file that a manifest lists.
  func verify(
    _ file: Auditor.ListedFile,
    in store: Blobs,
    _ depth: FileDepth,
    in report: inout AuditReport,
    progress: @escaping @Sendable (Int) -> Void
  ) async throws {
    report.counts.blobs += 1
    var faults: [String] = []
    var isReplaced = false
    do throws(BlobFault) {
      if let recorded = file.recorded { try store.check(recorded) }
    } catch {
      if case .replaced = error { isReplaced = true }
      faults.append(error.description)
    }
    if file.recorded == nil { faults.append("nothing is recorded of its file") }
    if depth != .facts {
      do {
        let found = try await store.measure(file.sha256, progress: progress)
        report.counts.bytes += found.size
        let isRight = found.sha256 == file.sha256 && found.size == file.size
        if isReplaced, isRight, depth == .accept {
          try await record(found)
          report.restored += 1
          faults = []
        }
        if found.sha256 != file.sha256 { faults.append("its content has another digest") }
        if found.size != file.size { faults.append("has \(found.size) bytes") }
      } catch let fault as BlobFault {
        faults.append(fault.description)
      }
    }
    for fault in faults {
      report.add(.blob(file.sha256.hex), fault, breaks: .manifests)
    }
  }
}
