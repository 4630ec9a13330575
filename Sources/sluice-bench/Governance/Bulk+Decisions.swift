import SluiceEncoding
import SluiceGovernance

extension Bulk {
  /// The entry of a decision, and its index.
  func decide(
    _ asked: String,
    counting approval: String,
    for name: String,
    in ground: Groundwork.Ground,
    at now: Instant
  ) throws -> Int {
    let index = log.index
    var members = Members()
    members.add("at", now.description)
    members.add("case", asked)
    members.add("counted", json: #"["\#(approval)"]"#)
    members.add("dissent", json: "[]")
    members.add("explanation_sha256", explanation.digest)
    members.add("kind", "decide")
    members.add("outcome", "approved")
    members.add("policy", ground.policy.hex)
    members.add("release", ground.id.rawValue)
    members.add("revision", asked)
    members.add("roster", roster)
    members.add("rules", Decision.rules)
    members.add("seq", index)
    members.add("v", 1)
    try log.append(
      members.closed(),
      at: .init(
        kind: "decide",
        at: now.seconds,
        release: ground.id.rawValue,
        case: asked,
        person: name
      )
    )
    try rows.decision.insert([
      .number(index), .text(asked), .text(asked), "approved", .bytes(explanation.bytes),
    ])
    return index
  }

  /// The entry of a grant, and its digest.
  func issue(
    _ asked: String,
    _ decision: Int,
    to person: Int,
    in ground: Groundwork.Ground,
    at now: Instant
  ) throws -> SHA256Digest {
    var members = Members()
    members.add("at", now.description)
    members.add("audience", Scale.pseudonym(person))
    members.add("case", asked)
    members.add("decision", decision)
    members.add("kind", "issue")
    members.add("not_after", (now + Duration(seconds: 1_095 * 86_400)).description)
    members.add("not_before", now.description)
    members.add("policy", ground.policy.hex)
    members.add("release", ground.id.rawValue)
    members.add("seq", log.index)
    members.add("stage", "gated")
    members.add("terms", json: #"{"use":"\#(terms)"}"#)
    members.add("tiers", json: #"{"weights":"\#(ground.manifest)"}"#)
    members.add("v", 1)
    let body = members.closed()
    try log.append(
      body,
      at: .init(
        kind: "issue",
        at: now.seconds,
        release: ground.id.rawValue,
        case: asked,
        person: Scale.person(person)
      )
    )
    return SHA256Digest(of: body)
  }

  func revoke(
    _ grant: SHA256Digest,
    of asked: String,
    _ name: String,
    in release: String,
    at now: Instant
  ) throws -> String {
    try speech.say(
      .init(
        type: "revoke",
        body: #"{"code":"leak","text":"It was passed on."}"#,
        by: steward.name,
        actor: steward.pseudonym,
        subject: ("grant", grant.hex)
      ),
      in: release,
      at: now,
      case: asked,
      person: name
    )
  }

  /// Makes somebody a member of the release's group.
  func invite(_ name: String, to release: String, at now: Instant) throws {
    let fields = #"{"sector":"academia"}"#
    let group = Statement.Subject(name: "group:partners", in: Release.ID(release))
    try speech.say(
      .init(
        type: "join",
        body: #"{"fields":\#(fields),"member":"\#(name)"}"#,
        by: manager.name,
        actor: manager.pseudonym,
        subject: (group.name, group.digest.hex)
      ),
      in: release,
      at: now,
      person: name
    )
    try rows.membership.insert([
      .text(release), "partners", .text(name), .number(now.seconds), .text(manager.name),
      .text(fields), 0,
    ])
  }

  /// Holds something: `subject` as statements name it, `held` as the table does.
  func hold(
    _ subject: String,
    _ held: String,
    _ digest: String,
    for seconds: Int?,
    _ name: String,
    _ asked: String?,
    in release: String,
    at now: Instant
  ) throws {
    let until = seconds.map { now + Duration(seconds: $0) }
    let end = until.map { #","until":"\#($0)""# } ?? ""
    let id = try speech.say(
      .init(
        type: "hold",
        body: #"{"code":"other","text":"while it is looked into"\#(end)}"#,
        by: steward.name,
        actor: steward.pseudonym,
        subject: (subject, digest)
      ),
      in: release,
      at: now,
      case: asked,
      person: name
    )
    try rows.hold.insert([
      .text(id), .text(release), .text(held), "other", "while it is looked into",
      .text(steward.name), .number(now.seconds), Cell(until?.seconds),
    ])
  }
}
