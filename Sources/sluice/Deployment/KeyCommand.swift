import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

/// `sluice key`: the keys that people sign with.
struct KeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Add a key, retire one, or say that one may be in other hands.",
    discussion: """
      Everybody changes their own keys, each change signed with a key that counts for them.
      Example: sluice key retire SHA256:lbmsoA0yIEcEiVDRnMWuzm+nV+3ZEEpVIURqFoeSspg
      """,
    subcommands: [KeyAdd.self, KeyRetire.self, KeyCompromise.self]
  )
}

/// The fingerprint of a key as people type it.
struct Fingerprint: ExpressibleByArgument {
  let text: String

  init?(argument: String) {
    let digits = argument.hasPrefix("SHA256:") ? String(argument.dropFirst(7)) : argument
    guard (try? Base64.decode(digits + "="))?.count == 32 else { return nil }
    text = "SHA256:\(digits)"
  }
}

extension Where.Local {
  /// The key with a fingerprint; of one that was enrolled twice, that which counts.
  func enrolled(_ fingerprint: Fingerprint) async throws -> Registration.Key {
    let known = try await ledger.keys().filter { $0.fingerprint == fingerprint.text }
    if let key = known.first(where: { $0.until == nil }) ?? known.last { return key }
    throw Refused(
      problem: Problem(
        code: Refusal.unknownKey(fingerprint: "").code,
        detail: "The key \(fingerprint.text) counts for nobody here.",
        next: ["Which keys there are: sluice person list"]
      )
    )
  }

  /// An act about keys, which concerns no release; whose key it is speaks, if nobody else is named.
  func beginKeychange(_ who: Who, of owner: Principal.ID? = nil) async throws -> Act {
    var who = who
    if who.principal == nil, let owner { who.principal = PersonName(argument: owner.rawValue) }
    return try await Act.begin(who, at: place, release: "")
  }

  /// What everybody is told after a key was added or ended.
  static let signersChanged = "next: whoever checks signatures: sluice signers export"
}

extension Submitted {
  /// The answer, with the key that it is about.
  func json(about key: String, of owner: Principal.ID) -> JSONValue {
    var members = json.objectValue ?? [:]
    members["fingerprint"] = .string(key)
    members["principal"] = .string(owner.rawValue)
    return .object(members)
  }
}
