internal import SluiceEncoding

extension Statement {
  /// What the statement says, for the person who is about to sign it: made from the very value
  /// whose bytes are signed, never from what a server says.
  public var words: String {
    let release = release.rawValue.isEmpty ? "" : " in \(release)"
    return """
      \(by.rawValue) \(deed)\(release)
        at        \(at)
        audience  \(audience), log of \(seen.size) entries seen
        sha256    \(id)
      """
  }

  private var deed: String {
    switch body {
    case .file(.amend(let policy, let roster, let terms)):
      "proposes policy \(policy.hex.prefix(12)) with roster \(roster.hex.prefix(12))"
        + " and \(terms.count) texts"
    case .file(.open(let stage, let manifests)):
      "asks that stage \(stage) open: \(Self.list(manifests))"
    case .file(.access(let stage, let tiers, let beneficiary, let purpose)):
      "asks for \(tiers.map(\.rawValue).joined(separator: ", ")) (stage \(stage))"
        + " for \(beneficiary.rawValue)" + (purpose.isEmpty ? "" : ": \(purpose)")
    case .approve(let verdict): "APPROVES \(Self.about(verdict))"
    case .deny(let verdict, let code): "DENIES (\(code.rawValue)) \(Self.about(verdict))"
    case .answer(let id, _):
      "commits to the answers of \(subject.name) for case \(Self.short(id.rawValue))"
    case .accept: "agrees to \(subject.name) (\(Self.short(subject.digest.hex)))"
    case .bind(let manifest): "binds \(subject.name) to manifest \(Self.short(manifest.hex))"
    case .revoke(let code, let text):
      "REVOKES grant \(Self.short(subject.digest.hex)) (\(code.rawValue)): \(text)"
    case .keychange(let change): "\(change.action.rawValue)s the key \(change.key)"
    }
  }

  private static func about(_ verdict: Verdict) -> String {
    "case \(short(verdict.case.rawValue)), revision \(short(verdict.revision.rawValue)),"
      + " under policy \(short(verdict.policy.hex))"
      + (verdict.manifests.isEmpty ? "" : "; \(list(verdict.manifests))")
      + (verdict.reason.isEmpty ? "" : "; reason: \(verdict.reason)")
  }

  private static func list<Digest: CustomStringConvertible>(
    _ manifests: [Tier.ID: Digest]
  ) -> String {
    manifests.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "\($0.key) = \(short($0.value.description))" }.joined(separator: ", ")
  }

  private static func short(_ digest: String) -> String { String(digest.prefix(12)) }
}
