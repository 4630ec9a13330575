import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice login`: remembers a token for a daemon.
struct Login: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remember the token for a daemon, after trying it.",
    discussion: "Example: sluice login --server https://models.example.org --token hf_…"
  )

  @Option(help: "The daemon's address.")
  var server: String

  @Option(help: "The token; asked for if not given.")
  var token: String?

  @OptionGroup var rendering: Rendering

  func run() async throws {
    guard let token = token ?? Terminal.ask("Token: ") else {
      throw ValidationError("--token is needed where nobody can be asked")
    }
    let transport = try HTTPTransport.transport(to: server, token: token)
    let standing = try await RemoteDeployment(transport: transport).standing()
    guard let principal = standing.principal else { throw Refusal.badToken }
    try Settings.store(token: token, for: server)
    rendering.show(
      "logged in to \(server) as \(principal.name)",
      json: .object(["principal": .string(principal.rawValue), "server": .string(server)])
    )
  }
}
