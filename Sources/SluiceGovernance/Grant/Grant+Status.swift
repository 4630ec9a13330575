public import SluiceEncoding

extension Grant {
  /// What a grant can be at an instant; in `grace` it serves nothing, but can still be renewed.
  public enum Status: String, CaseIterable, Hashable, Sendable {
    case revoked, surrendered, held, pending, live, grace, expired
  }

  /// What this grant is worth at `now`: derived at every question, stored nowhere.
  ///
  /// The first match wins, so the order of the lines is the rule (governance-domain 8).
  ///
  /// - Parameters:
  ///   - now: Log time.
  ///   - holds: The release's holds, ended ones included.
  ///   - asker: Who makes use of it, where that is known.
  /// - Returns: One of seven; nothing but `live` opens anything.
  public func status(at now: Instant, holds: [Hold], asker: Asker? = nil) -> Status {
    if let ending, ending.at <= now { return ending.kind == .revoked ? .revoked : .surrendered }
    if hold(at: now, among: holds, asker: asker) != nil { return .held }
    if now < terms.notBefore { return .pending }
    guard let notAfter, notAfter <= now else { return .live }
    guard let grace, now < notAfter + grace else { return .expired }
    return .grace
  }

  /// The first hold that keeps the grant from serving.
  ///
  /// What everyone may have is not kept from a person, who could ask without a name; but a tier, a
  /// stage, the grant itself and a key can be held for everyone.
  public func hold(at now: Instant, among holds: [Hold], asker: Asker? = nil) -> Hold? {
    guard !holds.isEmpty else { return nil }
    var subjects: Set<Hold.Subject> = [.grant(id)]
    subjects.formUnion(terms.tiers.keys.map { .tier($0) })
    if let stage = terms.stage { subjects.insert(.stage(stage)) }
    if let key = asker?.key { subjects.insert(.key(key)) }
    switch terms.audience {
    case .everyone: break
    case .principal(let holder):
      subjects.insert(.principal(holder))
      if let asker, let organisation = asker.organisation {
        subjects.insert(.principal(organisation))
      }
    case .group:
      if let principal = asker?.principal { subjects.insert(.principal(principal)) }
      if let organisation = asker?.organisation { subjects.insert(.principal(organisation)) }
    }
    return holds.first { subjects.contains($0.subject) && $0.isActive(at: now) }
  }

  /// Whether `asker` is in the audience; somebody without a name is in everyone's only.
  public func includes(_ asker: Asker) -> Bool {
    switch terms.audience {
    case .everyone: true
    case .principal(let holder): asker.principal == holder
    case .group(let group): asker.groups.contains(group)
    }
  }
}

/// Who asks to be handed something, as far as the delivery rule needs to know (governance-domain 8).
public struct Asker: Hashable, Sendable {
  /// Who; `nil` for somebody without a name.
  public let principal: Principal.ID?
  /// The organisation that the roster or the registry gives them.
  public let organisation: Principal.ID?
  /// The fingerprint of the key in use, if it is a key.
  public let key: String?
  /// The groups of the release in which they are now.
  public let groups: Set<Group.ID>
  /// The texts that they have accepted.
  public let accepted: Set<SHA256Digest>

  /// Describes who asks.
  public init(
    _ principal: Principal.ID?,
    organisation: Principal.ID? = nil,
    key: String? = nil,
    groups: Set<Group.ID> = [],
    accepted: Set<SHA256Digest> = []
  ) {
    self.principal = principal
    self.organisation = organisation
    self.key = key
    self.groups = groups
    self.accepted = accepted
  }

  /// Somebody without a name.
  public static let stranger = Asker(nil)
}
