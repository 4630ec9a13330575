import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceProof

/// `sluice register`: become known to a deployment without its operator.
struct Register: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make yourself known to a daemon, with a token to ask and download with.",
    discussion: """
      The token is kept as `sluice login` keeps one. A link is sent to the e-mail address; until \
      it was followed, whoever decides what you ask for sees that the address is unconfirmed.
      Example: sluice register --server http://127.0.0.1:8080 --name dora --email dora@example.org
      """
  )

  @Option(help: "The daemon's address (or SLUICE_SERVER).")
  var server: String?

  @Option(help: "The name to be known by: 1 to 64 letters, digits and . _ + @ -")
  var name: String

  @Option(help: "The e-mail address.")
  var email: String

  @Option(
    name: .customLong("key"),
    help: "A public key file, to sign with where a token does not suffice.",
    completion: .file()
  )
  var keyFile: String?

  @OptionGroup var rendering: Rendering

  func run() async throws {
    guard let server = server ?? Settings.namedServer else {
      throw ValidationError("--server URL is needed (or SLUICE_SERVER)")
    }
    let transport = try HTTPTransport.transport(to: server, token: nil)
    guard try !Settings.current().hasLogin(for: server) else { throw LoggedIn(server: server) }
    let form = RegistrationForm(
      name: name.hasPrefix("person:") ? String(name.dropFirst("person:".count)) : name,
      email: email,
      key: try keyFile.map(Self.publicKey)
    )
    let registered = try await RemoteDeployment(transport: transport).register(form)
    try Settings.store(token: registered.token, for: server)
    if let advice = try Settings.current().advice(for: server) { rendering.tell(advice) }
    let file = Settings.loginFile.typed
    let address = Typed.quoted(server)
    rendering.show(
      """
      registered at \(server) as \(registered.principal.name)
      the token is kept in \(file), for you alone
      a link was sent to \(registered.email); follow it until \(registered.confirmableUntil)
      next: \(Typed.command("request", "OWNER/NAME", "--tier", "TIER", "--server", server))
      for hf: export HF_ENDPOINT=\(address) HF_TOKEN=$(sluice login --show --server \(address))
      """,
      json: .object([
        "confirmable_until": .string(registered.confirmableUntil.description),
        "email": .string(registered.email), "file": .string(file),
        "principal": .string(registered.principal.rawValue), "server": .string(server),
      ])
    )
  }

  /// The line of a public key file, which is checked before anything is sent: a private key never is.
  private static func publicKey(_ path: String) throws -> String {
    let text = try Files.text(at: path)
    guard !text.contains("PRIVATE KEY-----") else {
      throw Malformed(path, "is a private key; give the public half, \(path).pub")
    }
    let line = text.split(separator: "\n").first.map(String.init) ?? ""
    do throws(Malformed) { return try PublicKey(line: line).line } catch {
      throw Malformed(path, "is not a public key of SSH that counts here: \(error.what)")
    }
  }

  /// There is a token for that server, which would be lost.
  private struct LoggedIn: Advised {
    let server: String

    var detail: String { "you are known at \(server) already, by the token that is kept here" }

    var next: [String] {
      [
        "What you have there: sluice grants --mine --server \(Typed.quoted(server))",
        "To keep another token instead: sluice login --server \(Typed.quoted(server))",
      ]
    }
  }
}
