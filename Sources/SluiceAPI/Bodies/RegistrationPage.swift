public import SluiceEncoding
public import SluiceGovernance

/// What somebody says of themselves who wants to be known (`POST /sluice/v1/registrations`).
public struct RegistrationForm: Body {
  /// The name, without `person:`.
  public let name: String
  /// The e-mail address.
  public let email: String
  /// The one line of a public key file.
  public let key: String?

  /// Composes a form.
  public init(name: String, email: String, key: String? = nil) {
    self.name = name
    self.email = email
    self.key = key
  }

  /// `{"email","key"?,"name"}`.
  public var json: JSONValue {
    var members: JSONObject = ["email": .string(email), "name": .string(name)]
    members["key"] = key.map { .string($0) }
    return .object(members)
  }

  /// Reads a form.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "registration")
    self.init(
      name: try fields.string("name"),
      email: try fields.string("email"),
      key: try fields.optionalString("key")
    )
    try fields.finish()
  }
}

/// Who somebody is from now on, with the token that is told this one time.
public struct RegistrationPage: Body {
  /// Who.
  public let principal: Principal.ID
  /// The address to which a link was written.
  public let email: String
  /// The bearer token.
  public let token: String
  /// Until when the link in the mail counts.
  public let confirmableUntil: Instant

  /// Composes an answer.
  public init(principal: Principal.ID, email: String, token: String, confirmableUntil: Instant) {
    self.principal = principal
    self.email = email
    self.token = token
    self.confirmableUntil = confirmableUntil
  }

  /// `{"confirmable_until","email","principal","token"}`.
  public var json: JSONValue {
    .object([
      "confirmable_until": .string(confirmableUntil.description), "email": .string(email),
      "principal": .string(principal.rawValue), "token": .string(token),
    ])
  }

  /// Reads an answer.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "registered")
    self.init(
      principal: try fields.principal("principal"),
      email: try fields.string("email"),
      token: try fields.string("token"),
      confirmableUntil: try fields.instant("confirmable_until")
    )
    try fields.finish()
  }
}
