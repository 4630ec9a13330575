internal import Foundation
package import GRDB
internal import SluiceEncoding
package import SluiceGovernance
internal import SluiceProof

// GRDB has a `Statement` of its own; in this module the word means ours.
package typealias Statement = SluiceGovernance.Statement

/// What a deployment remembers: one SQLite file, and the files beside it.
///
/// A value over GRDB's writer, which already serialises writers; so one transaction is never cut by
/// a suspension. Whatever enters the log enters by ``append(_:at:in:)``; whatever a person says, by
/// ``perform(_:documents:manifests:at:)``.
public struct Ledger: Sendable {
  /// The name of the log, which statements carry as their audience.
  public let origin: String
  /// The folder; `nil` in memory.
  public let home: Home?
  /// The file.
  package let database: any DatabaseWriter
  /// What the deployment signs with.
  package let keys: Home.Keys
  /// Random bytes for salts, pseudonyms and tokens.
  package let random: @Sendable (Int) -> [UInt8]
  /// Who may make themselves known, and what they may ask.
  public var registrationRule = RegistrationRule.open
  /// The policies and rosters that were read before.
  let texts = TextCache()

  /// Random bytes from the system's generator.
  static let systemRandom: @Sendable (Int) -> [UInt8] = { count in
    // Eight bytes of the system's are one call; a salt of 32 is one here.
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      if let start = buffer.baseAddress { arc4random_buf(start, count) }
      filled = count
    }
  }

  init(
    home: Home?,
    database: any DatabaseWriter,
    keys: Home.Keys,
    random: @escaping @Sendable (Int) -> [UInt8] = systemRandom
  ) {
    origin = keys.log.verifier.origin
    self.home = home
    self.database = database
    self.keys = keys
    self.random = random
  }
}

extension Ledger: CustomStringConvertible {
  /// Which ledger; what it signs with is never part of a text.
  public var description: String { "ledger of \(origin)" }
}
