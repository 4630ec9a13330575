import ArgumentParser
import Foundation
import SluiceEncoding
import SluiceLedger

/// `sluice init`: a new deployment on this machine.
struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Create a deployment: its ledger, its blobs and its keys.",
    discussion: "Example: sluice init --home ~/sluice --origin models.example.org/log"
  )

  @OptionGroup var rendering: Rendering

  @Option(
    help: "The folder to create; the default is ~/.local/share/sluice (or SLUICE_HOME).",
    completion: .directory
  )
  var home: String?

  @Option(
    help:
      "The log's name: an address without scheme and final slash. Default: localhost/ and random digits."
  )
  var origin: String?

  func run() async throws {
    let home = try Self.home(named: home)
    let ledger = try await Ledger.create(
      in: home,
      origin: origin ?? Self.randomOrigin(),
      at: Clock.now()
    )
    let clerk = try Speaker.clerkLine(of: home)
    rendering.show(
      """
      created \(home.folder.typed)
        log      \(ledger.origin)
        keys     keys/log, keys/release.pem, keys/release.pub.pem, keys/clerk
        clerk    \(clerk)
      next: \(Typed.command("release", "create", "OWNER/NAME", "--policy", "F", "--roster", "F"))
      """,
      json: .object([
        "clerk": .string(clerk), "home": .string(home.folder.typed),
        "origin": .string(ledger.origin),
      ])
    )
  }

  /// The folder that is named, or the usual one.
  static func home(named name: String?) throws -> Home {
    let settings = try Settings.current()
    return Home(at: (name ?? settings.home).map(Files.url) ?? Settings.usualHome)
  }

  /// `localhost/` and eight hex digits.
  static func randomOrigin() -> String {
    "localhost/" + Hex.encode((0..<4).map { _ in UInt8.random(in: .min ... .max) })
  }
}
