extension Problem {
  /// The exit status that a command ends with on this problem (interface 1).
  ///
  /// From the code alone, because a refusal that came over HTTP is only its code. What is not in
  /// the table failed for a reason outside the rules: 1.
  public var exit: Int32 {
    switch code {
    case "approve.requester", "approve.recused", "approve.not-eligible", "approve.signature",
      "signature.none",
      "signature.bad", "signature.unknown-key", "signature.wrong-person", "signature.namespace",
      "signature.expired", "signature.no-touch", "stage.closed", "grant.none", "grant.pending",
      "grant.grace", "grant.expired", "grant.revoked", "terms.unaccepted", "held", "tier.sealed",
      "auth.missing", "auth.bad-key", "read.not-eligible", "register.asks-only",
      "register.unconfirmed", "register.closed", "register.limited":
      4
    case "statement.replayed", "statement.stale", "approve.stale-revision", "case.closed",
      "case.returned", "case.duplicate", "case.too-soon", "terms.changed", "register.taken",
      "register.key-taken", "confirmation.used", "confirmation.ended":
      5
    case "tier.unbound": 6
    case "clock.untrusted", "log.corrupt", "log.unavailable": 7
    default: 1
    }
  }
}
