import ArgumentParser
import Foundation
import SluiceAPI
import SluiceGovernance
import SluiceLedger
import SluiceProof
import SluiceServer

/// `sluice key add`: a further key, with the proof that its owner has it.
struct KeyAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a key to somebody's own; an old key and the new one both sign.",
    discussion: """
      Where the new key is on another machine, --out writes what it has to sign, and --proof hands the
      signature in. A key that is added with a key which may approve may approve too.
      Example: sluice key add ana new.pub --proof change.json.sig
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "Whose key it is, as person:NAME or NAME.")
  var person: PersonName

  @Argument(help: "The new public key file.", completion: .file())
  var file: String

  @Option(
    help: "The new key's signature, FILE.sig, beside the FILE that --out wrote.",
    completion: .file()
  )
  var proof: String?

  @Option(help: "Only write what both keys have to sign to this file.", completion: .file())
  var out: String?

  func run() async throws {
    let local = try await place.openLocal()
    try await local.requireKnown(person.id)
    let path = Files.url(file).typed
    let line = try Files.text(at: file).split(separator: "\n").first.map(String.init) ?? ""
    let key = try PublicKey(line: line)
    if let out {
      guard proof == nil else { throw ValidationError("--out and --proof exclude each other") }
      return try await write(key, at: local, to: out)
    }
    let act = try await local.beginKeychange(who, of: person.id)
    guard act.speaker.principal == person.id else {
      throw ValidationError("\(person.id.name)'s keys are changed by \(person.id.name) alone")
    }
    let last = try await local.ledger.lastKeychange(of: person.id)
    let given = try proof.map { try self.given($0, of: key, after: last) }
    let statement = try given?.statement ?? act.draft.change(.add, key: key.line, after: last)
    guard let envelope = try act.envelopes([statement]).first else { return }
    let second = try given?.armor ?? Self.sign(statement, with: key, at: path)
    let submitted = try await local.deployment.submit(
      [Envelope(statement: envelope.statement, signature: envelope.signature, second: second)],
      documents: [:]
    )
    rendering.show(
      """
      added \(key.fingerprint): it counts for \(person.id) from now on
      \(Where.Local.signersChanged)
      """,
      json: submitted.json(about: key.fingerprint, of: person.id)
    )
  }

  /// Writes the statement, to be signed elsewhere.
  private func write(_ key: PublicKey, at local: Where.Local, to out: String) async throws {
    let draft = Draft(
      by: person.id,
      at: Clock.now(),
      nonce: (0..<16).map { _ in UInt8.random(in: .min ... .max) },
      release: "",
      standing: try await local.deployment.standing()
    )
    let last = try await local.ledger.lastKeychange(of: person.id)
    let statement = try draft.change(.add, key: key.line, after: last)
    try Data(statement.canonical).write(to: Files.url(out), options: .atomic)
    let (paper, sign) = (Typed.quoted(out), "ssh-keygen -Y sign -n \(statement.type.namespace)")
    rendering.show(
      """
      \(statement.words)
      next, where the new key is: \(sign) -f KEY \(paper)
      then: \(Typed.command("key", "add", person.id.name, file, "--proof", out + ".sig"))
      """,
      json: Drafted([statement]).json
    )
  }

  /// The statement that was written before, with the new key's signature over it.
  private func given(
    _ proof: String,
    of key: PublicKey,
    after last: Statement.ID?
  ) throws -> (statement: Statement, armor: [UInt8]) {
    guard proof.hasSuffix(".sig") else {
      throw ValidationError("--proof must be FILE.sig, beside FILE, as ssh-keygen leaves it")
    }
    let paper = String(proof.dropLast(4))
    let (bytes, armor) = (try Files.bytes(at: paper), try Files.text(at: proof))
    let statement = try Statement(canonical: bytes)
    let said = Statement.Body.keychange(.init(action: .add, key: key.line, previous: last))
    guard statement.by == person.id, case .keychange(let change) = statement.body,
      change.action == .add, change.key.utf8.elementsEqual(key.line.utf8)
    else {
      throw Keygen.Failure(
        detail: "\(paper) does not add this key to those of \(person.id)",
        next: ["Write it anew: \(again)"]
      )
    }
    guard statement.body == said else {
      throw Refusal.stale("previous: not your last change of keys")
    }
    do throws(SignatureFault) {
      let signature = try SSHSignature(armor: armor)
      guard signature.key == key else { throw .bad }
      _ = try signature.verify(message: bytes, namespace: statement.type.namespace)
    } catch {
      throw Keygen.Failure(
        detail: "\(proof) is not the new key's signature over \(paper) in "
          + statement.type.namespace,
        next: ["Sign it: ssh-keygen -Y sign -n \(statement.type.namespace) -f KEY \(paper)"]
      )
    }
    return (statement, Array(armor.utf8))
  }

  /// The new key's signature, where the new key is at hand.
  private static func sign(
    _ statement: Statement,
    with key: PublicKey,
    at path: String
  ) throws -> [UInt8] {
    let secret = path.hasSuffix(".pub") ? String(path.dropLast(4)) : path
    let found = Files.exists(Files.url(secret)) ? secret : path
    return try Keygen.sign(
      statement.canonical,
      with: Keygen.Key(publicKey: key, path: found),
      namespace: statement.type.namespace
    )
  }

  private var again: String {
    Typed.command("key", "add", person.id.name, file, "--out", "change.json")
  }
}
