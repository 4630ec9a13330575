import ArgumentParser
import Foundation

/// How much memory the daemon takes while several clients download one large file at once.
///
/// The real program serves, `curl` downloads, and the kernel tells the daemon's resident memory.
struct DeliveryMemory: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delivery-memory",
    abstract:
      "Download a large file with several clients at once; fail if the daemon grows by 64 MiB.",
    discussion: "Example: sluice-bench delivery-memory --clients 8 --size 1024"
  )

  @Option(help: "How many clients at once.")
  var clients = 8

  @Option(help: "The size of the file in MiB.")
  var size = 1024

  /// The bound on growth, in KiB.
  private static let bound = 64 << 10

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  func validate() throws {
    guard clients > 0 else { throw ValidationError("--clients must be 1 or more") }
    guard size > 0 else { throw ValidationError("--size must be 1 MiB or more") }
  }

  func run() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "sluice-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var stage = Deployment(folder: folder)
    defer { stage.remove() }
    try stage.release(size: size << 20)
    try stage.serve()
    let before = try stage.resident("VmRSS")
    let began = ContinuousClock.now
    let downloads = try (0..<clients).map { _ in try stage.download() }
    for download in downloads {
      download.waitUntilExit()
      guard download.terminationStatus == 0 else {
        throw Failure(description: "curl ended with \(download.terminationStatus)")
      }
    }
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    let peak = try stage.resident("VmHWM")
    let growth = peak - before
    print("clients            \(clients) × \(size) MiB in \(String(format: "%.1f", seconds)) s")
    print("resident before    \(before / 1024) MiB")
    print("resident at peak   \(peak / 1024) MiB")
    print("growth             \(growth / 1024) MiB of \(Self.bound / 1024) MiB")
    guard growth < Self.bound else { throw Failure(description: "the daemon grew too much") }
  }
}
