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

  /// The login file: a JSON object, server address → token, readable by its owner only.
  static var loginFile: URL {
    let config = ProcessInfo.processInfo.environment["XDG_CONFIG_HOME"].map { URL(filePath: $0) }
    return (config ?? Files.home.appending(path: ".config"))
      .appending(path: "sluice/logins.json")
  }

  /// Reads the environment and the login file.
  static func current() throws -> Settings {
    let environment = ProcessInfo.processInfo.environment
    return Settings(
      home: environment["SLUICE_HOME"].flatMap { $0.isEmpty ? nil : $0 },
      server: environment["SLUICE_SERVER"].flatMap { $0.isEmpty ? nil : $0 },
      token: environment["SLUICE_TOKEN"].flatMap { $0.isEmpty ? nil : $0 },
      hub: environment["HF_ENDPOINT"].flatMap { endpoint in
        environment["HF_TOKEN"].map { (endpoint, $0) }
      },
      logins: try storedLogins()
    )
  }

  /// The token for a server: the environment's, else the stored one, else that of Hub clients if they
  /// are pointed at the same server.
  func token(for server: String) throws -> String? {
    let address = Self.address(server)
    return token ?? logins[address]?.stringValue
      ?? (hub.map { Self.address($0.endpoint) } == address ? hub?.token : nil)
  }

  /// Stores a token for a server.
  static func store(token: String, for server: String) throws {
    var logins = try storedLogins()
    logins[address(server)] = .string(token)
    let folder = loginFile.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let temporary = folder.appending(path: "logins-\(UUID().uuidString)")
    guard
      FileManager.default.createFile(
        atPath: temporary.path(),
        contents: Data(JSONValue.object(logins).canonical),
        attributes: [.posixPermissions: 0o600]
      )
    else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: temporary.path()]) }
    guard rename(temporary.path(), loginFile.path()) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
  }

  private static func storedLogins() throws -> JSONObject {
    guard FileManager.default.fileExists(atPath: loginFile.path()) else { return [:] }
    let bytes = Array(try Data(contentsOf: loginFile))
    guard
      let logins = try JSONValue(parsing: bytes, .document, format: "login file").objectValue
    else { throw Malformed("login file", "\(loginFile.path()): not an object") }
    return logins
  }

  /// One spelling of a server's address: without a final slash.
  private static func address(_ server: String) -> String {
    server.hasSuffix("/") ? String(server.dropLast()) : server
  }
}
