import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer

/// What statements name by its digest.
struct Named: Sendable {
  /// What is said, about what, and what the kind of statement is called here.
  typealias Said = (title: String, subject: Statement.Subject, body: Statement.Body)

  var `case`: SHA256Digest
  var revision: SHA256Digest
  var policy: SHA256Digest
  var grant: SHA256Digest
  var hold: SHA256Digest
  var statement: SHA256Digest

  /// Digests of what nobody has ever said, each another one.
  static let absent = Named(
    case: digest("case"),
    revision: digest("revision"),
    policy: digest("policy"),
    grant: digest("grant"),
    hold: digest("hold"),
    statement: digest("statement")
  )

  private static func digest(_ text: String) -> SHA256Digest {
    SHA256Digest(of: Array("no \(text)".utf8))
  }

  /// A text about what is absent as it would be about this.
  func replacing(in text: String) -> String {
    let nothing = Self.absent
    let pairs = [
      (nothing.case, `case`), (nothing.revision, revision), (nothing.policy, policy),
      (nothing.grant, grant), (nothing.hold, hold), (nothing.statement, statement),
    ]
    return pairs.reduce(text) { text, pair in
      text.replacing(pair.0.hex, with: pair.1.hex)
        .replacing(pair.0.hex.prefix(12), with: pair.1.hex.prefix(12))
    }
  }

  /// One of each kind of statement that names any of it.
  func all() -> [Said] {
    let about = Statement.Subject(name: "case", digest: `case`)
    return filings(about) + verdicts(about) + remarks(about) + records()
  }

  private var verdict: Statement.Verdict {
    Statement.Verdict(
      case: Case.ID(`case`.hex),
      revision: Case.Revision.ID(revision.hex),
      policy: policy,
      manifests: [:],
      reason: "No."
    )
  }

  private func filings(
    _ about: Statement.Subject
  ) -> [Said] {
    let (grant, hold) = (Grant.ID(self.grant.hex), Hold.ID(self.hold.hex))
    let words = Statement.Rewording(revision: Case.Revision.ID(revision.hex), purpose: "More.")
    return [
      (
        "open", .init(name: "stage:gated", in: Deployed.release),
        .file(.open("gated", manifests: [:]))
      ),
      ("renew", .init(name: "grant", digest: self.grant), .file(.renew(grant, purpose: ""))),
      ("lift", .init(name: "hold", digest: self.hold), .file(.lift(hold, purpose: ""))),
      (
        "appeal", about,
        .file(.appeal(verdict.case, revision: verdict.revision, purpose: "Look again."))
      ),
      (
        "emergency", .init(name: "policy", digest: policy),
        .file(.emergency(["late": statement], beneficiary: "person:bob", purpose: "An outage."))
      ),
      ("revise", about, .revise(words)), ("withdraw", about, .withdraw(reason: "")),
    ]
  }

  private func verdicts(
    _ about: Statement.Subject
  ) -> [Said] {
    let seen = Statement.Subject(name: "revision", digest: revision)
    return [
      ("approve", seen, .approve(verdict)), ("deny", seen, .deny(verdict, .purpose)),
      (
        "return", seen,
        .return(case: verdict.case, revision: verdict.revision, reason: "Say more.")
      ),
      ("recuse", about, .recuse(reason: "")),
    ]
  }

  private func remarks(
    _ about: Statement.Subject
  ) -> [Said] {
    let order = Statement.Order(code: .misuse, text: "Wait.")
    let form = Statement.Subject(name: "form:request", digest: policy)
    return [
      ("comment-case", about, .comment(text: "Hm.", isPublic: false)),
      ("flag-case", about, .report(.misuse, text: "Hm.")), ("hold-case", about, .hold(order)),
      ("hold-grant", .init(name: "grant", digest: grant), .hold(order)),
      ("answer", form, .answer(.case(verdict.case), commitment: policy)),
      ("answer-grant", form, .answer(.grant(Grant.ID(grant.hex)), commitment: policy)),
    ]
  }

  private func records() -> [Said] {
    let said = Statement.Subject(name: "statement", digest: statement)
    return [
      ("confirm", said, .confirm(reason: "")), ("retract", said, .retract(reason: "")),
      (
        "evidence", .init(name: "manifest", digest: statement),
        .evidence(.init(kind: "uptake", metrics: [:], method: "x"))
      ), ("revoke", .init(name: "grant", digest: grant), .revoke(.misuse, text: "Sold.")),
      ("surrender", .init(name: "grant", digest: grant), .surrender),
    ]
  }

  /// One of each kind of statement that names nothing but what a policy can name.
  static func byName(by name: String) -> [Said] {
    let release = Deployed.release
    let (tier, group) = (
      Statement.Subject(name: "tier:weights", in: release),
      Statement.Subject(name: "group:readers", in: release)
    )
    let digest = absent.policy
    let access = Statement.Filing.access(
      "gated",
      tiers: ["weights"],
      beneficiary: .principal(Deployed.person(name)),
      purpose: ""
    )
    let claim = Statement.Claim(type: "researcher", values: [:], assertedAt: Deployed.noon)
    let end = Deployed.noon + Duration(seconds: 86_400)
    return [
      ("ask", .init(name: "stage:gated", in: release), .file(access)),
      ("comment", tier, .comment(text: "Hm.", isPublic: true)),
      ("flag", tier, .report(.leak, text: "On a forum.")),
      ("hold", tier, .hold(.init(code: .safety, text: "Wait."))),
      ("bind", tier, .bind(manifest: digest)),
      ("accept", .init(name: "terms:use", digest: SHA256Digest(of: Deployed.terms)), .accept),
      ("credential", .init(name: "person:bob", in: release), .credential(claim)),
      ("join", group, .join("person:bob", fields: ["sector": "press"])),
      ("leave", group, .leave(Deployed.person(name))),
      (
        "delegate", .init(name: "role:managers", in: release),
        .delegate(to: "person:bob", from: Deployed.noon, until: end)
      ),
    ]
  }
}

extension Named {
  /// What is there in a town: bea's case and grant, the hold on mia, the report of a leak.
  init(in deployed: Deployed) async throws {
    let page = try await deployed.local(nil).case(String(Town.bea)).case
    let matter = try await Matter(of: deployed)
    let held = GrantFilter(holder: "person:bea")
    let grant = try await deployed.local(nil).grants(held).first?.id.rawValue
    self.init(
      case: try SHA256Digest(hex: page.id.rawValue),
      revision: try SHA256Digest(hex: page.revision.rawValue),
      policy: page.policy,
      grant: try grant.map { try SHA256Digest(hex: $0) } ?? Self.absent.grant,
      hold: try SHA256Digest(hex: matter.hold),
      statement: try SHA256Digest(hex: matter.evidence)
    )
  }
}
