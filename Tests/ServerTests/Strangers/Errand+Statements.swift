import HTTPTypes
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceProof

extension Errand {
  /// A statement whose speaker has read a log that is longer than it is: nobody can have it taken in,
  /// so asking changes nothing.
  static func statementFromTheFuture() throws -> Errand {
    let said = Statement(
      by: Deployed.person("eve"),
      at: Deployed.noon,
      audience: "localhost/test",
      nonce: nonce("future"),
      release: Deployed.release,
      seen: .init(size: 1 << 40, root: SHA256Digest(of: [])),
      subject: .init(name: "tier:weights", in: Deployed.release),
      body: .comment(text: "Hm.", isPublic: false)
    )
    return parcel("say", [try signed(said, by: "eve")])
  }

  /// Everything that somebody can try to say about a release that may not be: signed, with a token
  /// alone, and as somebody else.
  static func statements(by name: String) throws -> [Errand] {
    let said = bodies(by: name, Named.absent.all() + Named.byName(by: name))
    let policy = try Policy(text: Town.policy)
    let roster = try Roster(text: Town.roster(clerk: Deployed.key(name).publicKey))
    let terms: [Terms.ID: [UInt8]] = ["use": Deployed.terms]
    let amendment = Statement.Filing.amend(
      policy: policy.digest,
      roster: roster.digest,
      terms: ["use": SHA256Digest(of: Deployed.terms)]
    )
    let proposed = statement(
      by: name,
      "amend",
      .init(name: "policy", digest: policy.digest),
      .file(amendment)
    )
    let documents = Draft.documents(policy: policy, roster: roster, terms: terms)
    let forged = statement(
      by: "ana",
      "forged",
      .init(name: "tier:weights", in: Deployed.release),
      .comment(text: "Hm.", isPublic: false)
    )
    let others = [
      parcel("sign-amend", [try signed(proposed, by: name)], documents),
      parcel("sign-amend-without", [try signed(proposed, by: name)]),
      parcel("sign-forged", [try signed(forged, by: name)]),
      parcel("sign-as-other", [try signed(forged, by: "nobody")]),
    ]
    return try parcels(said, by: name) + others
  }

  /// The statements that name something by its digest.
  static func statements(by name: String, naming named: Named) throws -> [Errand] {
    try parcels(bodies(by: name, named.all()), by: name)
  }

  /// Each statement signed, and with a token alone.
  private static func parcels(
    _ said: [(String, Statement)],
    by name: String
  ) throws -> [Errand] {
    try said.flatMap { title, statement in
      [
        parcel("sign-\(title)", [try signed(statement, by: name)]),
        parcel("say-\(title)", [Envelope(statement: statement.canonical)]),
      ]
    }
  }

  private static func bodies(by name: String, _ said: [Named.Said]) -> [(String, Statement)] {
    said.map { title, subject, body in
      (title, statement(by: name, "\(name) \(title)", subject, body))
    }
  }

  private static func nonce(_ text: String) -> [UInt8] {
    Array(SHA256Digest(of: Array(text.utf8)).bytes.prefix(16))
  }

  private static func statement(
    by name: String,
    _ seed: String,
    _ subject: Statement.Subject,
    _ body: Statement.Body
  ) -> Statement {
    Statement(
      by: Deployed.person(name),
      at: Deployed.noon,
      audience: "localhost/test",
      nonce: nonce(seed),
      release: Deployed.release,
      seen: .init(size: 0, root: SHA256Digest(of: [])),
      subject: subject,
      body: body
    )
  }

  private static func signed(_ statement: Statement, by name: String) throws -> Envelope {
    let bytes = statement.canonical
    let signature = try Deployed.key(name)
      .sign(message: bytes, namespace: statement.type.namespace)
    return Envelope(statement: bytes, signature: Array(signature.armor.utf8))
  }

  private static func parcel(
    _ name: String,
    _ envelopes: [Envelope],
    _ documents: [SHA256Digest: [UInt8]] = [:]
  ) -> Errand {
    Errand(
      name: name,
      method: .post,
      target: "/sluice/v1/statements",
      body: Parcel(envelopes, documents: documents).json.canonical
    )
  }
}
