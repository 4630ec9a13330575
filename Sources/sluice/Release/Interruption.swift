import Foundation

/// SIGHUP, SIGINT and SIGTERM while something is under way that has to be taken back.
enum Interruption {
  /// Ends the work at the first of them by cancelling it, so that it can clean up; at the second, at once.
  ///
  /// - Throws: ``Ended`` if it was cancelled; what the work threw.
  static func cancelling<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let task = Task { try await work() }
    let sources = [SIGHUP, SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        guard !task.isCancelled else { exit(128 + number) }
        task.cancel()
      }
      source.setCancelHandler { signal(number, SIG_DFL) }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    do { return try await task.value } catch {
      guard task.isCancelled else { throw error }
      throw Ended()
    }
  }

  /// It was ended before it was done.
  struct Ended: Advised {
    var detail: String { "ended before it was done; nothing of it was kept" }
    var next: [String] { ["Begin again: \(Typed.current.text)"] }
  }
}
