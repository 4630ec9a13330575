import Foundation
import SluiceEncoding

/// What the environment and the login file say; read once, at the start of a command.
struct Settings {
  /// `SLUICE_HOME`.
  let home: String?
  /// `SLUICE_SERVER`.
  let server: String?
  /// `SLUICE_TOKEN`.
  private let token: String?
  /// `HF_ENDPOINT` and `HF_TOKEN`, if both are set.
  private let hub: (endpoint: String, token: String)?
  /// Server address → token, as `sluice login` stored them.
  private let logins: JSONObject

  /// Where a deployment is looked for when nothing is said.
  static var usualHome: URL {
    Files.home.appending(path: ".local/share/sluice")
  }

  /// The server that the environment names.
  static var namedServer: String? { named("SLUICE_SERVER") }

  /// The file of the certificates that are trusted in the place of the system's, as other clients
  /// take it: `SSL_CERT_FILE`.
  static var trustedCertificates: String? { named("SSL_CERT_FILE") }

  /// The login file: a JSON object, server address → token, readable by its owner only.
  static var loginFile: URL {
    let config = named("XDG_CONFIG_HOME").map { URL(filePath: $0) }
    return (config ?? Files.home.appending(path: ".config"))
      .appending(path: "sluice/logins.json")
  }

  /// Reads the environment and the login file.
  static func current() throws -> Settings {
    Settings(
      home: named("SLUICE_HOME"),
      server: namedServer,
      token: named("SLUICE_TOKEN"),
      hub: named("HF_ENDPOINT").flatMap { endpoint in named("HF_TOKEN").map { (endpoint, $0) } },
      logins: try storedLogins()
    )
  }

  /// The token for a server: the environment's, else the stored one, else that of Hub clients if they
  /// are pointed at the same server.
  func token(for server: String) throws -> String? {
    let address = Self.address(server)
    return token ?? keptToken(for: server)
      ?? (hub.map { Self.address($0.endpoint) } == address ? hub?.token : nil)
  }

  /// The token that is stored for a server.
  func keptToken(for server: String) -> String? { logins[Self.address(server)]?.stringValue }

  /// Whether a token is stored for a server.
  func hasLogin(for server: String) -> Bool { logins[Self.address(server)] != nil }

  /// What to do about a token that counts for nobody, where something else than a login names it.
  ///
  /// `nil` where the stored one is used.
  func advice(for server: String) -> String? {
    if token != nil {
      return "The token is what SLUICE_TOKEN says; to use the stored one: unset SLUICE_TOKEN"
    }
    guard logins[Self.address(server)] == nil, hub != nil else { return nil }
    return "The token is what HF_TOKEN says; to use another: sluice login --server \(server)"
  }

  /// Stores a token for a server, in a file and a folder that nobody else can read.
  static func store(token: String, for server: String) throws {
    var logins = try storedLogins()
    logins[address(server)] = .string(token)
    let folder = loginFile.deletingLastPathComponent()
    try FileManager.default.createDirectory(
      at: folder,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    let temporary = folder.appending(path: "logins-\(UUID().uuidString)")
    guard
      FileManager.default.createFile(
        atPath: temporary.typed,
        contents: Data(JSONValue.object(logins).canonical),
        attributes: [.posixPermissions: 0o600]
      )
    else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: temporary.typed]) }
    guard rename(temporary.typed, loginFile.typed) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
  }

  private static func storedLogins() throws -> JSONObject {
    guard Files.exists(loginFile) else { return [:] }
    let bytes = Array(try Data(contentsOf: loginFile))
    guard
      let logins = try JSONValue(parsing: bytes, .document, format: "login file").objectValue
    else { throw Malformed("login file", "\(loginFile.typed): not an object") }
    return logins
  }

  /// A variable of the environment; one that is set to nothing is not set.
  private static func named(_ variable: String) -> String? {
    ProcessInfo.processInfo.environment[variable].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// One spelling of a server's address: without a final slash.
  private static func address(_ server: String) -> String {
    server.hasSuffix("/") ? String(server.dropLast()) : server
  }
}
