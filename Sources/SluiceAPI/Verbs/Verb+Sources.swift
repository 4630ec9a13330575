public import SluiceGovernance

extension Verb {
  /// Something that a verb is composed from and that a deployment shows.
  public enum Source: Hashable, Sendable {
    /// The release's page.
    case release
    /// The roster in force.
    case roster
    /// A case's page.
    case `case`(String)
    /// The policy that decides the case.
    case policyOfCase
    /// One grant.
    case grant(String)
    /// The policy under which the grant was issued.
    case policyOfGrant
    /// One hold.
    case hold(String)
    /// The evidence that is, or is confirmed by, a statement.
    case evidence(String)
    /// The credential that is a statement.
    case credential(String)
    /// The members of a group.
    case members(Group.ID)
  }

  /// What the verb is composed from, in the order in which it is read.
  public var sources: [Source] {
    switch self {
    case .adopt: [.release, .roster]
    case .accept(_, .case(let reference)?): [.case(reference)]
    case .accept(_, .grant(let reference)?): [.grant(reference)]
    case .open, .bind, .request, .emergency, .accept, .evidence, .delegate: [.release]
    case .credential: []
    case .renew(let grant, _, _): [.grant(grant), .release]
    case .lift(let hold, _): [.hold(hold)]
    case .revise(let reference, _, _, _, _): [.case(reference), .policyOfCase, .release]
    case .appeal(let reference, _), .withdraw(let reference, _), .approve(let reference, _),
      .deny(let reference, _, _), .return(let reference, _), .recuse(let reference, _):
      [.case(reference)]
    case .comment(let topic, _, _), .flag(let topic, _, _): topic.sources
    case .hold(let topic, _): topic.sources + [.release]
    case .answer(.case(let reference), _, _): [.case(reference), .policyOfCase]
    case .answer(.grant(let reference), _, _): [.grant(reference), .policyOfGrant]
    case .confirm(let statement, _): [.evidence(statement)]
    case .retract(let statement, _): [.evidence(statement), .credential(statement)]
    case .join(let group, _, _): [.release, .members(group)]
    case .leave(let group, _): [.members(group)]
    case .revoke(let grant, _, _), .surrender(let grant): [.grant(grant)]
    }
  }
}

extension Topic {
  /// What has to be looked up to know which digest is meant.
  fileprivate var sources: [Verb.Source] {
    switch self {
    case .case(let reference): [.case(reference)]
    case .grant(let reference): [.grant(reference)]
    case .hold(let reference): [.hold(reference)]
    case .statement, .manifest, .tier, .stage, .group, .principal, .key: []
    }
  }
}
