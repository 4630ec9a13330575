public import SluiceEncoding
public import SluiceGovernance

/// How a case came to be worded as it is: the statement that began it and what worded it anew.
///
/// With these anybody can compute every revision's digest, and so find out what a page that shows
/// something else leaves out or adds.
public struct Wording: Hashable, Sendable {
  /// What made a revision after the first.
  public enum Step: Hashable, Sendable {
    /// The bytes of a `revise` statement.
    case revised([UInt8])
    /// The bytes of an `answer` statement in the place of an earlier one.
    case answered([UInt8])
    /// An appeal against a denial was approved; the appeal's case.
    case appealed(Case.ID)
    /// A policy was adopted that begins open cases anew; its digest.
    case restarted(SHA256Digest)
  }

  /// The canonical bytes of the `file` statement.
  public let filing: [UInt8]
  /// What made the later revisions, in log order.
  public let steps: [Step]

  /// Collects what worded a case.
  public init(filing: [UInt8], steps: [Step] = []) {
    self.filing = filing
    self.steps = steps
  }

  /// `[{"revise": BASE64} | {"answer": BASE64} | {"appeal": CASE} | {"restart": POLICY}]`.
  var stepsJSON: JSONValue {
    .array(
      steps.map { step in
        switch step {
        case .revised(let bytes): .object(["revise": .string(Base64.encode(bytes))])
        case .answered(let bytes): .object(["answer": .string(Base64.encode(bytes))])
        case .appealed(let appeal): .object(["appeal": .string(appeal.rawValue)])
        case .restarted(let policy): .object(["restart": .string(policy.hex)])
        }
      }
    )
  }

  /// Takes the members `filing` and `revisions` out.
  init(_ fields: inout JSONFields) throws(Malformed) {
    filing = try Base64.decode(try fields.string("filing"))
    var steps: [Step] = []
    for value in try fields.array("revisions") {
      var step = try JSONFields(value, format: fields.format, path: "revisions")
      if let revise = try step.optionalString("revise") {
        steps.append(.revised(try Base64.decode(revise)))
      } else if let answer = try step.optionalString("answer") {
        steps.append(.answered(try Base64.decode(answer)))
      } else if let appeal = try step.optionalDigest("appeal") {
        steps.append(.appealed(Case.ID(appeal.hex)))
      } else {
        steps.append(.restarted(try step.digest("restart")))
      }
      try step.finish()
    }
    self.steps = steps
  }
}

extension Wording {
  /// One revision, read.
  public struct Revision: Hashable, Sendable {
    /// Its digest.
    public let id: Case.Revision.ID
    /// What is asked in it.
    public let filing: Statement.Filing
    /// The policy to which an adoption pinned the case, where one did.
    public let policy: SHA256Digest?
    /// The answers that took the place of earlier ones last, where some did.
    public let answers: Statement.ID?
  }

  /// The statement that began the case.
  ///
  /// - Throws: `Malformed` if it cannot be read, or begins nothing.
  public func statement() throws(Malformed) -> (Statement, Statement.Filing) {
    let statement = try Statement(canonical: filing)
    guard case .file(let filed) = statement.body else {
      throw Malformed("wording", "what was filed begins no case")
    }
    return (statement, filed)
  }

  /// Every revision, the first one first.
  ///
  /// - Throws: `Malformed` for a statement that cannot be read, that is not the requester's, that is
  ///   about another case, or that words another revision anew than the one before it.
  public func revisions() throws(Malformed) -> [Revision] {
    let (statement, filed) = try statement()
    var last = Revision(id: .init(statement.id.rawValue), filing: filed, policy: nil, answers: nil)
    var all = [last]
    for step in steps {
      last = try revision(by: step, after: last, of: statement)
      all.append(last)
    }
    return all
  }

  private func revision(
    by step: Step,
    after last: Revision,
    of filed: Statement
  ) throws(Malformed) -> Revision {
    switch step {
    case .revised(let bytes):
      let said = try Statement(canonical: bytes)
      guard case .revise(let words) = said.body, said.subject.digest.hex == filed.id.rawValue,
        said.by == filed.by, said.release == filed.release,
        said.audience.utf8.elementsEqual(filed.audience.utf8), words.revision == last.id
      else { throw Malformed("wording", "a revision does not follow the one before it") }
      return Revision(
        id: .init(said.id.rawValue),
        filing: last.filing.reworded(by: words),
        policy: last.policy,
        answers: last.answers
      )
    case .answered(let bytes):
      let said = try Statement(canonical: bytes)
      guard case .answer(.case(let about), _) = said.body,
        about.rawValue == filed.id.rawValue, said.release == filed.release,
        said.audience.utf8.elementsEqual(filed.audience.utf8)
      else { throw Malformed("wording", "an answer is about another case") }
      return Revision(
        id: .init(said.id.rawValue),
        filing: last.filing,
        policy: last.policy,
        answers: said.id
      )
    case .appealed(let appeal):
      return Revision(
        id: derived("appeal:\(appeal)", in: filed.release),
        filing: last.filing,
        policy: last.policy,
        answers: last.answers
      )
    case .restarted(let policy):
      return Revision(
        id: derived("restart:\(filed.id):\(policy.hex)", in: filed.release),
        filing: last.filing,
        policy: policy,
        answers: last.answers
      )
    }
  }

  /// The digest of a revision that nobody signed: that of its name (`Docs/Formats/statements.md` 4).
  private func derived(_ name: String, in release: Release.ID) -> Case.Revision.ID {
    Case.Revision.ID(Statement.Subject(name: name, in: release).digest.hex)
  }
}
