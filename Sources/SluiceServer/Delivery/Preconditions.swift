package import HTTPTypes
package import SluiceEncoding

/// The file that a request would get, as its conditions see it.
package struct Representation: Hashable, Sendable {
  /// The strong tag of its bytes.
  package let tag: EntityTag
  /// When the release published it.
  package let modified: Instant
  /// Its length in bytes.
  package let size: Int

  /// Describes a file of `size` bytes.
  package init(tag: EntityTag, modified: Instant, size: Int) {
    self.tag = tag
    self.modified = modified
    self.size = size
  }

  /// What a request with these headers gets of it.
  ///
  /// Ask only after the requester was found to be cleared: every answer but the whole file tells
  /// something of the bytes. The order is that of RFC 9110, section 13.2.2.
  ///
  /// - Parameters:
  ///   - method: Ranges are answered for GET only.
  ///   - fields: The headers of the request.
  ///   - now: For how old the date of an `If-Range` is.
  /// - Returns: Which status and which bytes to answer with.
  package func answer(
    for method: HTTPRequest.Method,
    _ fields: HTTPFields,
    at now: Instant
  ) -> Answer {
    if let header = fields[.ifMatch] {
      guard matches(header, EntityTag.matchesStrongly) ?? false else { return .failed }
    } else if let instant = fields[.ifUnmodifiedSince].flatMap(HTTPDate.instant) {
      guard modified <= instant else { return .failed }
    }
    if let header = fields[.ifNoneMatch] {
      if matches(header, EntityTag.matchesWeakly) ?? false { return .unmodified }
    } else if let instant = fields[.ifModifiedSince].flatMap(HTTPDate.instant) {
      guard modified > instant else { return .unmodified }
    }
    guard method == .get, holds(fields[.ifRange], at: now) else { return .bytes(.whole) }
    return .bytes(ByteRange(fields[.range], of: size))
  }

  // `nil` if the header cannot be read.
  private func matches(
    _ header: String,
    _ isMatch: (EntityTag) -> (EntityTag) -> Bool
  ) -> Bool? {
    switch EntityTag.List(header) {
    case .any: true
    case .tags(let tags): tags.contains { isMatch(tag)($0) }
    case nil: nil
    }
  }

  // A date younger than a minute may name two versions, so it is no strong validator.
  private func holds(_ ifRange: String?, at now: Instant) -> Bool {
    guard let ifRange else { return true }
    if let instant = HTTPDate.instant(ifRange) {
      return instant == modified && modified.seconds <= now.seconds - 60
    }
    return EntityTag(reading: ifRange).map(tag.matchesStrongly) ?? false
  }
}

extension Representation {
  /// How a request that is cleared is answered, once its conditions and its range are known.
  package enum Answer: Hashable, Sendable {
    /// 200, 206 or 416.
    case bytes(ByteRange)
    /// 304: the client has these bytes; this is not a delivery.
    case unmodified
    /// 412: the client asked for other bytes than there are.
    case failed
  }
}
