import ArgumentParser
import Foundation
import Logging
import SluiceEncoding
import SluiceLedger
import SluiceServer

/// `sluice serve`: the daemon.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve the deployment over HTTP, to Sluice's own commands and to Hub clients.",
    discussion: """
      Ends at SIGTERM or Ctrl-C, after transfers have ended or a minute has passed.
      Example: sluice serve --listen 127.0.0.1:8080
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  @Option(help: "Where to listen, HOST:PORT; port 0 takes a free one.")
  var listen = "127.0.0.1:8080"

  @Option(
    help: "The certificate chain, in PEM; with it connections are encrypted.",
    completion: .file()
  )
  var tlsCertificate: String?

  @Option(help: "The certificate's private key, in PEM.", completion: .file())
  var tlsKey: String?

  @Option(help: "How clients reach the daemon, if not by where it listens.")
  var publicURL: String?

  @Option(
    help: """
      Who may make themselves known: open (everybody), confirmed (everybody, who may ask once their \
      e-mail address is confirmed), closed (nobody).
      """
  )
  var registration = RegistrationRule.open

  @Option(help: "How many of them within an hour, from one address and with one e-mail address.")
  var registrationsAnHour = 10

  func run() async throws {
    let (host, port) = try address()
    guard registrationsAnHour > 0 else {
      throw ValidationError("--registrations-an-hour must be 1 or more; or --registration closed")
    }
    // What the daemon must not do with keys that others could have read, it does not begin.
    try place.localHome().checkKeys()
    let local = try await place.openLocal()
    var logger = Logger(label: "sluice") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .warning
    let server = try Server(
      local.ledger,
      settings: .init(
        host: host,
        port: port,
        certificate: try certificate(),
        publicURL: publicURL,
        registration: registration,
        registrationsAnHour: registrationsAnHour
      ),
      clock: Clock.now,
      logger: logger
    )
    if case .paused(let since, _) = try await local.ledger.clockState() {
      rendering.tell("the clock is in doubt since \(since); if it is right: sluice clock confirm")
    }
    let home = local.home.folder.path(percentEncoded: false)
    if let fault = await local.ledger.failures(at: Clock.now())[.files] {
      rendering.tell(
        "not all files are those that were imported, and none of the others is served: \(fault)"
      )
    }
    do {
      try await server.run { address in
        let line =
          rendering.json
          ? JSONValue.object(["address": .string(address), "home": .string(home)]).text
          : "listening on \(address)"
        rendering.tell("serving \(home); Ctrl-C ends it")
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
      }
    } catch let error where HTTPTransport.isEncryption(error) {
      throw Failure(
        detail: "\(tlsCertificate ?? "") and \(tlsKey ?? "") cannot be used together for TLS",
        next: ["Give the certificate that was issued for this key, with its chain, both in PEM."]
      )
    } catch Server.Fault.certificate(let path, _) {
      throw Failure(
        detail: "\(path) cannot be used for TLS: it is no certificate or key in PEM",
        next: ["Look into it: openssl x509 -noout -text -in \(Typed.quoted(path))"]
      )
    } catch let error where HTTPTransport.isUnknownHost(error) {
      throw Failure(
        detail: "cannot listen at \(listen): no machine of that name is known",
        next: [
          "Listen at an address of this machine: the same command with --listen 127.0.0.1:8080"
        ]
      )
    }
  }

  /// What keeps the daemon from beginning.
  private struct Failure: Advised {
    let detail: String
    let next: [String]
  }

  private func address() throws -> (host: String, port: Int) {
    guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[colon...].dropFirst()),
      (0...65_535).contains(port), colon > listen.startIndex
    else { throw ValidationError("--listen must be HOST:PORT, not \(listen)") }
    let host = listen[..<colon].trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    return (host, port)
  }

  private func certificate() throws -> (chain: String, key: String)? {
    switch (tlsCertificate, tlsKey) {
    case (let chain?, let key?):
      for file in [chain, key] { _ = try Files.text(at: file) }
      return (chain, key)
    case (nil, nil): return nil
    default: throw ValidationError("--tls-certificate and --tls-key go together")
    }
  }
}
