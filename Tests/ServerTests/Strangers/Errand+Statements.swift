import HTTPTypes
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceProof

extension Errand {
  /// Everything that somebody with a key and a token can try to say about a release that may not be.
  static func statements() throws -> [Errand] {
    let policy = try Policy(text: Town.policy)
    let roster = try Roster(text: Town.roster(clerk: Deployed.key("eve").publicKey))
    let terms: [Terms.ID: [UInt8]] = ["use": Deployed.terms]
    let documents = Draft.documents(policy: policy, roster: roster, terms: terms)
    let amendment = try self.draft("eve").amendment(policy: policy, roster: roster, terms: terms)
    let zed = try self.draft("zed").amendment(policy: policy, roster: roster, terms: terms)
    let access = Statement.Filing.access(
      "gated",
      tiers: ["weights"],
      beneficiary: .principal("person:eve"),
      purpose: ""
    )
    let draft = self.draft("eve")
    let asked = Statement(
      by: draft.by,
      at: draft.at,
      audience: draft.standing.origin,
      nonce: Array(SHA256Digest(of: Array("ask".utf8)).bytes.prefix(16)),
      release: Deployed.release,
      seen: draft.standing.head,
      subject: .init(name: "stage:gated", in: Deployed.release),
      body: .file(access)
    )
    return [
      parcel("amend", [try signed(amendment, by: "eve")], documents),
      parcel("amend-again", [try signed(zed, by: "zed")], documents),
      parcel("ask", [Envelope(statement: asked.canonical)]),
      parcel("ask-signed", [try signed(asked, by: "eve")]),
      parcel("ask-forged", [try signed(asked, by: "zed")]),
    ]
  }

  /// A statement whose speaker has read a log that is longer than it is: nobody can have it taken in,
  /// so asking changes nothing.
  static func statementFromTheFuture() throws -> Errand {
    let said = Statement(
      by: Deployed.person("eve"),
      at: Deployed.noon,
      audience: "localhost/test",
      nonce: Array(SHA256Digest(of: Array("future".utf8)).bytes.prefix(16)),
      release: Deployed.release,
      seen: .init(size: 1 << 40, root: SHA256Digest(of: [])),
      subject: .init(name: "tier:weights", in: Deployed.release),
      body: .comment(text: "Hm.", isPublic: false)
    )
    return parcel("say", [try signed(said, by: "eve")])
  }

  private static func draft(_ name: String) -> Draft {
    Draft(
      by: Deployed.person(name),
      at: Deployed.noon,
      nonce: Array(SHA256Digest(of: Array(name.utf8)).bytes.prefix(16)),
      release: Deployed.release,
      standing: Standing(
        origin: "localhost/test",
        head: .init(size: 0, root: SHA256Digest(of: [])),
        vkey: "",
        releaseKeys: [],
        principal: nil
      )
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
