internal import GRDB
public import SluiceEncoding
internal import SluiceGovernance
public import SluiceProof

extension Ledger {
  /// Takes in statements: the only way by which a person changes anything.
  ///
  /// One transaction from what is due to the last leaf. All of the statements are taken in, in their
  /// order, or none; a refused call leaves nothing but what was due anyway. The signer is authorised
  /// first, so a refusal tells a stranger nothing, and nobody has documents read for whom no key
  /// counts.
  ///
  /// - Parameters:
  ///   - submissions: The statements.
  ///   - documents: What they name and the ledger lacks, each under its digest.
  ///   - manifests: The signed manifests that `bind` statements among them name.
  ///   - beginsReleases: Whether the first policy of a release may be among them: only where the
  ///     operator is. Elsewhere it is refused as if no name were set aside.
  ///   - clock: What the process's clock shows.
  /// - Returns: The entries, and the cases and grants that changed.
  /// - Throws: A `Refusal`, or what SQLite threw.
  public func perform(
    _ submissions: [Submission],
    documents: [SHA256Digest: [UInt8]] = [:],
    manifests: [ModelBundle] = [],
    beginsReleases: Bool = true,
    at clock: Instant
  ) async throws -> Receipt {
    let outcome = try await attempt(
      submissions,
      documents: documents,
      manifests: manifests,
      beginsReleases: beginsReleases,
      at: clock
    )
    switch outcome {
    case .success(let receipt): return receipt
    case .failure(let declined): throw declined.refusal
    }
  }

  /// Does what ``perform(_:documents:manifests:beginsReleases:at:)`` does; a refusal comes with those
  /// of whom it is known by then who they are, because nobody else may be told more.
  ///
  /// - Returns: The receipt, or why there is none.
  /// - Throws: What SQLite threw.
  public func attempt(
    _ submissions: [Submission],
    documents: [SHA256Digest: [UInt8]] = [:],
    manifests: [ModelBundle] = [],
    beginsReleases: Bool = true,
    at clock: Instant
  ) async throws -> Result<Receipt, Declined> {
    do {
      return try await database.write { db in
        let now = try logTime(clock, in: db)
        try settle(at: now, in: db)
        return try takeTogether(
          submissions,
          documents,
          manifests,
          beginsReleases: beginsReleases,
          at: now,
          in: db
        )
      }
    } catch let refusal as Refusal { return .failure(Declined(refusal, heard: [])) }
  }

  /// Takes in all of the statements, or leaves nothing of them.
  private func takeTogether(
    _ submissions: [Submission],
    _ documents: [SHA256Digest: [UInt8]],
    _ manifests: [ModelBundle],
    beginsReleases: Bool,
    at now: Instant,
    in db: Database
  ) throws -> Result<Receipt, Declined> {
    let bundles = Dictionary(
      manifests.map { (SHA256Digest(of: $0.statement), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var receipt = Receipt()
    var heard: [Statement] = []
    var taken: [Taken] = []
    do {
      try db.inSavepoint {
        var unnamed = Set(documents.keys).union(bundles.keys)
        for submission in submissions {
          let presented = try Presented(submission)
          let accepted = try accept(
            presented,
            documents,
            beginsReleases: beginsReleases,
            at: now,
            noting: &receipt,
            heard: &heard,
            in: db
          ) {
            unnamed.subtract(try keep(documents, namedBy: presented, in: db))
            unnamed.subtract(try keep(bundles, namedBy: presented, at: now, in: db))
          }
          if let accepted { taken.append(accepted) }
        }
        try judge(taken, at: now, noting: &receipt, in: db)
        if let left = unnamed.min() {
          throw Refusal.unfit("document \(left): no statement of this call names it")
        }
        return .commit
      }
    } catch let refusal as Refusal { return .failure(Declined(refusal, heard: heard)) }
    return .success(receipt)
  }

  /// What was said about a release, and its state by then.
  private struct Taken {
    let statement: Statement
    let release: Release
    let fact: Entry.Fact
  }

  /// Judges what statements can have moved, once all of a call are taken in: a request is judged with
  /// its answers, not before them.
  private func judge(
    _ taken: [Taken],
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    for one in taken {
      try judge(
        one.release.touched(by: one.fact),
        in: one.release,
        isFresh: taken.count == 1,
        at: now,
        noting: &receipt,
        in: db
      )
      try noteDoubt(of: one.statement, at: now, noting: &receipt, in: db)
    }
  }

  /// Takes in one statement; `keepEnclosed` stores what came with it.
  private func accept(
    _ presented: Presented,
    _ documents: [SHA256Digest: [UInt8]],
    beginsReleases: Bool,
    at now: Instant,
    noting receipt: inout Receipt,
    heard: inout [Statement],
    in db: Database,
    keepEnclosed: () throws -> Void
  ) throws -> Taken? {
    let said = try? presented.statement.get()
    var release = try said.flatMap { try fold(for: $0, in: db) }
    let known =
      try beginsReleases && bringsItsRoster(said, to: release, in: db)
      ? nil : authorise(presented, in: release, at: now, in: db)
    try keepEnclosed()
    if let said, case .file(.amend) = said.body { release = try fold(for: said, in: db) }
    let authorised = try known ?? authorise(presented, in: release, at: now, in: db)
    heard.append(authorised.statement)
    if !beginsReleases, case .file(.amend) = authorised.statement.body, release?.adoption == nil {
      throw Refusal.unknownRelease(authorised.statement.release)
    }
    if case .keychange(let change) = authorised.statement.body {
      try take(change, authorised, at: now, noting: &receipt, in: db)
      return nil
    } else if let release, try isReserved(release.id, in: db) {
      return try take(authorised, documents, in: release, at: now, noting: &receipt, in: db)
    } else {
      throw Refusal.unknownRelease(authorised.statement.release)
    }
  }

  /// The release that a statement is judged on, with the texts that it names as far as they are
  /// stored; a change of keys is about none.
  private func fold(for statement: Statement, in db: Database) throws -> Release? {
    guard statement.type != .keychange else { return nil }
    let scope = try scope(of: statement, in: db)
    return try fold(statement.release, scope, proposed: [statement], in: db)
  }

  /// Whether whose keys count is in a roster that comes with the statement: in the first proposal of
  /// a release, for which the operator has set the name aside (README join 11).
  private func bringsItsRoster(
    _ statement: Statement?,
    to release: Release?,
    in db: Database
  ) throws -> Bool {
    guard let statement, case .file(.amend) = statement.body, release?.adoption == nil else {
      return false
    }
    return try isAwaited(statement.release, in: db)
  }

  /// Takes in a statement about a release: check, store, apply.
  private func take(
    _ authorised: Authorised,
    _ documents: [SHA256Digest: [UInt8]],
    in folded: Release,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws -> Taken {
    let statement = authorised.statement
    let answers = try statement.answers(among: documents)
    var release = folded
    let said = try said(authorised, in: db)
    try release.check(said, answers: answers?.fields, at: now)
    try check(statement, documents, in: release, at: now, in: db)

    try insert(authorised, in: db)
    if let answers { try insert(answers, of: statement, in: db) }
    let event = Event(
      said,
      credential: authorised.presented.credential,
      actor: try pseudonym(of: statement.by, in: db),
      in: release
    )
    let index = try append(event, at: now, noting: &receipt, in: db)
    let fact = Entry.Fact.accepted(said)
    release.apply(Entry(index: index, at: now, fact: fact))
    try project(statement, of: release, at: now, noting: &receipt, in: db)
    return Taken(statement: statement, release: release, fact: fact)
  }

  /// The statement with what the log says beside it.
  private func said(_ authorised: Authorised, in db: Database) throws -> Entry.Said {
    let statement = authorised.statement
    let person: Principal.ID? =
      switch statement.body {
      case .file(.access(_, _, .principal(let beneficiary), _)): beneficiary
      case .file(.emergency(_, let beneficiary, _)): beneficiary
      case .join(let member, _): member
      case .delegate(let delegate, _, _): delegate
      default: nil
      }
    return Entry.Said(
      statement,
      strength: authorised.strength,
      key: authorised.presented.key,
      number: try statement.type == .file ? nextNumber(in: db) : nil,
      organisation: try person.flatMap { try registeredOrganisation(of: $0, in: db) }
    )
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

  /// The next running number of a case in this deployment; that of an erased case is not given again.
  func nextNumber(in db: Database) throws -> Int {
    let last = try Row.fetchOne(
      db,
      sql: """
        SELECT event.seq AS seq, case_file.number AS number
        FROM event JOIN case_file ON case_file.id = event.statement
        WHERE event.kind = 'file' ORDER BY event.seq DESC LIMIT 1
        """
    )
    let (index, number): (Int, Int) = (last?["seq"] ?? -1, last?["number"] ?? 0)
    // After the last case that somebody filed and that is still there: erased ones, and reviews.
    let later = try Int.fetchOne(
      db,
      sql: """
        SELECT (SELECT COUNT(*) FROM event WHERE kind = 'file' AND seq > ?)
          + (SELECT COUNT(*) FROM case_file WHERE number > ?)
        """,
      arguments: [index, number]
    )
    return number + (later ?? 0) + 1
  }
}
