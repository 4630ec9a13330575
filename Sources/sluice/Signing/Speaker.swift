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
  /// Signs bytes in a namespace.
  typealias Signing = @Sendable ([UInt8], String) throws -> [UInt8]

  let principal: Principal.ID
  /// The key that is used, where it is known before something is signed.
  let fingerprint: String?
  /// Finds the keys that may count, best first, each as what signs with it.
  let signings: @Sendable () throws -> [Signing]

  init(
    principal: Principal.ID,
    fingerprint: String? = nil,
    signings: @escaping @Sendable () throws -> [Signing]
  ) {
    self.principal = principal
    self.fingerprint = fingerprint
    self.signings = signings
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
      guard let principal = standing.principal else {
        // Asked for something that needs a name, the server says what is wrong with the token.
        _ = try await place.deployment.grants(.init(isMine: true))
        throw Refusal.noToken
      }
      if let named = who.principal?.id, named != principal {
        throw ValidationError("the token is \(principal.name)'s, not \(named.name)'s")
      }
      // Keys are looked for only when something has to be signed; for most a session is enough. Which
      // of them counts, the server says.
      return Speaker(principal: principal) { try candidates(who).map(signing(with:)) }
    }
    // A change of keys is about no release.
    let subject = release.rawValue.isEmpty ? nil : release
    var reasons: [Explained] = []
    let given: [Candidate]? = keys.map { keys in keys.map { .held($0) } }
    for candidate in try given ?? candidates(who) {
      let key = try candidate.key()
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
            about: .init(release: subject, cause: cause)
          )
        )
        continue
      } catch Refusal.keyEnded(let fingerprint, let at) {
        reasons.append(
          Explained(.keyEnded(fingerprint: fingerprint, at: at), about: .init(release: subject))
        )
        continue
      }
      guard let named = who.principal?.id, named != holder else {
        return Speaker(principal: holder, fingerprint: key.publicKey.fingerprint) {
          [signing(with: .held(key))]
        }
      }
      reasons.append(
        Explained(.wrongPerson(said: named), about: .init(release: subject, cause: .keyOf(holder)))
      )
    }
    // Of several keys the one that is somebody's tells most.
    guard let first = reasons.first else { throw Keygen.noKey }
    throw reasons.first { $0.matter.cause != nil } ?? first
  }

  /// The person whom a proposed roster gives one of the keys at hand.
  static func person(_ who: Who, in roster: Roster) throws -> Speaker {
    var first: Keygen.Key?
    for candidate in try candidates(who) {
      let key = try candidate.key()
      first = first ?? key
      let holder = try roster.principals.first { member in
        try member.keys.contains { try PublicKey(line: $0) == key.publicKey }
      }
      guard let holder, who.principal.map({ $0.id == holder.id }) ?? true else { continue }
      return Speaker(principal: holder.id) { [signing(with: .held(key))] }
    }
    guard let first else { throw Keygen.noKey }
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

  /// A key that may be meant; a file is opened, and may ask for its passphrase, only if it is needed.
  private enum Candidate {
    case held(Keygen.Key)
    case file(String)

    func key() throws -> Keygen.Key {
      switch self {
      case .held(let key): key
      case .file(let path): try Keygen.key(at: path)
      }
    }
  }

  /// The keys that may be meant, best first.
  private static func candidates(_ who: Who) throws -> [Candidate] {
    if let named = who.key { return [.held(try Keygen.key(at: named))] }
    let usual = Files.url("~/.ssh/id_ed25519").typed
    let held: [Candidate] = try Keygen.agentKeys().map { .held($0) }
    return Files.exists(Files.url(usual)) ? held + [.file(usual)] : held
  }

  private static func signing(with candidate: Candidate) -> Signing {
    { message, namespace in
      try Keygen.sign(message, with: try candidate.key(), namespace: namespace)
    }
  }
}
