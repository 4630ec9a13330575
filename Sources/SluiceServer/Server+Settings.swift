internal import Foundation
internal import HummingbirdCore
internal import HummingbirdTLS
internal import NIOSSL
public import SluiceLedger
package import UnixSignals

extension Server {
  /// How the daemon is reached.
  public struct Settings: Sendable {
    /// The name or address to listen at.
    public var host: String
    /// The port; 0 takes a free one.
    public var port: Int
    /// Certificate chain and private key, files in PEM; without them connections are in plaintext.
    public var certificate: (chain: String, key: String)?
    /// How clients reach the server where that is not what they say, such as behind a proxy.
    public var publicURL: String?
    /// Who may make themselves known.
    public var registration: RegistrationRule
    package var limits = ServerLimits()
    package var signals: [UnixSignal] = [.sigterm, .sigint]

    /// Listens on this machine only, in plaintext.
    public init(
      host: String = "127.0.0.1",
      port: Int = 8080,
      certificate: (chain: String, key: String)? = nil,
      publicURL: String? = nil,
      registration: RegistrationRule = .open,
      registrationsAnHour: Int = 10
    ) {
      self.host = host
      self.port = port
      self.certificate = certificate
      self.publicURL = publicURL
      self.registration = registration
      limits.registrationsAnHour = registrationsAnHour
    }

    var isEncrypted: Bool { certificate != nil }

    /// The address that people type.
    func address(port: Int?) -> String {
      let name = host.contains(":") ? "[\(host)]" : host
      return publicURL ?? "\(isEncrypted ? "https" : "http")://\(name):\(port ?? self.port)"
    }

    /// HTTP/1.1, below TLS if there is a certificate; HTTP/2 is not offered, because files gain
    /// nothing by it.
    func transport() throws -> HTTPServerBuilder {
      guard let certificate else { return limits.http }
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: try Self.reading(certificate.chain) {
          try NIOSSLCertificate.fromPEMFile($0).map { .certificate($0) }
        },
        privateKey: try Self.reading(certificate.key) {
          .privateKey(try NIOSSLPrivateKey(file: $0, format: .pem))
        }
      )
      configuration.applicationProtocols = ["http/1.1"]
      configuration.minimumTLSVersion = .tlsv12
      return try .tls(limits.http, tlsConfiguration: configuration)
    }

    private static func reading<Value>(
      _ path: String,
      _ read: (String) throws -> Value
    ) throws(Fault) -> Value {
      do { return try read(path) } catch { throw .certificate(path: path, "\(error)") }
    }
  }
}

extension Server.Fault: CustomStringConvertible {
  /// One sentence, and what to do.
  public var description: String {
    switch self {
    case .address(let address, let number):
      "cannot listen at \(address): \(strerror(number).map { String(cString: $0) } ?? "")"
        + "; choose another address with --listen"
    case .certificate(let path, let why):
      "\(path) cannot be used for TLS (\(why)); it must be a file in PEM"
    case .noHome: "a deployment without a folder has no files to hand out"
    }
  }
}
