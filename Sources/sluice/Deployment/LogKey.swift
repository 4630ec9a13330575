import ArgumentParser
import SluiceAPI
import SluiceEncoding

/// `sluice log key`: by which key the log's heads are known.
struct LogKey: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Print the log's verifier key, by which its checkpoints and proofs are checked.",
    discussion: """
      Its operator publishes it where people find it without the daemon: what a daemon says of its \
      own key shows only that it agrees with itself.
      Example: sluice log key
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  func run() async throws {
    let standing = try await place.open().deployment.standing()
    rendering.show(standing.vkey, json: .object(["vkey": .string(standing.vkey)]))
  }
}
