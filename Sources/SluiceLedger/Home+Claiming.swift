internal import Foundation

/// The one daemon of a home: held for as long as it serves, given back when the process ends.
///
/// Two daemons would close each other's deliveries.
public struct HomeClaim: ~Copyable, Sendable {
  private let descriptor: CInt

  /// Claims a home.
  ///
  /// - Throws: ``HomeFault/served(_:)`` if another daemon serves it; what the system threw.
  public init(_ home: Home) throws {
    let path = home.folder.appending(path: "serving.lock").path(percentEncoded: false)
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw HomeFault.served(home.folder.path(percentEncoded: false))
    }
    descriptor = file
  }

  /// Whether it is held; it is, as long as the value lives.
  public var isHeld: Bool { descriptor >= 0 }

  deinit { close(descriptor) }
}
