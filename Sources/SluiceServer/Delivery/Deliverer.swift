internal import Foundation
package import Hummingbird
package import Logging
package import NIOCore
package import SluiceEncoding
package import SluiceLedger

/// Hands files out, each with its entry in the log before the first byte and after the last.
package struct Deliverer: Sendable {
  private let log: DeliveryLog
  private let blobs: Blobs
  private let transfers: OpenTransfers
  private let clock: @Sendable () -> Instant
  private let logger: Logger
  private let interval: Swift.Duration

  /// Hands out `blobs`; `logger` hears of what the operator must see to, and the progress of a
  /// transfer is recorded every `interval`, which README join 6 bounds.
  package init(
    log: DeliveryLog,
    blobs: Blobs,
    transfers: OpenTransfers,
    clock: @escaping @Sendable () -> Instant,
    logger: Logger,
    interval: Swift.Duration = .seconds(5)
  ) {
    self.log = log
    self.blobs = blobs
    self.transfers = transfers
    self.clock = clock
    self.logger = logger
    self.interval = interval
  }

  /// Lets a range of a file go, if it still may.
  ///
  /// - Parameters:
  ///   - range: The bytes, within the file.
  ///   - cleared: What the query was answered a moment ago.
  ///   - query: Who asks for what.
  ///   - channel: The connection.
  /// - Returns: The body, and the admission under which it goes; its index is the delivery's.
  /// - Throws: A `Refusal`; ``HubFault`` if there are too many; ``BlobFile/Fault`` if the file is not
  ///   what was imported; what SQLite threw. No byte leaves then.
  package func deliver(
    _ range: Range<Int>,
    of cleared: Admission,
    for query: DeliveryQuery,
    on channel: any Channel
  ) async throws -> (body: ResponseBody, admission: Admission) {
    let file = try open(cleared)
    try await makeSure { await transfers.room(for: query.principal, at: query.peer) }
    let admission = try await log.admit(query, bytes: range.count, at: clock())
    let permit = Permit(
      grant: admission.grant,
      principal: query.principal,
      credential: query.credential
    )
    let transfer = Transfer(range, of: file, for: query.principal, at: query.peer, on: permit)
    do {
      try await makeSure { await transfers.admit(transfer) }
    } catch {
      await end(admission, transfer, .nothing)
      throw error
    }
    let body = ResponseBody.delivering(transfer, on: channel) {
      await record(admission, transfer)
    } ended: { report in
      await transfers.end(transfer)
      await end(admission, transfer, report)
    }
    return (body, admission)
  }

  private func open(_ cleared: Admission) throws -> BlobFile {
    guard let blob = cleared.blob else { throw BlobFault.missing(cleared.sha256) }
    let path = blobs.url(of: blob.sha256).path(percentEncoded: false)
    let recorded = BlobFile.Identity(size: blob.size, inode: blob.inode, modified: blob.modified)
    do { return try BlobFile(at: path, recorded: recorded) } catch {
      logger.critical("A file is not what was imported", metadata: ["fault": "\(error)"])
      throw error
    }
  }

  private func makeSure(_ room: () async -> OpenTransfers.Room) async throws {
    switch await room() {
    case .free: return
    case .draining: throw HubFault.draining
    case .full(let limit): throw HubFault.tooManyTransfers(limit: limit)
    }
  }

  // Ended by cancellation, and by nothing else: a delivery of which nothing is heard for 600 s would
  // be closed as unknown while its bytes still leave. What is not recorded here counts as the whole
  // file until the end is.
  private func record(_ admission: Admission, _ transfer: Transfer) async {
    while true {
      do { try await Task.sleep(for: interval) } catch { return }
      do {
        try await log.cover(
          admission,
          handed: transfer.range.beginning(transfer.handed),
          acked: transfer.range.beginning(transfer.acknowledged),
          at: clock()
        )
      } catch {
        logger.error("Progress of a delivery was not recorded", metadata: ["error": "\(error)"])
      }
    }
  }

  // An end that cannot be written leaves the delivery open, which counts as the whole file.
  private func end(
    _ admission: Admission,
    _ transfer: Transfer,
    _ report: Transfer.Report
  ) async {
    do {
      try await log.end(
        admission,
        as: report.outcome,
        handed: transfer.range.beginning(report.handed),
        acked: transfer.range.beginning(report.acknowledged),
        evidence: report.evidence,
        at: clock()
      )
    } catch {
      logger.error("The end of a delivery was not recorded", metadata: ["error": "\(error)"])
    }
  }
}

extension Range<Int> {
  /// The first `count` of it.
  fileprivate func beginning(_ count: Int) -> Range<Int> { lowerBound..<lowerBound + count }
}
