import SluiceEncoding
import SluiceGovernance

/// A case that was filed, and waits for its decision.
struct Filed {
  let place: Int
  let number: Int
  let id: String
  /// The statements that answer the form and accept the terms.
  let answer: String
  let acceptance: String
  let at: Instant
}

extension Bulk {
  /// Files the case that leads to a grant.
  func file(_ place: Int, at now: Instant) throws -> Filed {
    let ground = grounds[Scale.release(of: place)]
    return try file(place, by: Scale.holder(of: place), in: ground, at: now)
  }

  /// Decides a case, and what else happens to its holder.
  func grant(_ filed: Filed, at now: Instant) throws {
    let place = filed.place
    let asked = filed.id
    let ground = grounds[Scale.release(of: place)]
    let person = Scale.holder(of: place)
    let name = Scale.person(person)
    let release = ground.id.rawValue
    let approval = try speech.say(
      .init(
        type: "approve",
        body: """
          {"case":"\(asked)","manifests":{"weights":"\(ground.manifest)"},\
          "policy":"\(ground.policy)","reason":"","revision":"\(asked)"}
          """,
        by: manager.name,
        actor: manager.pseudonym,
        subject: ("revision", asked)
      ),
      in: release,
      at: now,
      case: asked,
      person: name
    )
    let decision = try decide(filed, counting: approval, for: name, in: ground, at: now)
    let id = try issue(asked, decision, to: person, in: ground, at: now)
    try project(filed, of: name, in: ground, decidedAt: now)
    var ending: [Cell] = [.null, .null, .null, .null, .null]
    let index = log.index - 1
    if Scale.isRevoked(place) {
      let revocation = try revoke(id, of: asked, name, in: release, at: now)
      ending = ["revoked", .text(revocation), .number(now.seconds), "leak", "It was passed on."]
    }
    let until = now + Duration(seconds: 1_095 * 86_400)
    try rows.grant.insert(
      [
        .text(id.hex), .number(index), .text(release), .text(asked), "gated", .text(name),
        .number(now.seconds), .number(until.seconds), .text(#"{"use":"\#(terms)"}"#),
        .text(ground.policy.hex),
      ] + ending
    )
    try rows.grantTier.insert([.text(id.hex), "weights", .text(ground.manifest.hex)])
    grants[place] = id
    if Scale.serves(place) { issued[place & 1].append(place) }
    guard Scale.release(of: place) == 0 else { return }
    if Scale.isMember(person) { try invite(name, to: release, at: now) }
    if Scale.wasHeld(place) {
      try hold("grant", "grant:\(id)", id.hex, for: 600, name, asked, in: release, at: now)
    }
    if Scale.isHolderHeld(place) {
      let digest = Statement.Subject(name: name, in: ground.id).digest.hex
      try hold(name, name, digest, for: nil, name, nil, in: release, at: now)
    }
  }

  /// A case that nobody decides, of somebody who has nothing yet.
  func ask(_ place: Int, at now: Instant) throws {
    let ground = grounds[Scale.release(of: place)]
    let person = scale.holders + place
    let filed = try file(place, by: person, in: ground, at: now)
    try project(filed, of: Scale.person(person), in: ground, decidedAt: nil)
  }

  /// Files a case, answers its form and accepts its terms.
  private func file(
    _ place: Int,
    by person: Int,
    in ground: Groundwork.Ground,
    at now: Instant
  ) throws -> Filed {
    number += 1
    let (name, actor, token) = (
      Scale.person(person), Scale.pseudonym(person), Scale.token(person)
    )
    let release = ground.id.rawValue
    let asked = try speech.say(
      .init(
        type: "file",
        body: """
          {"beneficiary":"\(name)","kind":"access","purpose":"\(purpose)","tiers":["weights"]}
          """,
        by: name,
        actor: actor,
        token: token,
        subject: ("stage:gated", stage(in: ground)),
        number: number
      ),
      in: release,
      at: now,
      person: name
    )
    let salt = SHA256Digest(of: Array("salt \(number)".utf8)).bytes
    let answers = Array(#"{"purpose":"To measure how well it does."}"#.utf8)
    let commitment = SHA256Digest(of: salt + answers).hex
    let said = try speech.say(
      .init(
        type: "answer",
        body: #"{"case":"\#(asked)","commitment":"\#(commitment)"}"#,
        by: name,
        actor: actor,
        token: token,
        subject: ("form:request", ground.form.hex)
      ),
      in: release,
      at: now,
      case: asked,
      person: name
    )
    try rows.answer.insert([
      .text(commitment), .text(said), .text(asked), .bytes(salt), .bytes(answers),
    ])
    let accepted = try speech.say(
      .init(
        type: "accept",
        body: "{}",
        by: name,
        actor: actor,
        token: token,
        subject: ("terms:use", terms)
      ),
      in: release,
      at: now,
      person: name
    )
    try rows.acceptance.insert([
      .text(release), .text(name), .text(terms), .text(accepted), .number(now.seconds),
    ])
    return Filed(
      place: place,
      number: number,
      id: asked,
      answer: said,
      acceptance: accepted,
      at: now
    )
  }

  private var purpose: String { "To see how well the text of the model can be told from ours." }

  private func stage(in ground: Groundwork.Ground) -> String {
    Statement.Subject(name: "stage:gated", in: ground.id).digest.hex
  }

  private func project(
    _ filed: Filed,
    of name: String,
    in ground: Groundwork.Ground,
    decidedAt end: Instant?
  ) throws {
    let due = filed.at.seconds + 30 * 86_400
    try rows.caseFile.insert([
      .text(filed.id), .number(filed.number), .text(ground.id.rawValue), "access",
      end == nil ? "open" : "approved", "gated", #"["weights"]"#, .text(name), .text(name),
      .text(name), .text(purpose), .text(filed.id), .text(ground.policy.hex), "requester",
      .number(filed.at.seconds), .number(due), 0, .number(filed.at.seconds + 365 * 86_400),
      Cell(end == nil ? due : nil), Cell(end?.seconds),
    ])
  }
}
