import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice login`: keep a token for a daemon.
struct Login: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remember the token for a daemon, after trying it; or print the one that is kept.",
    discussion: """
      Asks for the token without showing it, or reads it from the standard input: a token in an \
      argument stays in the history of the shell. With --show the kept one is printed, for tools \
      that take it from the environment: HF_TOKEN=$(sluice login --show --server URL)
      Example: sluice login --server http://127.0.0.1:8080
      """
  )

  @Option(help: "The daemon's address (or SLUICE_SERVER).")
  var server: String?

  @Option(help: "The token, if it may be seen by whoever reads the shell's history.")
  var token: String?

  @Flag(help: "Print the token that is kept for the daemon, and ask nobody.")
  var show = false

  @OptionGroup var rendering: Rendering

  func validate() throws {
    if show, token != nil { throw ValidationError("--show and --token exclude each other") }
  }

  func run() async throws {
    guard let server = server ?? Settings.namedServer else {
      throw ValidationError("--server URL is needed (or SLUICE_SERVER)")
    }
    if show { return try showKept(for: server) }
    if self.server == nil { rendering.tell("the server is that of SLUICE_SERVER: \(server)") }
    // An address that cannot be one is found before anything secret is typed.
    _ = try HTTPTransport.transport(to: server, token: nil)
    let token = try token ?? Terminal.askSecret("Token for \(server) (not shown): ") ?? ""
    guard !token.isEmpty else {
      throw ValidationError("no token was given: type it, or pipe it into sluice login")
    }
    let transport = try HTTPTransport.transport(to: server, token: token)
    let deployment = RemoteDeployment(transport: transport)
    guard let principal = try await deployment.standing().principal else {
      // Asked for something that needs a name, the server says why the token is none.
      _ = try await deployment.grants(.init(isMine: true))
      throw Refusal.badToken
    }
    try Settings.store(token: token, for: server)
    let file = Settings.loginFile.typed
    rendering.show(
      """
      logged in to \(server) as \(principal.name)
      the token is kept in \(file), for you alone
      """,
      json: .object([
        "file": .string(file), "principal": .string(principal.rawValue), "server": .string(server),
      ])
    )
  }

  /// Prints the token that is kept for a server; the environment's is known to whoever set it.
  private func showKept(for server: String) throws {
    guard let token = try Settings.current().keptToken(for: server) else {
      throw NotKept(server: server)
    }
    rendering.show(
      token,
      json: .object(["server": .string(server), "token": .string(token)])
    )
  }

  /// There is no token to print.
  private struct NotKept: Advised {
    let server: String

    var detail: String { "no token is kept here for \(server)" }

    var next: [String] {
      let address = Typed.quoted(server)
      return [
        "Keep one: sluice login --server \(address)",
        "Or make yourself known: sluice register --server \(address) --name NAME --email E",
      ]
    }
  }
}
