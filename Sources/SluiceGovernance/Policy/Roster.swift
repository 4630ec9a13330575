public import SluiceEncoding

/// The people of a release: whose keys count, and who holds which role.
///
/// Read and digested like a policy. Two rosters are equal if their canonical forms are. Source:
/// governance-domain 14 and README join 11.
public struct Roster: Sendable {
  /// A principal with its keys.
  public struct Member: Hashable, Sendable {
    /// Who.
    public let id: Principal.ID
    /// Public key lines without comment, in file order.
    public let keys: [String]
    /// The organisation that a person belongs to.
    public let organisation: Principal.ID?
    /// The name in the public record; without it, NAME.
    public let shown: String?
  }

  /// A role and its members, in file order.
  public struct Seat: Hashable, Sendable {
    /// The role.
    public let role: Role.ID
    /// Its members; a service among them files and records, and is no head.
    public let members: [Principal.ID]
  }

  /// The policy's name.
  public let id: String
  /// From 1.
  public let version: Int
  /// The digest of the version before; of version 1 none.
  public let previous: SHA256Digest?
  /// Everybody with a key, in file order.
  public let principals: [Member]
  /// The roles, in file order.
  public let roles: [Seat]
  /// The file as it was read.
  public let text: String
  /// The canonical form (RFC 8785): what ``digest`` is the digest of.
  public let canonical: [UInt8]
  /// SHA-256 of ``canonical``: the identity of this version.
  public let digest: SHA256Digest

  /// Where everything stands in the file.
  let places: Places

  /// The members of a role in roster order, services included.
  public func members(of role: Role.ID) -> [Principal.ID] {
    roles.first { $0.role == role }?.members ?? []
  }

  /// The members of a role who can approve: services never do (S5).
  public func heads(of role: Role.ID) -> [Principal.ID] {
    members(of: role).filter { $0.kind != .service }
  }

  /// The roles that a principal holds, in file order.
  public func roles(of principal: Principal.ID) -> [Role.ID] {
    roles.filter { $0.members.contains(principal) }.map(\.role)
  }

  /// The entry of a principal.
  public func principal(_ id: Principal.ID) -> Member? { principals.first { $0.id == id } }
}

extension Roster: Hashable {
  /// Whether both have the same canonical form.
  public static func == (left: Roster, right: Roster) -> Bool { left.digest == right.digest }

  /// Hashes the digest.
  public func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}
