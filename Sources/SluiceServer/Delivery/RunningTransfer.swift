internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import SluiceLedger

/// A transfer under way; it lives on the event loop of its connection.
///
/// One window is outstanding at a time: nothing is held in memory in plaintext, one window under TLS.
/// Every path out of here closes the connection or has handed over the whole range.
final class RunningTransfer {
  private let transfer: Transfer
  private let ended: EventLoopPromise<Transfer.Report>
  private let codec: ChannelHandlerContext
  private let isEncrypted: Bool
  private let pace: TransferPace
  private let readers: NIOThreadPool

  // Everything before `taken` is in the kernel, what is between it and `handed` may be.
  private var taken: Int
  private var handed: Int
  private var advised: Int
  private var isAdvising = false
  private var isWaiting = false
  private var buffer = ByteBuffer()

  private var meter = AcknowledgedBytes(from: nil, isEncrypted: false)
  private var isSettled = false
  private var progress = (bytes: 0, at: NIODeadline.now())
  private var lastAcknowledged = (bytes: 0, at: NIODeadline.now())
  private var ticking: Scheduled<Void>?

  private var isOver = false

  init(
    _ order: TransferOrder,
    through codec: ChannelHandlerContext,
    isEncrypted: Bool,
    pace: TransferPace,
    readers: NIOThreadPool
  ) {
    transfer = order.transfer
    ended = order.ended
    self.codec = codec
    self.isEncrypted = isEncrypted
    self.pace = pace
    self.readers = readers
    taken = transfer.range.lowerBound
    handed = transfer.range.lowerBound
    advised = Self.readahead(of: transfer, from: transfer.range.lowerBound).upperBound
  }

  /// What to read ahead from `offset` on: two windows, within the range.
  static func readahead(of transfer: Transfer, from offset: Int) -> Range<Int> {
    offset..<min(offset + 2 << 20, transfer.range.upperBound)
  }

  func start() {
    sample { [self] sample in
      meter = AcknowledgedBytes(from: sample, isEncrypted: isEncrypted)
      scheduleTick()
      step()
    }
  }

  /// The connection is gone.
  func lose() { end(.partial) }

  // MARK: Windows

  private func step() {
    guard !isOver else { return }
    if let stop = transfer.stopped { return abort(stop.outcome) }
    guard taken < transfer.range.upperBound else {
      lastAcknowledged.at = .now()
      return settle(after: 0)
    }
    guard transfer.file.isUnchanged else { return abort(.ioError) }
    let window = isEncrypted ? pace.bufferedWindow : pace.window
    let next = min(taken + window, transfer.range.upperBound)
    readAhead(of: next)
    guard next <= advised else {
      isWaiting = true
      return
    }
    guard let body = body(taken..<next) else { return abort(.ioError) }
    handed = next
    note()
    let written = codec.eventLoop.makePromise(of: Void.self)
    written.futureResult.assumeIsolated().whenComplete { [self] in wrote(upTo: next, $0) }
    codec.writeAndFlush(NIOAny(HTTPServerResponsePart.body(body)), promise: written)
  }

  private func wrote(upTo next: Int, _ result: Result<Void, any Error>) {
    guard !isOver else { return }
    switch result {
    case .success:
      taken = next
      look { [self] in step() }
    case .failure(let error):
      abort(error.isOfTheFile ? .ioError : .partial)
    }
  }

  private func body(_ window: Range<Int>) -> IOData? {
    guard isEncrypted else {
      return .fileRegion(
        FileRegion(
          fileHandle: transfer.file.handle,
          readerIndex: window.lowerBound,
          endIndex: window.upperBound
        )
      )
    }
    buffer.clear()
    guard transfer.file.read(window, into: &buffer) == window.count else { return nil }
    return .byteBuffer(buffer)
  }

  // Nothing is read on the loop that was not asked for on a thread before.
  private func readAhead(of next: Int) {
    let coming = Self.readahead(of: transfer, from: advised)
    guard !isAdvising, advised - next < pace.window, !coming.isEmpty else { return }
    isAdvising = true
    let advice = readers.runIfActive(eventLoop: codec.eventLoop) { [transfer] in
      transfer.file.advise(coming)
    }
    advice.assumeIsolated().whenComplete { [self] _ in
      isAdvising = false
      advised = coming.upperBound
      guard isWaiting else { return }
      isWaiting = false
      step()
    }
  }

  // MARK: The end

  // Polls until all is acknowledged. The response must not end before: then the connection may
  // close, and what was not acknowledged by then would never be known.
  private func settle(after delay: Int) {
    look { [self] in
      guard !isOver else { return }
      if isSettled { return end(.complete) }
      guard NIODeadline.now() < lastAcknowledged.at + pace.grace else { return end(.partial) }
      let next = delay < 10 ? delay + 2 : 25
      codec.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(next))) { [self] in
        if !isOver { settle(after: next) }
      }
    }
  }

  private func abort(_ outcome: Delivery.Outcome) {
    look { [self] in
      end(outcome)
      codec.close(promise: nil)
    }
  }

  private func end(_ outcome: Delivery.Outcome) {
    guard !isOver else { return }
    isOver = true
    ticking?.cancel()
    ended.succeed(
      Transfer.Report(
        outcome: outcome,
        handed: handed - transfer.range.lowerBound,
        acknowledged: meter.count,
        evidence: isEncrypted ? .tls : .tcp
      )
    )
  }

  // MARK: Looking

  // A window that does not end asks nothing, so once a second somebody has to.
  private func scheduleTick() {
    ticking = codec.eventLoop.assumeIsolated().scheduleTask(in: pace.tick) { [self] in
      look { [self] in
        guard !isOver else { return }
        if let stop = transfer.stopped { return abort(stop.outcome) }
        guard transfer.file.isUnchanged else { return abort(.ioError) }
        guard NIODeadline.now() < progress.at + pace.patience else { return abort(.stalled) }
        scheduleTick()
      }
    }
  }

  private func look(then proceed: @escaping () -> Void) {
    sample { [self] sample in
      let first = transfer.range.lowerBound
      meter.record(sample, handed: handed - first, taken: taken - first)
      isSettled = sample?.isSettled ?? false
      let now = NIODeadline.now()
      if meter.count > lastAcknowledged.bytes { lastAcknowledged = (meter.count, now) }
      if meter.count >= progress.bytes + pace.leastProgress { progress = (meter.count, now) }
      note()
      proceed()
    }
  }

  private func sample(then proceed: @escaping (AcknowledgedBytes.Sample?) -> Void) {
    codec.channel.acknowledgedBytes().assumeIsolated().whenComplete { result in
      proceed((try? result.get()) ?? nil)
    }
  }

  private func note() {
    transfer.note(
      handed: handed - transfer.range.lowerBound,
      acknowledged: meter.count
    )
  }
}

extension Transfer.Stop {
  fileprivate var outcome: Delivery.Outcome {
    switch self {
    case .revoked: .revoked
    case .drained: .drained
    }
  }
}

extension Error {
  // `sendfile` reports faults of the disk and of the connection by the same call.
  fileprivate var isOfTheFile: Bool {
    guard let error = self as? IOError else { return false }
    return [EIO, ENXIO, ESTALE, EBUSY].contains(error.errnoCode)
  }
}
