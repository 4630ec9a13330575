public import SluiceEncoding
public import SluiceGovernance

/// What a comment, a report or a hold is about, as people write it.
///
/// `tier:NAME`, `stage:NAME`, `group:NAME`, a principal, `key:SHA256:…`, or `case:`, `grant:`, `hold:`
/// with a number or digits of an id, `statement:` and `manifest:` with a whole digest.
public enum Topic: Hashable, Sendable, CustomStringConvertible {
  /// By number, or six or more digits of its id.
  case `case`(String)
  /// By six or more digits of its id.
  case grant(String)
  /// By six or more digits of its id.
  case hold(String)
  case statement(SHA256Digest)
  case manifest(SHA256Digest)
  case tier(Tier.ID)
  case stage(Stage.ID)
  case group(Group.ID)
  case principal(Principal.ID)
  /// By its fingerprint, `SHA256:…`.
  case key(String)

  /// Reads what ``description`` writes.
  ///
  /// - Throws: `Malformed` for anything else.
  public init(_ text: String) throws(Malformed) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
      throw Malformed("subject", "\(text): must be such as tier:NAME, case:NUMBER or person:NAME")
    }
    let rest = String(text[text.utf8.index(after: colon)...])
    guard !rest.isEmpty else { throw Malformed("subject", "\(text): names nothing") }
    switch text[..<colon] {
    case "case": self = .case(rest)
    case "grant": self = .grant(rest)
    case "hold": self = .hold(rest)
    case "statement": self = .statement(try SHA256Digest(hex: rest))
    case "manifest": self = .manifest(try SHA256Digest(hex: rest))
    case "tier": self = .tier(Tier.ID(rest))
    case "stage": self = .stage(Stage.ID(rest))
    case "group": self = .group(Group.ID(rest))
    case "key": self = .key(rest)
    default: self = .principal(try Principal.ID(parsing: text))
    }
  }

  /// The kind, a colon and the name; of a principal the principal itself.
  public var description: String {
    switch self {
    case .case(let reference): "case:\(reference)"
    case .grant(let reference): "grant:\(reference)"
    case .hold(let reference): "hold:\(reference)"
    case .statement(let digest): "statement:\(digest.hex)"
    case .manifest(let digest): "manifest:\(digest.hex)"
    case .tier(let tier): "tier:\(tier)"
    case .stage(let stage): "stage:\(stage)"
    case .group(let group): "group:\(group)"
    case .principal(let principal): principal.rawValue
    case .key(let fingerprint): "key:\(fingerprint)"
    }
  }
}
