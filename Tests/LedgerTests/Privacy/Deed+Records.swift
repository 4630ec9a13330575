import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

extension Deed {
  static let records = [
    Deed("bind", "bind", aboutRelease: true) { try await $0.bind("weights") },
    Deed("delegate", "delegate", aboutRelease: true) { town in
      try await town.say(
        .delegate(to: "person:eve", from: town.now, until: town.now + Duration(seconds: 60)),
        about: town.subject("role:board"),
        by: "person:ana"
      )
    },
    Deed("evidence", "evidence", aboutRelease: true) { try await $0.measure() },
    Deed("confirm evidence", "confirm", aboutRelease: true) { town in
      let said = try await town.measure()
      try await town.say(.confirm(reason: ""), about: said.asSubject, by: "person:dee")
    },
    Deed("confirm a report", "confirm", aboutRelease: true) { town in
      let said = try await town.warn()
      try await town.say(.confirm(reason: ""), about: said.asSubject, by: "person:hal")
    },
    Deed("retract evidence", "retract", aboutRelease: true) { town in
      let said = try await town.measure()
      try await town.say(.retract(reason: ""), about: said.asSubject, by: "person:eve")
    },
    Deed("retract a confirmation", "retract", aboutRelease: true) { town in
      let said = try await town.measure()
      let word = try await town.say(
        .confirm(reason: ""),
        about: said.asSubject,
        by: "person:dee"
      )
      try await town.say(.retract(reason: ""), about: word.asSubject, by: "person:dee")
    },
    Deed("retract a report", "retract", aboutRelease: false) { town in
      let said = try await town.warn()
      try await town.say(.retract(reason: ""), about: said.asSubject, by: "person:eve")
    },
    Deed("retract a credential", "retract", aboutRelease: false) { town in
      let said = try await town.vouch()
      try await town.say(.retract(reason: ""), about: said.asSubject, by: "person:ana")
    },
  ]

  static let words = [
    Deed("public comment on a tier", "comment", aboutRelease: true) { town in
      try await town.remark(isPublic: true, on: town.subject("tier:paper"))
    },
    Deed("public comment on a stage", "comment", aboutRelease: true) { town in
      try await town.remark(isPublic: true, on: town.subject("stage:gated"))
    },
    Deed("public comment on an opening", "comment", aboutRelease: true) { town in
      let asked = try await town.proposal()
      try await town.remark(isPublic: true, on: asked.subject)
    },
    Deed("other comment on a tier", "comment", aboutRelease: false) { town in
      try await town.remark(isPublic: false, on: town.subject("tier:paper"))
    },
    Deed("public comment on a request", "comment", aboutRelease: false) { town in
      let asked = try await town.ask()
      try await town.remark(isPublic: true, on: asked.subject)
    },
    Deed("public comment on a person", "comment", aboutRelease: false) { town in
      try await town.remark(isPublic: true, on: town.subject("person:bob"))
    },
    Deed("public comment on a group", "comment", aboutRelease: false) { town in
      try await town.remark(isPublic: true, on: town.subject("group:readers"))
    },
    Deed("report of a leak", "report", aboutRelease: false) { _ = try await $0.warn() },
    Deed("report on an opening", "report", aboutRelease: false) { town in
      let asked = try await town.proposal()
      try await town.say(.report(.other, text: "x"), about: asked.subject, by: "person:ana")
    },
  ]

  static let sealed = [
    Deed("accept", "accept", aboutRelease: false) { town in
      _ = try await town.ask()
      try await town.say(.accept, about: town.use, by: "person:bob")
    },
    Deed("credential", "credential", aboutRelease: false) { _ = try await $0.vouch() },
    Deed("join", "join", aboutRelease: false) { try await $0.invite("person:gus") },
    Deed("leave", "leave", aboutRelease: false) { town in
      try await town.invite("person:gus")
      try await town.say(.leave("person:gus"), by: "person:fay")
    },
    Deed("keychange", "keychange", aboutRelease: false) { town in
      let change = Statement.KeyChange(
        action: .end,
        key: try Town.key("eve").publicKey.line,
        previous: nil
      )
      try await town.say(.keychange(change), by: "person:eve")
    },
    Deed("deliver", "deliver", aboutRelease: false) { try await $0.receive(as: "person:bob") },
    Deed("delivered", "delivered", aboutRelease: false) { try await $0.receive(as: "person:bob") },
    Deed("refuse", "refuse", aboutRelease: false) { town in
      _ = try await town.ask()
      do {
        _ = try await town.fetch()
        throw Town.Surprise.nothing
      } catch is Refusal {}
    },
    Deed("view", "view", aboutRelease: false) { town in
      try await town.ledger.record(.deliveries, of: Town.release, by: nil, at: town.now)
    },
  ]
}

extension Town {
  mutating func amend() async throws { try await file(try nextAmendment, by: "person:ana") }

  /// An opening that nobody has decided yet.
  mutating func proposal() async throws -> Case {
    try await file(try opening(of: "later"), by: "service:clerk")
  }

  mutating func askForReaders() async throws -> Case {
    try await file(
      .access("preview", tiers: ["paper"], beneficiary: .group("readers"), purpose: ""),
      by: "person:fay"
    )
  }

  mutating func grantReaders() async throws {
    let asked = try await askForReaders()
    try await say(.accept, about: use, by: "person:fay")
    try await approve(asked, by: "person:dee")
  }

  mutating func appeal(_ denied: Case, by filer: Principal.ID) async throws {
    try await file(
      .appeal(denied.id, revision: denied.revision.id, purpose: "Look again."),
      by: filer
    )
  }

  mutating func revise(_ asked: Case) async throws {
    try await say(
      .revise(.init(revision: asked.revision.id)),
      about: asked.subject,
      by: asked.requester
    )
  }

  mutating func giveBack(_ asked: Case) async throws {
    try await say(
      .return(case: asked.id, revision: asked.revision.id, reason: "Say more."),
      by: "person:ana"
    )
  }

  /// The review of an emergency that was granted.
  mutating func review() async throws -> Case {
    let grant = try await grantEmergency()
    let cases = try await ledger.release(Self.release).cases.values
    guard let review = cases.first(where: { $0.filing == .review(grant.terms.case) }) else {
      throw Surprise.nothing
    }
    return review
  }

  mutating func settle(after days: Int) async throws {
    pass(days: days)
    try await ledger.settle(at: now)
  }

  mutating func vouch() async throws -> Statement {
    try await say(
      .credential(.init(type: "member", values: [:], assertedAt: now)),
      about: subject("person:bob"),
      by: "person:ana"
    )
  }

  mutating func invite(
    _ name: Principal.ID,
    _ fields: [String: String] = ["sector": "press", "region": "Europe"]
  ) async throws {
    try await say(.join(name, fields: fields), by: "person:fay")
  }

  mutating func remark(isPublic: Bool, on subject: Statement.Subject) async throws {
    try await say(.comment(text: "x", isPublic: isPublic), about: subject, by: "person:ana")
  }

}

extension Statement {
  /// As statements about it name it.
  var asSubject: Subject {
    get throws { .init(name: "statement", digest: try SHA256Digest(hex: id.rawValue)) }
  }
}
