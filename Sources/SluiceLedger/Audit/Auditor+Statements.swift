internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceProof

extension Auditor {
  /// Verifies a statement as it was taken in: bytes, signature, whose key, which head, which rules;
  /// then compares the entry about it.
  mutating func judgeStatement(_ record: AuditedRecord, _ row: Row) throws {
    report.counts.statements += 1
    if record.kind == .file { filed += 1 }
    let name: String? = row["statement"]
    guard let name, let stored = try self.stored(name) else {
      throw Malformed("event", "statement_sha256: there is no such statement")
    }
    guard SHA256Digest(of: stored.submission.statement).hex == name else {
      return fault(.statement(name), "its bytes have another digest")
    }
    let presented: Presented
    let statement: Statement
    do {
      presented = try Presented(stored.submission)
      statement = try presented.statement.get()
    } catch let refusal as Refusal {
      return fault(.statement(name), "\(refusal.code): \(refusal)")
    } catch {
      return fault(.statement(name), "\(error)")
    }
    if case .bind(let manifest) = statement.body, bound[manifest.hex] == nil {
      bound[manifest.hex] = record.at.seconds
    }
    let state = try state(for: statement)
    let strength = try judgeSigner(of: statement, presented, in: state, record)
    if !stored.agrees(with: statement, strength: strength) {
      fault(.statement(name), "a column of its row is not what its bytes say")
    }
    try judgeFrame(of: statement, record)
    let said = try said(statement, presented, strength: strength, record)
    try judgeRules(of: said, in: state, record)

    let event = Event(
      said,
      credential: presented.credential,
      actor: try pseudonym(of: statement.by) ?? "",
      in: state
    )
    try record.mustSay(event)
    guard event.release?.rawValue == row["release"], event.case?.rawValue == row["case_id"],
      event.person?.rawValue == row["person"], event.statement?.rawValue == row["statement"],
      event.isAboutRelease == row["is_about_release"]
    else { throw Malformed("event", "a column of its row is not what its body says") }
    note(statement, presented, record)
    guard var after = state else { return }
    let fact = Entry.Fact.accepted(said)
    after.apply(Entry(index: record.index, at: record.at, fact: fact))
    moved = (fact, after)
  }

  /// The statement with what its entry says beside it.
  private func said(
    _ statement: Statement,
    _ presented: Presented,
    strength: Strength,
    _ record: AuditedRecord
  ) throws(Malformed) -> Entry.Said {
    var fields = record.fields
    // What the registry said then is known from the entry alone.
    let organisation = try fields.optionalString("organisation").map { Principal.ID($0) }
    return Entry.Said(
      statement,
      strength: strength,
      key: presented.key,
      number: record.kind == .file ? filed : nil,
      organisation: organisation
    )
  }

  private mutating func state(for statement: Statement) throws -> Release? {
    guard statement.type != .keychange else { return nil }
    return try states.release(
      statement.release,
      try ledger.scope(of: statement, in: db),
      reading: statement
    )
  }

  /// Whether key or token counted for the speaker then.
  private func judgeSigner(
    of statement: Statement,
    _ presented: Presented,
    in state: Release?,
    _ record: AuditedRecord
  ) throws -> Strength {
    switch presented.proof {
    case .signature(let signed, let second):
      let fingerprint = signed.key.fingerprint
      // What was ended later counted then; an end in the same second is judged by the log's order.
      let registry = try ledger.keys(named: fingerprint, in: db).filter { $0.from <= record.at }
        .map { $0.counting(at: record.at) }
      let holder = try KeyAuthority.holder(
        of: fingerprint,
        for: statement,
        in: state,
        changes: changes,
        registry: registry
      )
      guard holder == statement.by else { throw Refusal.wrongPerson(said: statement.by) }
      if case .keychange(let change) = statement.body, change.action == .add {
        guard let second, second.key.line.utf8.elementsEqual(change.key.utf8) else {
          throw Refusal.badSignature("the second signature is not the new key's")
        }
      }
      return Strength(signed.strength)
    case .session(let principal, let id):
      try judgeToken(id, of: principal, at: record.at)
      guard principal == statement.by else { throw Refusal.wrongPerson(said: statement.by) }
      return .session
    }
  }

  /// Whether a token was its principal's, and counted; one that was revoked in that second did.
  func judgeToken(_ id: String, of principal: Principal.ID?, at now: Instant) throws {
    let token = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(Registration.Token.columns) FROM token WHERE id = ?"),
      arguments: [id]
    ).map(Registration.Token.init(row:))
    guard let token, token.principal == principal, token.issuedAt <= now,
      token.revokedAt.map({ now <= $0 }) ?? true, token.endsAt.map({ now < $0 }) ?? true
    else { throw Refusal.badToken }
  }

  private func judgeFrame(of statement: Statement, _ record: AuditedRecord) throws {
    guard statement.audience.utf8.elementsEqual(ledger.origin.utf8) else {
      throw Refusal.unfit("audience: \(statement.audience)")
    }
    guard statement.at <= record.at + Ledger.clockTolerance else {
      throw Refusal.unfit("at: \(statement.at) is more than 5 minutes after its entry")
    }
    guard statement.seen.size <= record.index else {
      throw Refusal.stale("seen: a head that the log did not have yet")
    }
    guard isTreeSound else { return }
    guard try ledger.root(at: statement.seen.size, in: db) == statement.seen.root else {
      throw Refusal.stale("seen: not a head of this log")
    }
  }

  /// Asks the rules of the type again; answers that were erased cannot be asked.
  private func judgeRules(
    of said: Entry.Said,
    in state: Release?,
    _ record: AuditedRecord
  ) throws {
    guard let state else { return }
    let statement = said.statement
    var answers: JSONObject?
    if case .answer(_, let commitment) = statement.body {
      let body = try Data.fetchOne(
        db,
        sql: "SELECT body FROM answer WHERE commitment = ?",
        arguments: [commitment.hex]
      )
      guard let body, let fields = try? Answers.read(Array(body)) else { return }
      answers = fields
    }
    try state.check(said, answers: answers, at: record.at)
    if case .bind = statement.body { try ledger.checkManifest(of: statement, in: db) }
  }

  private mutating func note(
    _ statement: Statement,
    _ presented: Presented,
    _ record: AuditedRecord
  ) {
    if let (key, since) = statement.doubt { doubt = (statement.release, key, since) }
    guard case .keychange(let change) = statement.body,
      case .signature(let signed, _) = presented.proof,
      let key = try? PublicKey(line: change.key)
    else { return }
    changes.append(
      .init(
        principal: statement.by,
        action: change.action,
        key: key.fingerprint,
        signer: signed.key.fingerprint,
        at: record.at
      )
    )
  }

  /// The name of a principal in the log; an audit makes none.
  func pseudonym(of principal: Principal.ID) throws -> String? {
    try ledger.knownPseudonym(of: principal, in: db)
  }
}

extension Auditor {
  /// A row of the table of statements.
  struct StoredStatement {
    let submission: Submission
    let columns: [String]

    /// Whether the columns repeat what the bytes say.
    func agrees(with statement: Statement, strength: Strength) -> Bool {
      let said = [
        strength.rawValue, statement.type.rawValue, statement.by.rawValue,
        statement.release.rawValue, Hex.encode(statement.nonce),
      ]
      return columns == said
    }
  }

  fileprivate func stored(_ id: String) throws -> StoredStatement? {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM statement WHERE sha256 = ?"),
      arguments: [id]
    )
    guard let row else { return nil }
    let (bytes, nonce): (Data, Data) = (row["bytes"], row["nonce"])
    let (signature, second): (Data?, Data?) = (row["signature"], row["second"])
    let token: String? = row["token"]
    let proof: Submission.Proof =
      if let signature {
        .signature(armor: Array(signature), second: second.map { Array($0) })
      } else {
        .session(Principal.ID(row["by"]), token: token ?? "")
      }
    return StoredStatement(
      submission: Submission(statement: Array(bytes), proof: proof),
      columns: [
        row["strength"], row["type"], row["by"], row["release"], Hex.encode(Array(nonce)),
      ]
    )
  }
}

extension Registration.Key {
  /// The key as it was at an instant, before a later end.
  fileprivate func counting(at now: Instant) -> Self {
    guard let until, until >= now else { return self }
    return Self(
      principal: principal,
      fingerprint: fingerprint,
      line: line,
      from: from,
      until: nil,
      way: way,
      approves: approves
    )
  }
}
