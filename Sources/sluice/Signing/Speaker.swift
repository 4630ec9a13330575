import ArgumentParser
import Foundation
import SluiceAPI
import SluiceGovernance
import SluiceLedger
import SluiceProof

/// Who acts, and how they sign: the flags of every command that makes a statement.
struct Who: ParsableArguments {
  @Option(
    name: .customLong("as"),
    help: "Who acts, as person:NAME or NAME; default: whom the key belongs to."
  )
  var principal: PersonName?

  @Option(help: "The SSH key file to sign with; default: the agent's, then ~/.ssh/id_ed25519.")
  var key: String?

  @Flag(help: "Sign without asking.")
  var yes = false
}

/// Somebody who can make statements here: a name and, where needed, a key.
struct Speaker: Sendable {
  let principal: Principal.ID
  /// Signs in a namespace; `nil` where only a session is at hand.
  let sign: (@Sendable ([UInt8], String) throws -> [UInt8])?

  /// The deployment's own principal.
  static let clerk: Principal.ID = "service:clerk"

  /// The clerk of the deployment in `home`.
  static func clerk(of home: Home) throws -> Speaker {
    let signer = try home.clerk()
    return Speaker(principal: clerk) { message, namespace in
      Array(try signer.sign(message: message, namespace: namespace).armor.utf8)
    }
  }

  /// The person whom the flags, the token or the key name.
  ///
  /// - Throws: what to do if nobody can be found who may sign.
  static func person(
    _ who: Who,
    at place: Where.Place,
    standing: Standing,
    release: Release.ID,
    keys: [Keygen.Key]? = nil
  ) async throws -> Speaker {
    guard let local = place.local else {
      guard let principal = standing.principal else { throw Refusal.noToken }
      if let named = who.principal?.id, named != principal {
        throw ValidationError("the token is \(principal.name)'s, not \(named.name)'s")
      }
      // The key is looked for only when something has to be signed; for most a session is enough.
      return Speaker(principal: principal) { message, namespace in
        guard let key = try candidates(who).first else {
          throw Keygen.Failure(description: "no key to sign with; name one with --key FILE")
        }
        return try Keygen.sign(message, with: key, namespace: namespace)
      }
    }
    for key in try keys ?? candidates(who) {
      let holder: Principal.ID
      do {
        holder = try await local.ledger.holder(of: key.publicKey.fingerprint, in: release)
      } catch Refusal.unknownKey, Refusal.keyEnded {
        continue
      }
      if let named = who.principal?.id, named != holder { continue }
      return Speaker(principal: holder, sign: try signing(with: key))
    }
    throw Keygen.Failure(
      description: """
        no key at hand counts for \(who.principal?.id.rawValue ?? "anybody") in \(release)
        name one with --key FILE; enrol a person's key with: sluice person add NAME --key FILE.pub
        """
    )
  }

  /// The person whom a proposed roster gives one of the keys at hand.
  static func person(_ who: Who, in roster: Roster) throws -> Speaker {
    for key in try candidates(who) {
      let holder = try roster.principals.first { member in
        try member.keys.contains { try PublicKey(line: $0) == key.publicKey }
      }
      guard let holder, who.principal.map({ $0.id == holder.id }) ?? true else { continue }
      return Speaker(principal: holder.id, sign: try signing(with: key))
    }
    throw Keygen.Failure(
      description: """
        no key at hand is listed in the roster\(who.principal.map { " for \($0.id)" } ?? "")
        name one with --key FILE, or list it: ssh-keygen -y -f FILE prints the public key
        """
    )
  }

  /// The keys that may be meant, best first.
  private static func candidates(_ who: Who) throws -> [Keygen.Key] {
    if let named = who.key { return [try Keygen.key(at: named)] }
    var keys = try Keygen.agentKeys()
    let usual = Files.url("~/.ssh/id_ed25519").path()
    if FileManager.default.fileExists(atPath: usual) { keys.append(try Keygen.key(at: usual)) }
    return keys
  }

  private static func signing(
    with key: Keygen.Key?
  ) throws -> (@Sendable ([UInt8], String) throws -> [UInt8])? {
    guard let key else { return nil }
    return { message, namespace in
      try Keygen.sign(message, with: key, namespace: namespace)
    }
  }
}
