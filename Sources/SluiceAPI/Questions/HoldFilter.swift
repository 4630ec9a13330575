public import SluiceEncoding
public import SluiceGovernance

/// Which holds are asked for; without any part, all that the reader may see and that refuse now.
public struct HoldFilter: Hashable, Sendable {
  /// Of this release.
  public let release: Release.ID?
  /// Whose id begins so; six or more digits.
  public let reference: String?
  /// On this.
  public let subject: Hold.Subject?
  /// Also those that have ended.
  public let includesEnded: Bool
  /// As they stood then.
  public let at: Instant?

  /// Composes a filter.
  public init(
    release: Release.ID? = nil,
    reference: String? = nil,
    subject: Hold.Subject? = nil,
    includesEnded: Bool = false,
    at: Instant? = nil
  ) {
    self.release = release
    self.reference = reference
    self.subject = subject
    self.includesEnded = includesEnded
    self.at = at
  }

  /// `release`, `id`, `subject`, `ended`, `at`.
  public var query: Query {
    var query = Query()
    query.add("release", release)
    query.add("id", reference)
    query.add("subject", subject)
    if includesEnded { query.add("ended", "true") }
    query.add("at", at)
    return query
  }

  /// Reads a query.
  public init(query: Query) throws(Malformed) {
    var query = query
    let release = try query.release("release")
    let reference = try query.reference("id")
    let text = try query.take("subject")
    let subject = text.flatMap { Hold.Subject(text: $0) }
    guard text == nil || subject != nil else {
      throw Malformed("query", "subject: names nothing that can be held")
    }
    self.init(
      release: release,
      reference: reference,
      subject: subject,
      includesEnded: try query.flag("ended"),
      at: try query.instant("at")
    )
    try query.finish()
  }
}
