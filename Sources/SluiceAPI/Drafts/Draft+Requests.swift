public import SluiceEncoding
public import SluiceGovernance

extension Draft {
  /// Asks for access.
  ///
  /// - Parameters:
  ///   - asking: What, through which stage.
  ///   - beneficiary: For whom: a group that the signer manages, of a service the person whom it
  ///     files for; oneself, if not given.
  ///   - purpose: Why, at most 2,000 characters; may be empty.
  ///   - earlier: What is on record of the signer.
  /// - Returns: The statement that begins the case; its id is the case's.
  /// - Throws: `Refusal.unfit` for somebody else and for a purpose that is too long; `notEligible`
  ///   for a group that there is not; `held`, `duplicate` and `tooSoon` for what is on record.
  public func access(
    _ asking: Asking,
    for beneficiary: Statement.Beneficiary? = nil,
    purpose: String,
    after earlier: Earlier = Earlier()
  ) throws(Refusal) -> Statement {
    let beneficiary = beneficiary ?? .principal(by)
    switch beneficiary {
    case .group(let group):
      guard asking.groups.contains(group) else { throw .notEligible(by) }
    case .principal(let principal):
      guard principal == by || by.kind == .service else {
        throw .unfit("beneficiary: access is asked for oneself")
      }
      guard principal.kind == .person else {
        throw .unfit("beneficiary: \(principal) is not a person")
      }
    }
    try earlier.check(asking, for: beneficiary, purpose: purpose, at: at)
    return try statement(
      about: .init(name: "stage:\(asking.stage)", in: release),
      saying: .file(
        .access(
          asking.stage,
          tiers: asking.tiers,
          beneficiary: beneficiary,
          purpose: purpose
        )
      )
    )
  }

  /// Commits to the answers of a form for a case, which may be filed in the same call.
  public func answer(_ answers: AnswerDocument, for id: Case.ID) throws(Refusal) -> Statement {
    try statement(
      about: .init(name: "form:\(answers.form.id)", digest: answers.form.digest),
      saying: .answer(.case(id), commitment: answers.commitment)
    )
  }

  /// Agrees to a text, after comparing the bytes that were read with the digest that is asked for.
  ///
  /// - Throws: `Refusal.termsChanged` if `text` is not what the page names.
  public func accept(_ agreement: Asking.Agreement, text: [UInt8]) throws(Refusal) -> Statement {
    guard SHA256Digest(of: text) == agreement.sha256 else {
      throw .termsChanged("terms:\(agreement.id)")
    }
    return try statement(
      about: .init(name: "terms:\(agreement.id)", digest: agreement.sha256),
      saying: .accept
    )
  }
}

/// The answers to a form on their way: salted, so that the log's commitment tells nothing of them.
public struct AnswerDocument: Hashable, Sendable {
  /// The form.
  public let form: Form
  /// 32 random bytes.
  public let salt: [UInt8]
  /// Field → text.
  public let answers: JSONObject

  /// Takes answers that satisfy the form.
  ///
  /// - Throws: `Refusal.unfit` with everything that does not.
  public init(_ answers: JSONObject, to form: Form, salt: [UInt8]) throws(Refusal) {
    precondition(salt.count == 32, "a salt has 32 bytes")
    let fields = form.fields.map(\.id)
    let problems = form.check(answers: answers).map { problem in
      guard problem.reason == .unknown else { return "\(problem)" }
      return "\(problem); \(Spelling.advice(on: problem.field, among: fields))"
    }
    guard problems.isEmpty else {
      throw .unfit("answers to form \(form.id): \(problems.joined(separator: "; "))")
    }
    self.form = form
    self.salt = salt
    self.answers = answers
  }

  /// The salt and the canonical answers: the document that travels with the statement.
  public var document: [UInt8] { salt + JSONValue.object(answers).canonical }

  /// The digest of ``document``.
  public var commitment: SHA256Digest { SHA256Digest(of: document) }
}
