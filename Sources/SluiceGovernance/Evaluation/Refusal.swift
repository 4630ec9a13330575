public import SluiceEncoding

/// What the rules turn down: an expected answer, never a fault in the program.
///
/// Closed, so that a new refusal is a compile error in the two files that put it into words. What
/// a case carries is a fact (an id, an instant, a count), never prose; `unfit` and `stale` name the
/// rule that the content broke.
public enum Refusal: Error, Hashable, Sendable {
  /// The requester or the beneficiary gave a verdict on their own case.
  case ownCase(Int)
  /// The signer does not count in this case, and why.
  case recused(Int, why: Evaluation.Exclusion.Reason)
  /// The signer has no role that counts here.
  case notEligible(Principal.ID)
  /// What only some may do in a case is said by somebody else, who may see it.
  case othersCase(Int, whose: Whose)
  /// The verdict is not signed strongly enough.
  case tooWeak(needed: Strength)
  /// A statement that must be signed came without a signature.
  case unsigned
  /// The signature does not verify, and why.
  case badSignature(String)
  /// The key counts for nobody.
  case unknownKey(fingerprint: String)
  /// The key counts for somebody else than the statement says.
  case wrongPerson(said: Principal.ID)
  /// The signature was made for another purpose.
  case wrongNamespace(found: String, needed: String)
  /// The key was ended before.
  case keyEnded(fingerprint: String, at: Instant)
  /// A hardware key was not touched.
  case notTouched
  /// The statement's form or content is not what its type demands.
  case unfit(String)
  /// The nonce was used before.
  case replayed
  /// What the statement is about has moved on.
  case stale(String)
  /// The case was revised after the signer read it.
  case staleRevision(current: Case.Revision.ID)
  /// The case has ended, and takes no more statements.
  case caseClosed(Int, Case.State)
  /// The case was returned to its requester.
  case caseReturned(Int)
  /// An equal case is open.
  case duplicate(Int)
  /// The last denial bars a new case until then.
  case tooSoon(until: Instant)
  /// The stage has not opened.
  case stageClosed(Stage.ID)
  /// Nothing allows it; the principal's own open case, if there is one, may.
  case noGrant(pending: Int?)
  /// The grant begins only then.
  case grantPending(Grant.ID, from: Instant)
  /// The grant ended at an instant, and can be renewed until another.
  case grantGrace(Grant.ID, at: Instant, until: Instant)
  /// The holder gave the grant back.
  case grantSurrendered(Grant.ID, at: Instant)
  /// The grant ended then.
  case grantExpired(Grant.ID, at: Instant)
  /// A steward ended the grant.
  case grantRevoked(Grant.ID, at: Instant, code: ReasonCode, text: String)
  /// No bearer token, where one is needed.
  case noToken
  /// The token was never issued here, or was revoked.
  case badToken
  /// The terms that were accepted are not the current ones.
  case termsChanged(String)
  /// A member of the group that may receive has yet to accept a text.
  case termsUnaccepted(Terms.ID)
  /// A hold bites. Who reported is not part of the answer.
  case held(Hold.ID, ReasonCode)
  /// The tier is never offered; the policy says why.
  case tierSealed(Tier.ID, rationale: String)
  /// The name stands for no bytes yet.
  case tierUnbound(Tier.ID)
  /// There is no such release, or none that the asker may know of.
  case unknownRelease(Release.ID)
  /// There is no such case, or none that the asker may know of.
  case unknownCase(Case.ID)
  /// There is no such grant, or none that the asker may know of.
  case unknownGrant(Grant.ID)
  /// There is no such hold, or none that the asker may know of.
  case unknownHold(Hold.ID)
  /// There is no such statement, or none that the asker may know of.
  case unknownStatement(Statement.ID)
  /// The signer made themselves known, and nobody has vouched for them: they may ask, no more.
  case asksOnly(Principal.ID)
  /// The signer's e-mail address has to be confirmed before they may ask.
  case unconfirmed
  /// The reader has no seat that allows this reading.
  case notForYou
  /// The clock is that many seconds behind the log, so nothing is decided.
  case clockUntrusted(behind: Int)
  /// The log does not agree with itself, so nothing is decided or served.
  case logCorrupt(String)

  /// Whose act something is in a case.
  public enum Whose: Hashable, Sendable {
    /// That of whoever filed it.
    case requester
    /// That of whoever filed it or would benefit from it.
    case party
    /// That of whoever would benefit from it.
    case beneficiary
  }

  /// The stable name that clients match (governance-domain 15.3).
  public var code: String {
    switch self {
    case .ownCase: "approve.requester"
    case .recused: "approve.recused"
    case .notEligible, .othersCase: "approve.not-eligible"
    case .tooWeak: "approve.signature"
    case .unsigned: "signature.none"
    case .badSignature: "signature.bad"
    case .unknownKey: "signature.unknown-key"
    case .wrongPerson: "signature.wrong-person"
    case .wrongNamespace: "signature.namespace"
    case .keyEnded: "signature.expired"
    case .notTouched: "signature.no-touch"
    case .unfit: "statement.malformed"
    case .replayed: "statement.replayed"
    case .stale: "statement.stale"
    case .staleRevision: "approve.stale-revision"
    case .caseClosed: "case.closed"
    case .caseReturned: "case.returned"
    case .duplicate: "case.duplicate"
    case .tooSoon: "case.too-soon"
    case .stageClosed: "stage.closed"
    case .noGrant: "grant.none"
    case .grantPending: "grant.pending"
    case .grantGrace: "grant.grace"
    case .grantSurrendered: "grant.expired"
    case .grantExpired: "grant.expired"
    case .grantRevoked: "grant.revoked"
    case .noToken: "auth.missing"
    case .badToken: "auth.bad-key"
    case .termsChanged: "terms.changed"
    case .termsUnaccepted: "terms.unaccepted"
    case .held: "held"
    case .tierSealed: "tier.sealed"
    case .tierUnbound: "tier.unbound"
    case .unknownRelease: "release.unknown"
    case .unknownCase: "case.unknown"
    case .unknownGrant: "grant.unknown"
    case .unknownHold: "hold.unknown"
    case .unknownStatement: "statement.unknown"
    case .asksOnly: "register.asks-only"
    case .unconfirmed: "register.unconfirmed"
    case .notForYou: "read.not-eligible"
    case .clockUntrusted: "clock.untrusted"
    case .logCorrupt: "log.corrupt"
    }
  }
}
