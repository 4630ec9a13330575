internal import SluiceEncoding

extension Play {
  /// What is said, with the answers behind a commitment.
  func composed(
    _ deed: Scenario.Deed,
    by who: Principal.ID,
    _ strength: Strength,
    _ line: Scenario.Line
  ) throws(Scenario.Faults) -> (said: Entry.Said, answers: JSONObject?) {
    var answers: JSONObject?
    if case .answer(let form, let occasion, let values) = deed {
      answers = try sample(form, occasion, values, line)
    }
    let (body, subject) = try spoken(deed, answers: answers, line)
    let person: Principal.ID? =
      switch body {
      case .file(.access(_, _, .principal(let beneficiary), _)): beneficiary
      case .file(.emergency(_, let beneficiary, _)): beneficiary
      case .join(let member, _): member
      case .delegate(let delegate, _, _): delegate
      default: nil
      }
    let said = Entry.Said(
      composed(body, about: subject, by: who),
      strength: strength,
      key: strength == .session ? nil : Scenario.Cast.key(of: who),
      organisation: person.flatMap { cast.organisations[$0] }
    )
    return (said, answers)
  }

  func composed(
    _ body: Statement.Body,
    about subject: Statement.Subject,
    by who: Principal.ID
  ) -> Statement { simulation.statement(body, about: subject, by: who) }

  private func spoken(
    _ deed: Scenario.Deed,
    answers: JSONObject?,
    _ line: Scenario.Line
  ) throws(Scenario.Faults) -> (Statement.Body, Statement.Subject) {
    let reason = "as the story goes"
    switch deed {
    case .amend, .open, .access, .renew, .lift, .appeal, .emergency:
      let filing = try filing(deed, line)
      return (.file(filing), simulation.subject(of: filing))
    case .revise(let name, let tiers, let purpose):
      return try rewording(of: try asked(name, line), tiers, purpose)
    case .withdraw(let name):
      return (.withdraw(reason: reason), document("case", try asked(name, line).id.rawValue))
    case .return(let name):
      let asked = try asked(name, line)
      return (
        .return(case: asked.id, revision: asked.revision.id, reason: reason),
        document("revision", asked.revision.id.rawValue)
      )
    case .verdict(let name, let denial, let number):
      return try verdict(on: name, denial, revision: number, line)
    case .recuse(let name):
      return (.recuse(reason: reason), document("case", try asked(name, line).id.rawValue))
    case .comment(let name):
      return (
        .comment(text: reason, isPublic: false),
        document("case", try asked(name, line).id.rawValue)
      )
    case .answer(let form, let occasion, _):
      let digest = try policy(for: occasion, line).form(form)?.digest ?? Self.bytes("")
      let commitment = SHA256Digest(of: JSONValue.object(answers ?? [:]).canonical)
      let body = Statement.Body.answer(try self.occasion(occasion, line), commitment: commitment)
      return (body, .init(name: "form:\(form)", digest: digest))
    case .accept(let terms):
      let digest = release.adoption?.terms[terms] ?? text(terms)
      return (.accept, .init(name: "terms:\(terms)", digest: digest))
    case .credential(let type, let values, let holder, let since, let until):
      let claim = Statement.Claim(
        type: type,
        values: values,
        assertedAt: since ?? simulation.now,
        expiresAt: until
      )
      return (.credential(claim), .init(name: holder.rawValue, in: release.id))
    case .bind, .evidence, .confirm, .retract, .join, .leave, .delegate:
      return try record(deed, line)
    case .hold, .revoke, .surrender, .report: return try closing(deed, line)
    }
  }

  private func record(
    _ deed: Scenario.Deed,
    _ line: Scenario.Line
  ) throws(Scenario.Faults) -> (Statement.Body, Statement.Subject) {
    let reason = "as the story goes"
    switch deed {
    case .bind(let tier, let word):
      return (.bind(manifest: Self.bytes(word)), named("tier:\(tier)"))
    case .evidence(let kind, let tier, let metrics):
      let finding = Statement.Finding(kind: kind, metrics: metrics, method: reason)
      let standing = try standing(of: tier, line)
      let isService = release.adoption?.policy.tier(tier)?.kind == .service
      return (
        .evidence(finding), .init(name: isService ? "tier:\(tier)" : "manifest", digest: standing)
      )
    case .confirm(let name):
      let about = try statement(name, line)
      return (.confirm(reason: reason), document("statement", about.rawValue))
    case .retract(let name):
      let about = try statement(name, line)
      return (.retract(reason: reason), document("statement", about.rawValue))
    case .join(let member, let group, let fields):
      return (.join(member, fields: fields), named("group:\(group)"))
    case .leave(let member, let group): return (.leave(member), named("group:\(group)"))
    case .delegate(let role, let other, let from, let until):
      return (
        .delegate(to: other, from: from ?? simulation.now, until: until), named("role:\(role)")
      )
    default: throw fault("is nothing that is put on record", line)
    }
  }

  private func closing(
    _ deed: Scenario.Deed,
    _ line: Scenario.Line
  ) throws(Scenario.Faults) -> (Statement.Body, Statement.Subject) {
    let reason = "as the story goes"
    switch deed {
    case .hold(let word, let code, let since, let until):
      let order = Statement.Order(code: code, text: reason, until: until, since: since)
      let held = try subject(word, line)
      do throws(Malformed) { return (.hold(order), try held.subject(in: release.id)) } catch {
        throw fault(error.what, line)
      }
    case .revoke(let name, let code):
      let grant = try grant(name, line)
      return (.revoke(code, text: reason), document("grant", grant.id.rawValue))
    case .surrender(let name):
      return (.surrender, document("grant", try grant(name, line).id.rawValue))
    case .report(let code, let tier):
      return (.report(code, text: reason), named("tier:\(tier)"))
    default: throw fault("is nothing that closes", line)
    }
  }

  private func verdict(
    on name: String,
    _ denial: ReasonCode?,
    revision number: Int?,
    _ line: Scenario.Line
  ) throws(Scenario.Faults) -> (Statement.Body, Statement.Subject) {
    let asked = try asked(name, line)
    let known = revisions[asked.id] ?? []
    if let number, number > known.count { throw fault("\(name) has no revision \(number)", line) }
    let revision = number.map { known[$0 - 1] } ?? asked.revision.id
    let verdict = simulation.verdict(
      on: asked,
      revision: revision,
      because: "as the story goes"
    )
    return (
      denial.map { .deny(verdict, $0) } ?? .approve(verdict),
      document("revision", revision.rawValue)
    )
  }

  /// A subject that is only a name.
  func named(_ name: String) -> Statement.Subject { .init(name: name, in: release.id) }

  /// A subject that was recorded, by its identity in hex.
  func document(_ kind: String, _ hex: String) -> Statement.Subject {
    Simulation.document(kind, hex)
  }
}
