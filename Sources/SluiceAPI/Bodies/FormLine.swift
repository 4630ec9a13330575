public import SluiceEncoding
public import SluiceGovernance

/// A form as its page shows it: the questions, and the digest that answers name.
public struct FormLine: Body {
  /// Its name.
  public let form: Form.ID
  /// SHA-256 of the canonical JSON array of the fields.
  public let sha256: SHA256Digest
  /// The questions, in file order.
  public let fields: [Field]

  /// One question.
  public struct Field: Hashable, Sendable {
    /// The name of the answer.
    public let id: String
    /// What the answer may be.
    public let type: Form.Kind
    /// The question in words; without it the name is the question.
    public let ask: String?
    /// The longest text, in Unicode scalars.
    public let max: Int?
    /// What a `choice` chooses from.
    public let options: [String]
    /// Whether the answer may be left out.
    public let isOptional: Bool
    /// Whether only those who can decide the case see the answer.
    public let isPrivate: Bool
    /// The only countries that are let in; empty lets all in that `deny` does not keep out.
    public let allow: [String]
    /// The countries that are kept out.
    public let deny: [String]
  }

  /// Shows a form.
  public init(_ form: Form) {
    self.form = form.id
    sha256 = form.digest
    fields = form.fields.map { field in
      Field(
        id: field.id,
        type: field.type,
        ask: field.ask,
        max: field.max,
        options: field.options,
        isOptional: field.isOptional,
        isPrivate: field.isPrivate,
        allow: field.allow,
        deny: field.deny
      )
    }
  }

  /// `{"fields","form","sha256"}`, the members of a field being those of the policy file.
  public var json: JSONValue {
    .object([
      "fields": .array(fields.map(\.json)), "form": .string(form.rawValue),
      "sha256": .string(sha256.hex),
    ])
  }

  /// Reads a form.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "form")
    form = try fields.name("form")
    sha256 = try fields.digest("sha256")
    self.fields = try fields.array("fields").map { value throws(Malformed) in try Field(value) }
    try fields.finish()
  }
}

extension FormLine.Field {
  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "id": .string(id), "optional": .bool(isOptional), "private": .bool(isPrivate),
      "type": .string(type.rawValue),
    ]
    members["allow"] = allow.isEmpty ? nil : .array(allow.map { .string($0) })
    members["ask"] = ask.map { .string($0) }
    members["deny"] = deny.isEmpty ? nil : .array(deny.map { .string($0) })
    members["max"] = max.map { .integer($0) }
    members["options"] = options.isEmpty ? nil : .array(options.map { .string($0) })
    return .object(members)
  }

  fileprivate init(_ json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "form", path: "fields")
    id = try fields.string("id")
    type = try fields.word("type")
    ask = try fields.optionalString("ask")
    max = try fields.optionalInteger("max")
    options = try fields.optionalTexts("options") ?? []
    isOptional = try fields.bool("optional")
    isPrivate = try fields.bool("private")
    allow = try fields.optionalTexts("allow") ?? []
    deny = try fields.optionalTexts("deny") ?? []
    try fields.finish()
  }
}
