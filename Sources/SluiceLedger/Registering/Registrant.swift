public import SluiceEncoding
public import SluiceGovernance

/// Who may make themselves known, and what they may ask (README join 16).
public enum RegistrationRule: String, CaseIterable, Hashable, Sendable {
  /// Everybody; they may ask at once.
  case open
  /// Everybody; they may ask once their e-mail address is confirmed.
  case confirmed
  /// Nobody.
  case closed
}

/// Somebody who made themselves known.
public struct Registrant: Hashable, Sendable {
  /// Who.
  public let principal: Principal.ID
  /// The e-mail address that they gave.
  public let email: String
  /// When they did it.
  public let registeredAt: Instant
  /// When the link was followed that was sent to that address.
  public let confirmedAt: Instant?
  /// When the operator vouched for them, or a roster listed them; until then they may only ask.
  public let vettedAt: Instant?
}

/// A registration that was taken in.
public struct Registered: Hashable, Sendable {
  /// Who they are from now on.
  public let principal: Principal.ID
  /// Their bearer token, shown this one time.
  public let token: String
  /// The mail with the link that confirms their address.
  public let mail: Mail
  /// Until when that link counts.
  public let confirmableUntil: Instant
}

/// Where the confirmation of an address stands.
public struct Confirmation: Hashable, Sendable {
  /// Whose address it is.
  public let principal: Principal.ID
  /// The address.
  public let email: String
  /// Until when the link counts.
  public let endsAt: Instant
  /// When it was used.
  public let confirmedAt: Instant?
}

/// Why somebody is not registered, or an address not confirmed.
public enum RegistrationFault: Error, Hashable, Sendable {
  /// The operator lets nobody register.
  case closed
  /// Too many came from there within an hour.
  case limited(retryAfter: Int)
  /// What was given cannot be read; `what` begins with the member.
  case malformed(String)
  /// The name cannot be had.
  case taken(name: String)
  /// The key cannot be had.
  case keyTaken(fingerprint: String)
  /// No link of this deployment has that secret.
  case unknownLink
  /// The link was used.
  case usedLink(at: Instant)
  /// The link no longer counts.
  case endedLink(at: Instant)
}
