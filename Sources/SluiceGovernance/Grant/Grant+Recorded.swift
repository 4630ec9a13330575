internal import SluiceEncoding

extension Grant {
  /// Reads a grant from the stored bytes of its `issue` event (`Docs/Formats/statements.md` 4), of which
  /// its identity is the digest.
  ///
  /// - Parameters:
  ///   - bytes: The event.
  ///   - index: Its index.
  ///   - holder: The principal behind the pseudonym by which the log names the holder.
  /// - Throws: `Malformed` for bytes that are not the canonical ones of such an event; what `holder`
  ///   throws.
  public init(
    canonical bytes: [UInt8],
    at index: Int,
    holder: (String) throws -> Principal.ID
  ) throws {
    let event = try JSONValue(canonical: bytes, format: "event")
    var fields = try JSONFields(event, format: "event")
    guard try fields.string("kind") == "issue" else { throw fields.fault("kind", "no grant") }
    let name = try fields.string("audience")
    let audience: Audience =
      if name == "everyone" {
        .everyone
      } else if let group = name.rest(after: "group:") {
        .group(Group.ID(group))
      } else {
        .principal(try holder(name))
      }
    let terms = Terms(
      release: Release.ID(try fields.string("release")),
      case: Case.ID(try fields.string("case")),
      stage: try fields.optionalString("stage").map { Stage.ID($0) },
      audience: audience,
      tiers: try fields.digests("tiers"),
      notBefore: try fields.instant("not_before"),
      notAfter: try fields.optionalInstant("not_after"),
      terms: try fields.digests("terms"),
      policy: try fields.digest("policy"),
      successorOf: try fields.optionalString("successor_of").map { Grant.ID($0) }
    )
    self.init(id: ID(SHA256Digest(of: bytes).hex), index: index, terms: terms)
  }
}
