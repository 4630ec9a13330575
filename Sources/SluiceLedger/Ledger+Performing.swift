internal import GRDB
public import SluiceEncoding
internal import SluiceGovernance
public import SluiceProof

extension Ledger {
  /// Takes in statements: the only way by which a person changes anything.
  ///
  /// One transaction from what is due to the last leaf. All of the statements are taken in, in their
  /// order, or none; a refused call leaves nothing but what was due anyway. The signer is authorised
  /// first, so a refusal tells a stranger nothing.
  ///
  /// - Parameters:
  ///   - submissions: The statements.
  ///   - documents: What they name and the ledger lacks, each under its digest.
  ///   - manifests: The signed manifests that `bind` statements among them name.
  ///   - clock: What the process's clock shows.
  /// - Returns: The entries, and the cases and grants that changed.
  /// - Throws: A `Refusal`, or what SQLite threw.
  public func perform(
    _ submissions: [Submission],
    documents: [SHA256Digest: [UInt8]] = [:],
    manifests: [ModelBundle] = [],
    at clock: Instant
  ) async throws -> Receipt {
    let outcome: Result<Receipt, Refusal> = try await database.write { db in
      let now = try logTime(clock, in: db)
      try settle(at: now, in: db)
      var receipt = Receipt()
      do {
        try db.inSavepoint {
          let bundles = Dictionary(
            manifests.map { (SHA256Digest(of: $0.statement), $0) },
            uniquingKeysWith: { first, _ in first }
          )
          var unnamed = Set(documents.keys).union(bundles.keys)
          for submission in submissions {
            let presented = try Presented(submission)
            unnamed.subtract(try keep(documents, namedBy: presented, in: db))
            unnamed.subtract(try keep(bundles, namedBy: presented, at: now, in: db))
            try accept(presented, documents, at: now, noting: &receipt, in: db)
          }
          if let left = unnamed.min() {
            throw Refusal.unfit("document \(left): no statement of this call names it")
          }
          return .commit
        }
      } catch let refusal as Refusal { return .failure(refusal) }
      return .success(receipt)
    }
    return try outcome.get()
  }

  /// Takes in one statement and what follows from it.
  private func accept(
    _ presented: Presented,
    _ documents: [SHA256Digest: [UInt8]],
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    let said = try? presented.statement.get()
    let release = try said.flatMap { statement in
      try statement.type == .keychange
        ? nil
        : fold(statement.release, scope(of: statement, in: db), proposed: [statement], in: db)
    }
    let authorised = try authorise(presented, in: release, at: now, in: db)
    if case .keychange(let change) = authorised.statement.body {
      try take(change, authorised, at: now, noting: &receipt, in: db)
    } else if let release, try isReserved(release.id, in: db) {
      try take(authorised, documents, in: release, at: now, noting: &receipt, in: db)
    } else {
      throw Refusal.unknownRelease(authorised.statement.release)
    }
  }

  /// Takes in a statement about a release: check, store, apply, decide.
  private func take(
    _ authorised: Authorised,
    _ documents: [SHA256Digest: [UInt8]],
    in folded: Release,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    let statement = authorised.statement
    let answers = try statement.answers(among: documents)
    var release = folded
    try release.check(statement, answers: answers?.fields, at: now)
    try check(statement, in: release, in: db)

    try insert(authorised, in: db)
    if let answers { try insert(answers, of: statement, in: db) }
    let number = try statement.type == .file ? nextNumber(in: db) : nil
    let event = Event(
      authorised,
      number: number,
      actor: try pseudonym(of: statement.by, in: db),
      in: release
    )
    let index = try append(event, at: now, noting: &receipt, in: db)
    release.apply(Entry(index: index, at: now, fact: .accepted(statement, number: number)))
    if case .revoke = statement.body {
      try note(release.grants[Grant.ID(statement.subject.digest.hex)], &receipt, in: db)
    }
    for touched in release.cases(touchedBy: statement) {
      try decide(touched, in: &release, at: now, noting: &receipt, in: db)
      try note(release.cases[touched.id], of: release, &receipt, in: db)
    }
  }

  /// Stores the manifest that a `bind` names, if it was sent.
  ///
  /// - Returns: The digests of what the statement names.
  private func keep(
    _ bundles: [SHA256Digest: ModelBundle],
    namedBy presented: Presented,
    at now: Instant,
    in db: Database
  ) throws -> Set<SHA256Digest> {
    guard let statement = try? presented.statement.get(),
      case .bind(let manifest) = statement.body
    else { return [] }
    if let bundle = bundles[manifest] { try keep(bundle, at: now, in: db) }
    return [manifest]
  }

  /// How much of its release a statement is judged on: always what the signer has there, because
  /// that decides whether the signer may know of it.
  private func scope(of statement: Statement, in db: Database) throws -> Scope {
    let signer = Scope.person(statement.by)
    switch statement.body {
    case .file(.access(_, _, let beneficiary, _)): return signer.union(.person(beneficiary))
    case .approve(let verdict), .deny(let verdict, _): return signer.union(.case(verdict.case))
    case .answer(let id, _): return signer.union(.case(id))
    case .revoke:
      let grant = try grant(Grant.ID(statement.subject.digest.hex), in: db)
      return grant.map { signer.union(.case($0.terms.case)) } ?? signer
    case .file, .accept, .bind, .keychange: return signer
    }
  }

  private func nextNumber(in db: Database) throws -> Int {
    try (Int.fetchOne(db, sql: "SELECT MAX(number) FROM case_file") ?? 0) + 1
  }
}
