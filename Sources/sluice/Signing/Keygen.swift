import Foundation
import SluiceProof

/// Signs with `ssh-keygen`, which knows key files, passphrases, agents and hardware tokens.
///
/// Sluice never reads a person's private key.
struct Keygen {
  /// What could not be done, and what to do about it.
  struct Failure: Advised {
    let detail: String
    var next: [String] = []
  }

  /// There is nothing to sign with.
  static let noKey = Failure(
    detail: "no SSH key is at hand to sign with",
    next: [
      "Name one: the same command with --key FILE",
      "Or make one: ssh-keygen -t ed25519 -f ~/.ssh/id_ed25519",
    ]
  )

  /// A key that can be asked to sign: a private key file, or a public key whose private half is in
  /// the agent.
  struct Key: Sendable {
    let publicKey: PublicKey
    /// The file; `nil` for a key of the agent.
    let path: String?
  }

  /// The key in a file: its mode must not let others read it.
  static func key(at path: String) throws -> Key {
    let path = Files.url(path).path(percentEncoded: false)
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        detail: "there is no key file \(path)",
        next: ["Make it: ssh-keygen -t ed25519 -f \(Typed.quoted(path))"]
      )
    }
    let isPublic = path.hasSuffix(".pub")
    if !isPublic {
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      guard let mode, mode & 0o077 == 0 else {
        throw Failure(
          detail: "key file \(path) can be read by others (mode \(String(mode ?? 0, radix: 8)))",
          next: ["Close it: chmod 600 \(Typed.quoted(path))"]
        )
      }
    }
    let line = isPublic ? try text(at: path) : try publicLine(of: path)
    return Key(publicKey: try PublicKey(line: line), path: path)
  }

  /// The keys that the agent holds, in its order; none if there is no agent.
  static func agentKeys() throws -> [Key] {
    guard ProcessInfo.processInfo.environment["SSH_AUTH_SOCK"] != nil else { return [] }
    let listed = try Tool.run("ssh-add", ["-L"])
    guard listed.status == 0 else { return [] }
    return listed.output.split(separator: "\n").compactMap { line in
      // A key of a kind that is not accepted here is not offered.
      do { return Key(publicKey: try PublicKey(line: String(line)), path: nil) } catch {
        return nil
      }
    }
  }

  /// Whether a key file can be used without anybody being asked for its passphrase.
  static func isOpen(_ path: String) throws -> Bool {
    try Tool.run("ssh-keygen", ["-y", "-P", "", "-f", Files.url(path).typed]).status == 0
  }

  /// The signature of `message` in its armor.
  ///
  /// `ssh-keygen` may ask for a passphrase or a touch on the terminal.
  static func sign(_ message: [UInt8], with key: Key, namespace: String) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "sluice-sign-\(UUID().uuidString)"
    )
    try FileManager.default.createDirectory(
      at: folder,
      withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700]
    )
    defer { remove(folder) }
    let file = folder.appending(path: "statement")
    try Data(message).write(to: file)
    let keyFile = try key.path ?? agentFile(for: key.publicKey, in: folder)
    let signed = try Tool.run(
      "ssh-keygen",
      ["-Y", "sign", "-f", keyFile, "-n", namespace, file.typed],
      sharesTerminal: true
    )
    guard signed.status == 0 else {
      throw Failure(
        detail: "ssh-keygen did not sign with \(keyFile): \(signed.problem)",
        next: ["Where a passphrase is in the way: ssh-add \(Typed.quoted(keyFile)), then again"]
      )
    }
    return Array(try Data(contentsOf: folder.appending(path: "statement.sig")))
  }

  /// A file with the public key, by which `ssh-keygen` finds the private half in the agent.
  private static func agentFile(for key: PublicKey, in folder: URL) throws -> String {
    let file = folder.appending(path: "agent.pub")
    try Data((key.line + "\n").utf8).write(to: file)
    return file.typed
  }

  private static func publicLine(of path: String) throws -> String {
    if FileManager.default.fileExists(atPath: path + ".pub") { return try text(at: path + ".pub") }
    let shown = try Tool.run("ssh-keygen", ["-y", "-f", path], sharesTerminal: true)
    guard shown.status == 0 else {
      throw Failure(detail: "\(path) is not a key that ssh-keygen can read: \(shown.problem)")
    }
    return shown.output.split(separator: "\n").first.map(String.init) ?? ""
  }

  private static func text(at path: String) throws -> String {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return text.split(separator: "\n").first.map(String.init) ?? ""
  }

  private static func remove(_ folder: URL) {
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      Terminal.notice("could not remove \(folder.typed): \(error)")
    }
  }
}
