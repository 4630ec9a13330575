public import SluiceEncoding
public import SluiceGovernance

/// The body of `POST /sluice/v1/drafts`: a verb with its arguments, and who will say it.
public struct Instruction: Body {
  /// What is to be done.
  public let verb: Verb
  /// The release; not needed where a case, a grant, a hold or a statement says it.
  public let release: Release.ID?
  /// Who will sign; whose the token is, if not given.
  public let by: Principal.ID?

  /// Composes an instruction.
  public init(_ verb: Verb, release: Release.ID? = nil, by: Principal.ID? = nil) {
    self.verb = verb
    self.release = release
    self.by = by
  }

  /// The members of the verb, and `release`?, `by`?.
  public var json: JSONValue {
    var members = verb.members
    members["by"] = by.map { .string($0.rawValue) }
    members["release"] = release.map { .string($0.rawValue) }
    return .object(members)
  }

  /// Reads an instruction.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "instruction")
    by = try fields.optionalPrincipal("by")
    let named = try fields.optionalString("release")
    release = try named.map { text throws(Malformed) in try Release.ID(parsing: text) }
    verb = try Verb(&fields)
    try fields.finish()
  }
}
