import SluiceEncoding
import SluiceGovernance
import SluiceProof

/// Says statements in bulk: the bytes that `Statement.canonical` would write, their signatures, rows
/// and entries.
final class Speech {
  /// What is said, by whom, about what.
  struct Words {
    let type: String
    /// Canonical JSON.
    let body: String
    let by: String
    /// The pseudonym of whoever says it.
    let actor: String
    /// The identity of the token of a session; `nil` where a key signs.
    var token: String?
    let subject: (name: String, digest: String)
    /// The running number of the case that it begins.
    var number: Int?
  }

  private let log: LogWriter
  private let insert: RawStatement
  private let seen: String
  private var signers: [String: Ed25519Signer] = [:]
  private var nonces = 0
  private var checked: Set<String> = []

  init(_ database: RawDatabase, _ log: LogWriter) throws {
    self.log = log
    insert = try database.prepare(
      """
      INSERT INTO statement (sha256, bytes, signature, strength, type, by, release, nonce, token)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    )
    let head = log.head
    seen = #"{"root":"\#(Base64.encode(head.root.bytes))","size":\#(head.size)}"#
  }

  /// Says something about a case, a person or both, and answers the statement's digest.
  @discardableResult
  func say(
    _ words: Words,
    in release: String,
    at now: Instant,
    case id: String? = nil,
    person: String?
  ) throws -> String {
    nonces += 1
    let nonce = Array(SHA256Digest(of: Array("bulk \(nonces)".utf8)).bytes.prefix(16))
    let bytes = canonical(words, in: release, at: now, nonce: nonce)
    if checked.insert(words.type).inserted { _ = try Statement(canonical: bytes) }
    let digest = SHA256Digest(of: bytes).hex
    let signer = words.token == nil ? try self.signer(words.by) : nil
    try store(words, bytes, digest, signer, in: release, nonce: nonce)
    let key = signer?.publicKey.fingerprint ?? ""
    var members = Members()
    members.add("actor", words.actor)
    members.add("at", now.description)
    members.add("credential", words.token.map { "token:\($0)" } ?? "key:\(key)")
    members.add("kind", words.type)
    if let number = words.number { members.add("number", number) }
    members.add("release", release)
    members.add("seq", log.index)
    members.add("statement_sha256", digest)
    members.add("strength", words.token == nil ? "key" : "session")
    members.add("v", 1)
    try log.append(
      members.closed(),
      at: .init(
        kind: words.type,
        at: now.seconds,
        release: release,
        case: words.type == "file" ? digest : id,
        person: person,
        statement: digest
      )
    )
    return digest
  }

  /// The key of somebody who is in the roster.
  private func signer(_ name: String) throws -> Ed25519Signer {
    if let known = signers[name] { return known }
    let made = try Texts.key(of: Principal.ID(name))
    signers[name] = made
    return made
  }

  private func store(
    _ words: Words,
    _ bytes: [UInt8],
    _ digest: String,
    _ signer: Ed25519Signer?,
    in release: String,
    nonce: [UInt8]
  ) throws {
    insert.bind(1, digest)
    insert.bind(2, blob: bytes)
    if let signer, let type = StatementType(rawValue: words.type) {
      let signature = try signer.sign(message: bytes, namespace: type.namespace)
      insert.bind(3, blob: Array(signature.armor.utf8))
      insert.bind(4, "key")
      insert.bindNull(9)
    } else {
      insert.bindNull(3)
      insert.bind(4, "session")
      insert.bind(9, words.token ?? "")
    }
    insert.bind(5, words.type)
    insert.bind(6, words.by)
    insert.bind(7, release)
    insert.bind(8, blob: nonce)
    try insert.run()
  }

  private func canonical(
    _ words: Words,
    in release: String,
    at now: Instant,
    nonce: [UInt8]
  ) -> [UInt8] {
    var predicate = Members()
    predicate.add("at", now.description)
    predicate.add("audience", Scale.origin)
    predicate.add("body", json: words.body)
    predicate.add("by", words.by)
    predicate.add("nonce", Base64.encode(nonce))
    predicate.add("release", release)
    predicate.add("seen", json: seen)
    var top = Members()
    top.add("_type", "https://in-toto.io/Statement/v1")
    top.add("predicate", json: String(decoding: predicate.closed(), as: UTF8.self))
    top.add("predicateType", "https://sluice/\(words.type)/v1")
    let (name, digest) = words.subject
    top.add("subject", json: #"[{"digest":{"sha256":"\#(digest)"},"name":"\#(name)"}]"#)
    return top.closed()
  }
}
