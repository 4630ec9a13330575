internal import SluiceEncoding

extension Statement {
  /// What the statement says, for the person who is about to sign it: made from the very value
  /// whose bytes are signed, never from what a server says.
  ///
  /// The first line says all of it, free text last; no text in the statement can begin another
  /// line, nor turn the direction of writing.
  public var words: String {
    var lines = ["\(by.rawValue.inOneLine) \(deed)"]
    if !release.rawValue.isEmpty { lines.append("  release   \(release.rawValue.inOneLine)") }
    lines.append("  at        \(at)")
    lines.append("  audience  \(audience.inOneLine), log of \(seen.size) entries seen")
    lines.append("  sha256    \(id)")
    return lines.joined(separator: "\n")
  }

  private var deed: String {
    switch body {
    case .file(let filing): filing.words(about: subject)
    case .revise(let rewording): "words case \(subject.digest.short) anew\(rewording.words)"
    case .withdraw(let reason): "withdraws case \(subject.digest.short)\(reason.said)"
    case .return(let id, let revision, let reason):
      "RETURNS case \(id.short), revision \(revision.short), for changes\(reason.said)"
    case .approve(let verdict): "APPROVES \(verdict.words)"
    case .deny(let verdict, let code): "DENIES (\(code.rawValue)) \(verdict.words)"
    case .recuse(let reason): "will not count in case \(subject.digest.short)\(reason.said)"
    case .comment(let text, let isPublic):
      "comments on \(about) \(isPublic ? "in public" : "for those concerned")\(text.said)"
    case .answer(let occasion, let commitment):
      "commits to the answers \(commitment.short) of \(about) for \(occasion.words)"
    case .accept: "agrees to \(about)"
    case .credential(let claim): "vouches for \(about): \(claim.words)"
    case .bind(let manifest): "binds \(about) to manifest \(manifest.short)"
    case .evidence(let finding): "records about \(about) \(finding.words)"
    case .confirm(let reason): "CONFIRMS \(about)\(reason.said)"
    case .retract(let reason): "takes back \(about)\(reason.said)"
    case .join(let member, let fields):
      "takes \(member.rawValue.inOneLine) into \(about)"
        + (fields.isEmpty ? "" : ": \(fields.list)")
    case .leave(let member): "ends the membership of \(member.rawValue.inOneLine) in \(about)"
    case .delegate(let delegate, let from, let until):
      "lets \(delegate.rawValue.inOneLine) act for \(by.rawValue.inOneLine) in \(about)"
        + " from \(from) until \(until)"
    case .hold(let order): "HOLDS \(about) \(order.words)"
    case .revoke(let code, let text): "REVOKES \(about) (\(code.rawValue))\(text.said)"
    case .surrender: "gives back \(about)"
    case .report(let code, let text): "reports \(about) (\(code.rawValue))\(text.said)"
    case .keychange(let change):
      "\(change.action.rawValue)s the key \(change.key.inOneLine)"
        + (change.previous.map { ", after change \($0.short)" } ?? ", the first change")
    }
  }

  /// The subject; of a name that holds no digest of its own only the name.
  private var about: String {
    let isName = subject.digest == Subject(name: subject.name, in: release).digest
    return subject.name.inOneLine + (isName ? "" : " \(subject.digest.short)")
  }
}

extension Statement.Filing {
  fileprivate func words(about subject: Statement.Subject) -> String {
    switch self {
    case .amend(let policy, let roster, let terms, let rehearsal):
      "proposes policy \(policy.short) with roster \(roster.short)"
        + (terms.isEmpty ? "" : " and the texts \(terms.list)")
        + (rehearsal.map { ", as tried in rehearsal \($0.short)" } ?? "")
    case .open(let stage, let manifests):
      "asks that stage \(stage.rawValue.inOneLine) open"
        + (manifests.isEmpty ? ", which gives out no files" : ": \(manifests.list)")
    case .access(let stage, let tiers, let beneficiary, let purpose):
      "asks for \(tiers.map(\.rawValue.inOneLine).joined(separator: ", "))"
        + " (stage \(stage.rawValue.inOneLine)) for \(beneficiary.description.inOneLine)"
        + purpose.said
    case .renew(let grant, let purpose): "asks that grant \(grant.short) be renewed\(purpose.said)"
    case .lift(let hold, let purpose): "asks that hold \(hold.short) be lifted\(purpose.said)"
    case .appeal(let id, let revision, let purpose):
      "appeals against the denial of case \(id.short), revision \(revision.short)\(purpose.said)"
    case .emergency(let manifests, let beneficiary, let purpose):
      "asks for an EMERGENCY grant for \(beneficiary.rawValue.inOneLine)"
        + " under policy \(subject.digest.short): \(manifests.list)\(purpose.said)"
    case .review(let emergency): "looks again at the emergency of case \(emergency.short)"
    }
  }
}

extension Statement.Rewording {
  fileprivate var words: String {
    var changes = ", instead of revision \(revision.short)"
    if let tiers {
      changes += "; tiers \(tiers.map(\.rawValue.inOneLine).joined(separator: ", "))"
    }
    if let manifests {
      changes += "; " + (manifests.isEmpty ? "no manifests" : "manifests \(manifests.list)")
    }
    if let purpose { changes += "; purpose: \(purpose.isEmpty ? "none" : purpose.inOneLine)" }
    if tiers == nil, manifests == nil, purpose == nil { changes += "; nothing in it changes" }
    return changes
  }
}

extension Statement.Verdict {
  fileprivate var words: String {
    "case \(`case`.short), revision \(revision.short), under policy \(policy.short)"
      + (manifests.isEmpty ? "" : "; \(manifests.list)")
      + (reason.isEmpty ? "" : "; reason: \(reason.inOneLine)")
  }
}

extension Statement.Occasion {
  fileprivate var words: String {
    switch self {
    case .case(let id): "case \(id.short)"
    case .grant(let id): "grant \(id.short)"
    }
  }
}

extension Statement.Claim {
  fileprivate var words: String {
    type.inOneLine + " since \(assertedAt)" + (expiresAt.map { " until \($0)" } ?? "")
      + (values.isEmpty ? "" : ": \(values.list)")
  }
}

extension Statement.Finding {
  fileprivate var words: String {
    let files = attachments.sorted { $0.key < $1.key }
      .map { "\($0.key.quoted) = \($0.value.short)" }.joined(separator: ", ")
    return kind.inOneLine + (metrics.isEmpty ? " without numbers" : ": \(metrics.list)")
      + (files.isEmpty
        ? "" : "; attachments (\(publishes ? "for everybody" : "not public")): \(files)")
      + (method.isEmpty ? "" : "; method: \(method.inOneLine)")
  }
}

extension Statement.Order {
  fileprivate var words: String {
    "(\(code.rawValue))" + (since.map { ", doubtful since \($0)" } ?? "")
      + (until.map { ", until \($0)" } ?? ", until it is lifted") + text.said
  }
}
