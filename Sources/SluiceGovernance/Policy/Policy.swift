public import SluiceEncoding

/// The rules of a release: what is offered, and which gate each step passes.
///
/// A value exists only of a policy that was read without an error and that this version honours in
/// full. Two policies are equal if their canonical forms are, whatever their comments and layout.
/// Source: governance-domain 14.
public struct Policy: Sendable {
  /// Its name.
  public let id: String
  /// From 1.
  public let version: Int
  /// A title for people.
  public let title: String
  /// The digest of the version before; of version 1 none.
  public let previous: SHA256Digest?
  /// Who may approve, in file order.
  public let roles: [Role.ID]
  /// The tiers, in file order.
  public let tiers: [Tier]
  /// The tiers that are never offered, and why.
  public let sealed: [Tier.ID: String]
  /// The texts that gates ask people to agree to, in file order.
  public let terms: [Terms]
  /// The forms that gates ask people to answer, in file order.
  public let forms: [Form]
  /// The groups of people who may receive, in file order.
  public let groups: [Group]
  /// The gates, in file order.
  public let gates: [Gate]
  /// The stages, in file order.
  public let stages: [Stage]
  /// Who closes, and who decides about the rules.
  public let governance: Governance
  /// What its adoption does to open cases and grants of the version before.
  public let onAdoption: OnAdoption
  /// The file as it was read.
  public let text: String
  /// The canonical form (RFC 8785): what ``digest`` is the digest of.
  public let canonical: [UInt8]
  /// SHA-256 of ``canonical``: the identity of this version.
  public let digest: SHA256Digest

  /// The document, in file order.
  let root: DocumentValue
  /// Where everything stands in the file.
  let places: Places

  /// The gate of that name.
  public func gate(_ id: Gate.ID) -> Gate? { gates.first { $0.id == id } }

  /// The stage of that name.
  public func stage(_ id: Stage.ID) -> Stage? { stages.first { $0.id == id } }

  /// The tier of that name.
  public func tier(_ id: Tier.ID) -> Tier? { tiers.first { $0.id == id } }

  /// The form of that name.
  public func form(_ id: Form.ID) -> Form? { forms.first { $0.id == id } }

  /// The group of that name.
  public func group(_ id: Group.ID) -> Group? { groups.first { $0.id == id } }

  /// The terms of that name.
  public func terms(_ id: Terms.ID) -> Terms? { terms.first { $0.id == id } }
}

extension Policy: Hashable {
  /// Whether both have the same canonical form.
  public static func == (left: Policy, right: Policy) -> Bool { left.digest == right.digest }

  /// Hashes the digest.
  public func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}
