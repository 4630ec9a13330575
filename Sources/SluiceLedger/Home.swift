public import Foundation
public import SluiceEncoding
public import SluiceProof

/// The folder of a deployment: its ledger, its blobs, its keys.
///
/// `sluice.db`, `blobs/` and `keys/` with `log`, `clerk`, `release.pem` and `release.pub.pem`
/// (interface 2). Whatever is secret is readable by its owner only, or not read at all.
public struct Home: Hashable, Sendable {
  /// The folder.
  public let folder: URL

  /// Names a folder, without looking into it.
  public init(at folder: URL) { self.folder = folder }

  /// The ledger.
  public var database: URL { folder.appending(path: "sluice.db", directoryHint: .notDirectory) }
  /// The content-addressed files.
  public var blobs: URL { folder.appending(path: "blobs", directoryHint: .isDirectory) }
  /// The private key of weights manifests, in PEM.
  public var releaseKey: URL { key("release.pem") }
  /// Its public half, in PEM.
  public var releasePublicKey: URL { key("release.pub.pem") }

  /// Mail that is to be sent, a file each in `new`.
  public var mail: URL { folder.appending(path: "mail", directoryHint: .isDirectory) }

  var keyFolder: URL { folder.appending(path: "keys", directoryHint: .isDirectory) }
  var logKey: URL { key("log") }
  var clerkKey: URL { key("clerk") }

  private func key(_ name: String) -> URL {
    keyFolder.appending(path: name, directoryHint: .notDirectory)
  }

  /// What a deployment signs with by itself.
  package struct Keys: Sendable {
    /// Signs checkpoints.
    let log: LogKey
    /// Signs what `service:clerk` files and binds.
    package let clerk: Ed25519Signer
  }

  /// The key of `service:clerk`.
  ///
  /// - Throws: ``HomeFault`` if its file is missing, too open or not a key.
  public func clerk() throws -> Ed25519Signer {
    let line = try secret(clerkKey)
    do throws(Malformed) { return try Ed25519Signer(seed: try Hex.decode(line)) } catch {
      throw HomeFault.unreadable(clerkKey.path(percentEncoded: false), error)
    }
  }

  func keys() throws -> Keys {
    let line = try secret(logKey)
    let log: LogKey
    do { log = try LogKey(skey: line) } catch {
      throw HomeFault.unreadable(logKey.path(percentEncoded: false), error)
    }
    return Keys(log: log, clerk: try clerk())
  }

  /// The bytes of a file that must be its owner's alone, such as ``releaseKey``.
  ///
  /// - Throws: ``HomeFault`` if it is missing or readable by others.
  public static func secret(at file: URL) throws -> [UInt8] {
    let path = file.path(percentEncoded: false)
    guard FileManager.default.fileExists(atPath: path) else { throw HomeFault.missing(path) }
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    guard mode & 0o077 == 0 else { throw HomeFault.tooOpen(path, mode: mode) }
    return Array(try Data(contentsOf: file))
  }

  /// Refuses a home of which a private key is missing, or can be read by others.
  ///
  /// Of a folder without a ledger nothing is said: it is no home.
  ///
  /// - Throws: ``HomeFault``, naming the file.
  public func checkKeys() throws {
    guard FileManager.default.fileExists(atPath: database.path(percentEncoded: false)) else {
      return
    }
    for file in [logKey, clerkKey, releaseKey] { _ = try Self.secret(at: file) }
  }

  /// The one line of a secret file.
  private func secret(_ file: URL) throws -> String {
    String(decoding: try Self.secret(at: file).split(separator: 0x0a).first ?? [], as: UTF8.self)
  }
}

/// What is wrong with a home, and what helps.
public enum HomeFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is something already.
  case exists(String)
  /// A file is not there.
  case missing(String)
  /// There is no ledger.
  case noLedger(String)
  /// A secret file can be read by others.
  case tooOpen(String, mode: Int)
  /// A key file is not what it should be.
  case unreadable(String, Malformed)
  /// The ledger would lie on a file system that does not keep SQLite's promises.
  case network(String, fileSystem: String)
  /// The ledger was written by a later version of the program.
  case newer(String)
  /// Another daemon serves it.
  case served(String)

  /// One sentence, and what to do.
  public var description: String {
    switch self {
    case .exists(let path): "\(path) is not empty; name another folder, or open this one"
    case .missing(let path): "\(path) is missing; restore it from your copy of the keys"
    case .noLedger(let path): "there is no deployment at \(path); make one with sluice init"
    case .tooOpen(let path, let mode):
      "\(path) can be read by others (mode \(String(mode, radix: 8))); run chmod 600 \(path)"
    case .unreadable(let path, let fault): "\(path): \(fault)"
    case .network(let path, let fileSystem):
      "\(path) is on \(fileSystem), where SQLite can lose data;"
        + " use a local disk (several machines will need PostgreSQL)"
    case .newer(let path): "\(path) was written by a newer version; use that one"
    case .served(let path): "another daemon serves \(path) already; end that one first"
    }
  }
}
