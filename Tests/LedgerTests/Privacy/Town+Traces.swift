import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

extension Town {
  /// Lets a person leave a trace of every kind.
  ///
  /// - Returns: What can be found of them in the file.
  mutating func leaveTraces(of name: String) async throws -> [String] {
    let person = Principal.ID("person:\(name)")
    let key = try Self.key(name).publicKey
    let tier = subject("tier:weights")
    do { try await fetch(as: person) } catch is Refusal {}
    try await invite(person)
    try await say(
      .credential(.init(type: "member", values: ["note": "whistleblower"], assertedAt: now)),
      about: subject(person.rawValue),
      by: "person:ana"
    )
    let denied = try await ask(by: person, "marimba")
    try await say(
      .revise(.init(revision: denied.revision.id, purpose: "glockenspiel")),
      about: denied.subject,
      by: person
    )
    try await deny(try await find(denied.id), by: "person:ana")
    let appeal = try await file(
      .appeal(denied.id, revision: try await find(denied.id).revision.id, purpose: "vibraphone"),
      by: person
    )
    try await say(
      .comment(text: "carillon", isPublic: false),
      about: appeal.subject,
      by: "person:dee"
    )
    try await say(.comment(text: "celesta", isPublic: false), about: tier, by: person)
    try await say(.report(.other, text: "cimbalom"), about: tier, by: person)
    let grant = try await receive(as: person)
    try await fetch(as: person, upTo: 1_000)
    let hold = try await self.hold(subject(person.rawValue))
    // Whoever is held, or broke the terms, is not erased.
    let pardon = try await file(.lift(hold, purpose: "dulcimer"), by: "person:ida")
    for head in Self.board { try await approve(pardon, by: head) }
    try await say(.revoke(.other, text: "clavichord"), about: grant.subject, by: "person:hal")
    try await ledger.record(.grants, of: Self.release, by: person, at: now)
    let spare = try Self.key("\(name) again")
    let change = Statement.KeyChange(action: .add, key: spare.publicKey.line, previous: nil)
    let said = try await statement(.keychange(change), by: person)
    _ = try await ledger.perform([try signed(said, second: spare)], at: now)
    let doubt = try await self.hold(subject("key:\(key.fingerprint)"))
    let lift = try await file(.lift(doubt, purpose: "psaltery"), by: "person:ida")
    try await say(
      .comment(text: "hurdygurdy", isPublic: false),
      about: lift.subject,
      by: "person:dee"
    )
    for head in Self.board { try await approve(lift, by: head) }
    let pseudonym = try await ledger.database.read { [ledger] db in
      try ledger.pseudonym(of: person, in: db)
    }
    return [
      person.rawValue, "\(name)@example.org", "Robert Roe", "whistleblower", "marimba",
      "glockenspiel", "vibraphone", "carillon", "celesta", "cimbalom", "dulcimer", "psaltery",
      "hurdygurdy",
      "clavichord", key.fingerprint, spare.publicKey.fingerprint, denied.id.rawValue,
      pseudonym, try await token(of: person),
    ]
  }

  /// Those who approve the lift of a hold together.
  private static let board: [Principal.ID] = ["person:ana", "person:ben", "person:dee"]

  /// Somebody is granted the weights, and fetches them.
  @discardableResult
  mutating func receive(as name: Principal.ID) async throws -> Grant {
    let grant = try await grant(to: name)
    try await fetch(as: name)
    return grant
  }
}
