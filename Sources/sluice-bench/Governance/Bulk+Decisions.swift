import SluiceEncoding
import SluiceGovernance

extension Bulk {
  /// The entry of a decision with its explanation, and its index.
  func decide(
    _ filed: Filed,
    counting approval: String,
    for name: String,
    in ground: Groundwork.Ground,
    at now: Instant
  ) throws -> Int {
    let (index, asked) = (log.index, filed.id)
    let explanation = explain(filed, approval, in: ground, at: now)
    var members = Members()
    members.add("at", now.description)
    members.add("case", asked)
    members.add("counted", json: #"["\#(approval)"]"#)
    members.add("dissent", json: "[]")
    members.add("explanation_sha256", SHA256Digest(of: explanation).hex)
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
      .number(index), .text(asked), .text(asked), "approved", .bytes(explanation),
    ])
    return index
  }

  /// What `Explanation` says of a case that has its answer, its acceptance and its approval.
  private func explain(
    _ filed: Filed,
    _ approval: String,
    in ground: Groundwork.Ground,
    at now: Instant
  ) -> [UInt8] {
    let gate = "gates.requester.require"
    let slot = """
      {"head":"\(manager.name)","role":"managers","statement":"sha256:\(approval)"}
      """
    let clerk = #"{"head":"service:clerk","why":"service"}"#
    let parts = [
      """
      {"form":"request","kind":"answer","path":"\(gate)[0]","result":"met",\
      "statement":"sha256:\(filed.answer)"}
      """,
      """
      {"kind":"accept","path":"\(gate)[1]","result":"met",\
      "statement":"sha256:\(filed.acceptance)","terms":"use"}
      """,
      """
      {"kind":"approve","not_counted":[\(clerk)],"path":"\(gate)[2]","result":"met","slots":[\(slot)]}
      """,
    ]
    let head = log.head
    var members = Members()
    members.add("at", now.description)
    members.add(
      "branches",
      json: #"[{"parts":[\#(parts.joined(separator: ","))],"result":"met"}]"#
    )
    members.add("dissent", json: "[]")
    members.add("earliest", json: "null")
    members.add("format", "sluice/explanation/1")
    members.add("holds", json: "[]")
    members.add(
      "log",
      json: #"{"root":"\#(Base64.encode(head.root.bytes))","size":\#(head.size)}"#
    )
    members.add("next", json: "[]")
    members.add("policy", "sha256:\(ground.policy)")
    members.add("policy_version", 1)
    members.add("result", "met")
    members.add("roster", "sha256:\(roster)")
    members.add("subject", "case:\(filed.id)")
    return members.closed()
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
