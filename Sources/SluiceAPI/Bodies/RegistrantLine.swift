public import SluiceEncoding
public import SluiceGovernance

/// A party of a case for whom nobody has vouched, as those see it who decide.
public struct RegistrantLine: Body {
  /// Who.
  public let principal: Principal.ID
  /// The e-mail address that they gave.
  public let email: String
  /// When they made themselves known.
  public let registeredAt: Instant
  /// When the address was confirmed; `nil` as long as anybody could have given it.
  public let confirmedAt: Instant?

  /// Composes a line.
  public init(
    principal: Principal.ID,
    email: String,
    registeredAt: Instant,
    confirmedAt: Instant?
  ) {
    self.principal = principal
    self.email = email
    self.registeredAt = registeredAt
    self.confirmedAt = confirmedAt
  }

  /// `{"confirmed_at"?,"email","principal","registered_at"}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "email": .string(email), "principal": .string(principal.rawValue),
      "registered_at": .string(registeredAt.description),
    ]
    members["confirmed_at"] = confirmedAt.map { .string($0.description) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "registrant")
    self.init(
      principal: try fields.principal("principal"),
      email: try fields.string("email"),
      registeredAt: try fields.instant("registered_at"),
      confirmedAt: try fields.optionalInstant("confirmed_at")
    )
    try fields.finish()
  }
}

extension RegistrantLine: CustomStringConvertible {
  /// The line for people.
  public var description: String {
    let state = confirmedAt.map { "confirmed at \($0)" } ?? "unconfirmed"
    return "\(principal) registered at \(registeredAt); e-mail \(email), \(state)"
  }
}

/// Where the confirmation of an address stands (`/sluice/v1/confirmations/SECRET`).
public struct ConfirmationPage: Body {
  /// Whose address it is.
  public let principal: Principal.ID
  /// The address.
  public let email: String
  /// Until when the link counts.
  public let confirmableUntil: Instant
  /// When it was confirmed by this link.
  public let confirmedAt: Instant?

  /// Composes a page.
  public init(
    principal: Principal.ID,
    email: String,
    confirmableUntil: Instant,
    confirmedAt: Instant?
  ) {
    self.principal = principal
    self.email = email
    self.confirmableUntil = confirmableUntil
    self.confirmedAt = confirmedAt
  }

  /// `{"confirmable_until","confirmed_at"?,"email","principal"}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "confirmable_until": .string(confirmableUntil.description), "email": .string(email),
      "principal": .string(principal.rawValue),
    ]
    members["confirmed_at"] = confirmedAt.map { .string($0.description) }
    return .object(members)
  }

  /// Reads a page.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "confirmation")
    self.init(
      principal: try fields.principal("principal"),
      email: try fields.string("email"),
      confirmableUntil: try fields.instant("confirmable_until"),
      confirmedAt: try fields.optionalInstant("confirmed_at")
    )
    try fields.finish()
  }
}
