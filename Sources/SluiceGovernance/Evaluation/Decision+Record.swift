public import SluiceEncoding

extension Decision {
  /// A decision as the log records it: what the fold needs to know of one that was made before.
  ///
  /// There are two ways to one: from a decision, and from the stored bytes of an event.
  public struct Record: Hashable, Sendable {
    /// The case.
    public let `case`: Case.ID
    /// The outcome.
    public let outcome: Outcome
    /// The statements that were counted.
    public let counted: [Statement.ID]
    /// Of an emergency that was granted, the running number of its review.
    public let review: Int?

    init(
      case: Case.ID,
      outcome: Outcome,
      counted: [Statement.ID] = [],
      review: Int? = nil
    ) {
      self.`case` = `case`
      self.outcome = outcome
      self.counted = counted
      self.review = review
    }
  }

  /// What the fold needs to know of it.
  ///
  /// - Parameter review: The running number of the review that begins, if one does.
  /// - Returns: The record.
  public func record(review: Int? = nil) -> Record {
    Record(case: evaluation.case.id, outcome: outcome, counted: counted, review: review)
  }
}

extension Decision.Record {
  /// Reads what a stored `decide` event records (`Docs/Formats/statements.md` 4).
  ///
  /// - Throws: `Malformed` for bytes that are not the canonical ones of such an event.
  public init(canonical bytes: [UInt8]) throws(Malformed) {
    let event = try JSONValue(canonical: bytes, format: "event")
    var fields = try JSONFields(event, format: "event")
    guard try fields.string("kind") == "decide" else {
      throw fields.fault("kind", "no decision")
    }
    guard let outcome = Decision.Outcome(rawValue: try fields.string("outcome")) else {
      throw fields.fault("outcome", "must be approved or denied")
    }
    var counted: [Statement.ID] = []
    for value in try fields.array("counted") {
      guard let id = value.stringValue else { throw fields.fault("counted", "must be digests") }
      counted.append(Statement.ID(id))
    }
    self.init(
      case: Case.ID(try fields.string("case")),
      outcome: outcome,
      counted: counted,
      review: try fields.optionalInteger("review")
    )
  }
}

/// That a case is taken as approved, although nobody has decided it.
///
/// Scenarios begin so, and questions suppose it; no log says so.
public struct Premise: Hashable, Sendable {
  /// The case.
  public let `case`: Case.ID

  /// Takes a case as approved.
  package init(approving case: Case.ID) { self.`case` = `case` }

  /// What the fold makes of it.
  var record: Decision.Record { Decision.Record(case: `case`, outcome: .approved) }

  /// What everyone is granted if the case opens a stage to everyone.
  ///
  /// - Parameters:
  ///   - release: The state after the premise was applied.
  ///   - now: Log time.
  ///   - draft: A policy to go by instead of the case's own.
  /// - Returns: What the grant says; `nil` if nothing is opened to everyone.
  package func grant(
    in release: Release,
    at now: Instant,
    under draft: Policy? = nil
  ) -> Grant.Terms? {
    guard let asked = release.cases[`case`], case .open(let stage, _) = asked.filing,
      release.openings[stage] != nil,
      (draft ?? release.policy(of: asked))?.stage(stage)?.admits == .everyone
    else { return nil }
    return Grant.Terms(
      release: release.id,
      case: asked.id,
      stage: stage,
      audience: .everyone,
      tiers: asked.manifests,
      notBefore: now,
      notAfter: nil,
      terms: [:],
      policy: asked.policy
    )
  }
}
