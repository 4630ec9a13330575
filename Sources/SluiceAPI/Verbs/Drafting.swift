public import SluiceEncoding
public import SluiceGovernance

/// Composes the statements of a verb from the pages that it is about.
///
/// The one implementation, for the command line as for `POST /sluice/v1/drafts`. Pure but for the
/// bytes that `random` gives: nonces, and the salts of answers.
public struct Drafting: Sendable {
  /// Who will say it.
  public let by: Principal.ID
  /// When, by the signer's clock.
  public let at: Instant
  /// The release that it concerns.
  public let release: Release.ID
  /// The deployment that it is meant for.
  public let standing: Standing
  /// So many random bytes.
  private let random: @Sendable (Int) -> [UInt8]

  /// Begins to compose.
  public init(
    by: Principal.ID,
    at: Instant,
    release: Release.ID,
    standing: Standing,
    random: @escaping @Sendable (Int) -> [UInt8]
  ) {
    self.by = by
    self.at = at
    self.release = release
    self.standing = standing
    self.random = random
  }

  /// A statement to be composed, with a nonce of its own.
  public var draft: Draft {
    Draft(by: by, at: at, nonce: random(16), release: release, standing: standing)
  }

  /// 32 bytes that keep a commitment from telling anything.
  var salt: [UInt8] { random(32) }

  /// The statements of a verb with their documents, in the order in which they take effect.
  ///
  /// - Parameters:
  ///   - verb: The verb with its arguments.
  ///   - pages: What its ``Verb/sources`` show.
  /// - Returns: The statements and their documents.
  /// - Throws: The refusal that the ledger would give, as far as the pages tell; `unfit` for a page
  ///   that is missing, or that does not agree with itself.
  public func statements(of verb: Verb, on pages: Pages) throws(Refusal) -> Drafted {
    switch verb {
    case .adopt(let proposal): try adopt(proposal, on: pages)
    case .request(let wish): try request(wish, on: pages)
    case .renew(_, let purpose, let gift): try renew(purpose, gift, on: pages)
    case .answer(let occasion, let form, let answers):
      try answer(occasion, form, answers, on: pages)
    case .revise(let reference, let purpose, let tiers, let rebinds, let answers):
      try revise(
        pages.asked(reference),
        Rewording(purpose: purpose, tiers: tiers, rebinds: rebinds, answers: answers),
        on: pages
      )
    case .open, .bind, .emergency, .accept, .credential, .evidence, .confirm, .retract, .join,
      .leave, .delegate:
      Drafted([try record(verb, on: pages)])
    case .lift, .appeal, .withdraw, .approve, .deny, .return, .recuse, .comment, .flag,
      .hold, .revoke, .surrender:
      Drafted([try judgement(verb, on: pages)])
    }
  }
}

/// Statements to be signed, with the documents that go with them.
public struct Drafted: Body {
  /// The statements, in the order in which they take effect.
  public let statements: [Statement]
  /// What they name by digest and the deployment may lack.
  public let documents: [SHA256Digest: [UInt8]]

  /// Collects statements and their documents.
  public init(_ statements: [Statement], documents: [SHA256Digest: [UInt8]] = [:]) {
    self.statements = statements
    self.documents = documents
  }

  /// `{"documents":{DIGEST:BASE64},"statements":[{"namespace","statement","strength","words"}]}`.
  public var json: JSONValue {
    .object([
      "documents": .object(
        JSONObject(
          documents.map { .init(name: $0.key.hex, value: .string(Base64.encode($0.value))) }
        )
      ),
      "statements": .array(
        statements.map { statement in
          .object([
            "namespace": .string(statement.type.namespace),
            "statement": .string(Base64.encode(statement.canonical)),
            "strength": .string(statement.body.leastStrength.rawValue),
            "words": .string(statement.words),
          ])
        }
      ),
    ])
  }

  /// Reads what was drafted: from the bytes alone, with which the rest is compared, so that nobody is
  /// shown other words than those that are signed.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "drafts")
    var statements: [Statement] = []
    for value in try fields.array("statements") {
      var item = try JSONFields(value, format: "drafts", path: "statements")
      let statement = try Statement(canonical: Base64.decode(try item.string("statement")))
      guard try item.string("namespace") == statement.type.namespace,
        try item.string("strength") == statement.body.leastStrength.rawValue,
        try item.string("words").utf8.elementsEqual(statement.words.utf8)
      else { throw Malformed("drafts", "a statement is not what is said of it") }
      try item.finish()
      statements.append(statement)
    }
    var documents: [SHA256Digest: [UInt8]] = [:]
    for (name, text) in try fields.map("documents") {
      documents[try SHA256Digest(hex: name)] = try Base64.decode(text)
    }
    try fields.finish()
    self.init(statements, documents: documents)
  }
}
