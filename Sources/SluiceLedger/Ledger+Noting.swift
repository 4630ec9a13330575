internal import Foundation
package import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Appends an event, and notes it in the receipt.
  func append(
    _ event: Event,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws -> Int {
    let index = try append(event, at: now, in: db)
    receipt.events.append(.init(index: index, kind: event.kind.rawValue))
    return index
  }

  /// Writes a case as it stands, and notes it in the receipt.
  func note(
    _ changed: Case?,
    of release: Release,
    at now: Instant,
    _ receipt: inout Receipt,
    in db: Database
  ) throws {
    guard let changed else { return }
    try project(changed, of: release, at: now, in: db)
    receipt.cases.removeAll { $0.id == changed.id }
    receipt.cases.append(changed)
    receipt.cases.sort { $0.number < $1.number }
  }

  /// Writes a grant as it stands, and notes it in the receipt.
  func note(
    _ changed: Grant?,
    of release: Release,
    _ receipt: inout Receipt,
    in db: Database
  ) throws {
    guard let changed else { return }
    try project(changed, of: release, in: db)
    receipt.grants.removeAll { $0.id == changed.id }
    receipt.grants.append(changed)
  }

  /// Stores a statement byte for byte, with what shows whose it is.
  package func insert(_ authorised: Authorised, in db: Database) throws {
    let statement = authorised.statement
    var (signature, second, token): ([UInt8]?, [UInt8]?, String?) = (nil, nil, nil)
    switch authorised.presented.submission.proof {
    case .signature(let armor, let other): (signature, second) = (armor, other)
    case .session(_, let id): token = id
    }
    try db.execute(
      sql: """
        INSERT INTO statement
          (sha256, bytes, signature, second, strength, type, by, release, nonce, token)
        VALUES (:sha256, :bytes, :signature, :second, :strength, :type, :by, :release, :nonce,
          :token)
        """,
      arguments: [
        "sha256": statement.id.rawValue,
        "bytes": Data(authorised.presented.submission.statement),
        "signature": signature.map { Data($0) }, "second": second.map { Data($0) },
        "strength": authorised.strength.rawValue, "type": statement.type.rawValue,
        "by": statement.by.rawValue, "release": statement.release.rawValue,
        "nonce": Data(statement.nonce), "token": token,
      ]
    )
  }

  /// Stores answers where they can be erased.
  package func insert(_ answers: Answers, of statement: Statement, in db: Database) throws {
    guard case .answer(let occasion, let commitment) = statement.body else { return }

    let isUsed = try Bool.fetchOne(
      db,
      sql: "SELECT EXISTS (SELECT 1 FROM answer WHERE commitment = ?)",
      arguments: [commitment.hex]
    )
    guard isUsed == false else {
      throw Refusal.unfit("commitment: used before; take a new salt")
    }
    try db.execute(
      sql: """
        INSERT INTO answer (commitment, statement, case_id, salt, body) VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        commitment.hex, statement.id.rawValue, occasion.id, Data(answers.salt),
        Data(answers.body),
      ]
    )
  }
}

extension Statement.Occasion {
  /// The case or the grant for which the answers are given.
  var id: String {
    switch self {
    case .case(let id): id.rawValue
    case .grant(let id): id.rawValue
    }
  }
}
