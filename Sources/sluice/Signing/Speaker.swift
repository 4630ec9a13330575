import ArgumentParser
import Foundation
import SluiceAPI
import SluiceGovernance
import SluiceLedger
import SluiceProof
import SluiceServer

/// Who acts, and how they sign: the flags of every command that makes a statement.
struct Who: ParsableArguments {
  @Option(
    name: .customLong("as"),
    help: "Who acts, as person:NAME or NAME; default: whom the key belongs to."
  )
  var principal: PersonName?

  @Option(
    help: "The SSH key file to sign with; default: the agent's, then ~/.ssh/id_ed25519.",
    completion: .file()
  )
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
        guard let key = try candidates(who).first else { throw Keygen.noKey }
        return try Keygen.sign(message, with: key, namespace: namespace)
      }
    }
    var reasons: [Explained] = []
    for key in try keys ?? candidates(who) {
      let holder: Principal.ID
      do {
        holder = try await local.ledger.holder(of: key.publicKey.fingerprint, in: release)
      } catch Refusal.unknownKey(let fingerprint) {
        let cause = try await local.deployment.cause(
          ofUnknownKey: fingerprint,
          in: release,
          saidBy: who.principal?.id
        )
        reasons.append(
          Explained(
            .unknownKey(fingerprint: fingerprint),
            about: .init(release: release, cause: cause)
          )
        )
        continue
      } catch Refusal.keyEnded(let fingerprint, let at) {
        reasons.append(
          Explained(.keyEnded(fingerprint: fingerprint, at: at), about: .init(release: release))
        )
        continue
      }
      guard let named = who.principal?.id, named != holder else {
        return Speaker(principal: holder, sign: signing(with: key))
      }
      reasons.append(
        Explained(.wrongPerson(said: named), about: .init(release: release, cause: .keyOf(holder)))
      )
    }
    // Of several keys the one that is somebody's tells most.
    guard let first = reasons.first else { throw Keygen.noKey }
    throw reasons.first { $0.matter.cause != nil } ?? first
  }

  /// The person whom a proposed roster gives one of the keys at hand.
  static func person(_ who: Who, in roster: Roster) throws -> Speaker {
    let keys = try candidates(who)
    for key in keys {
      let holder = try roster.principals.first { member in
        try member.keys.contains { try PublicKey(line: $0) == key.publicKey }
      }
      guard let holder, who.principal.map({ $0.id == holder.id }) ?? true else { continue }
      return Speaker(principal: holder.id, sign: signing(with: key))
    }
    guard let first = keys.first else { throw Keygen.noKey }
    let whose = who.principal.map { " of \($0.id)" } ?? ""
    throw Refused(
      problem: Problem(
        code: Refusal.unknownKey(fingerprint: "").code,
        detail: "The roster does not list \(first.publicKey.fingerprint) as a key\(whose).",
        next: [
          "Sign with a key that it lists: the same command with --key FILE",
          "Or list this one: \(first.publicKey.line)",
        ]
      )
    )
  }

  /// The keys that may be meant, best first.
  private static func candidates(_ who: Who) throws -> [Keygen.Key] {
    if let named = who.key { return [try Keygen.key(at: named)] }
    var keys = try Keygen.agentKeys()
    let usual = Files.url("~/.ssh/id_ed25519").typed
    if Files.exists(Files.url(usual)) { keys.append(try Keygen.key(at: usual)) }
    return keys
  }

  private static func signing(
    with key: Keygen.Key
  ) -> @Sendable ([UInt8], String) throws -> [UInt8] {
    { message, namespace in try Keygen.sign(message, with: key, namespace: namespace) }
  }
}
