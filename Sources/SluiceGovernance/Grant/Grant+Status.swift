public import SluiceEncoding

extension Grant {
  /// What a grant can be at an instant.
  public enum Status: String, CaseIterable, Hashable, Sendable {
    case revoked, pending, live, expired
  }

  /// What this grant is worth at `now`: derived at every question, stored nowhere.
  ///
  /// The first match wins, so the order of the lines is the rule (governance-domain 8).
  ///
  /// - Parameter now: Log time.
  /// - Returns: One of four; nothing but `live` opens anything.
  public func status(at now: Instant) -> Status {
    if let ending, ending.at <= now { return .revoked }
    if now < terms.notBefore { return .pending }
    guard let notAfter = terms.notAfter, notAfter <= now else { return .live }
    return .expired
  }

  /// Whether `principal` is in the audience; `nil` is somebody without a name.
  public func includes(_ principal: Principal.ID?) -> Bool {
    switch terms.audience {
    case .everyone: true
    case .principal(let holder): holder == principal
    }
  }
}
