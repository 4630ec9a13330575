import HTTPTypes
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

/// "No" and "does not exist" are the same bytes, but for `Date` and `X-Request-Id`.
@Suite("A stranger's no")
struct SilenceTests {
  @Test(arguments: Town.State.hidden)
  func `is the same as if there were no such release`(state: Town.State) async throws {
    let hidden = try await Town.deployed(state)
    let missing = try await Town.deployed(.missing)
    let matter = try await Matter(of: hidden)
    for reader in Reader.strangers {
      let errands =
        try Errand.aboutRelease(matter) + Errand.aboutPeople(matter) + Errand.acts(matter)
        + Errand.statements(by: reader.name.flatMap { $0 == "unknown" ? nil : $0 } ?? "eve")
        + Errand.aboutRepository() + Errand.aboutCase(Town.bea, of: "bea", matter)
      let said = try await hidden.replies(to: errands, as: reader)
      let silent = try await missing.replies(to: errands, as: reader)
      for (errand, (one, other)) in zip(errands, zip(said, silent)) {
        let told = String(decoding: other.body, as: UTF8.self)
        let why = Comment(rawValue: "\(errand.name) as \(reader.rawValue): \(told)")
        guard one.status == 200, let draft = one.drafted else {
          #expect(one == other, why)
          continue
        }
        // A draft that was composed from nothing but the question differs in what is random in it.
        #expect(draft == other.drafted, why)
        #expect(one.headers == other.headers, why)
      }
    }
  }

  @Test func `is the same on the wire`() async throws {
    let hidden = try await Town.deployed(.adopted)
    let missing = try await Town.deployed(.missing)
    let matter = try await Matter(of: hidden)
    let errands = try Errand.aboutRelease(matter) + Errand.aboutRepository() + Errand.lists()
    try await hidden.listening { port in
      let one = Visitor(port: port, tokens: hidden.tokens)
      try await missing.listening { port in
        let other = Visitor(port: port, tokens: missing.tokens)
        for reader in Reader.strangers {
          for errand in errands {
            let said = try await one.exactly(errand, as: reader.name)
            let silent = try await other.exactly(errand, as: reader.name)
            #expect(said == silent, "\(errand.name) as \(reader.rawValue)")
          }
        }
      }
    }
  }

  @Test(arguments: Town.Affair.allCases, [true, false])
  func `is the same as if there were no such case`(
    affair: Town.Affair,
    isPublic: Bool
  ) async throws {
    // As many digits as those that there are.
    let absent = 9
    for stand in [Town.Stand.open, .denied] {
      let pending = try await Town.pending(affair, stand, isPublic: isPublic)
      let number = pending.number
      for reader in Reader.online {
        let errands = [number, absent].map { Errand.named($0) + Errand.acts(on: String($0)) }
        let said = try await pending.deployed.replies(to: errands[0], as: reader)
        guard said[0].status != 200 else { continue }
        let silent = try await pending.deployed.replies(to: errands[1], as: reader)
        for (errand, (one, other)) in zip(errands[0], zip(said, silent)) {
          let told = String(decoding: other.body, as: UTF8.self)
          #expect(one.status == other.status)
          #expect(one.headers == other.headers)
          #expect(
            String(decoding: one.body, as: UTF8.self)
              == told.replacing("case \(absent)", with: "case \(number)"),
            "\(errand.name) as \(reader.rawValue)"
          )
        }
      }
    }
  }

  /// Whoever holds a role without a seat sees holds and reports; cases and grants of persons they do not.
  @Test(arguments: [Case.State.open, .approved], [true, false])
  func `is the same as if nothing had such a digest`(
    state: Case.State,
    isPublic: Bool
  ) async throws {
    let deployed = try await Town.deployed(state, isPublic: isPublic)
    let known = try await Named(in: deployed)
    var persons = Named.absent
    (persons.case, persons.revision, persons.grant) = (known.case, known.revision, known.grant)
    let cases = persons
    let strangers: [(Reader, Named)] = [Reader.unvetted, .other, .ownRequester].map { ($0, known) }
    let holders: [(Reader, Named)] = [Reader.otherApprover, .inviter].map { ($0, cases) }
    for (reader, named) in strangers + holders {
      let name = reader.name ?? ""
      let errands = try Errand.statements(by: name, naming: named)
      let said = try await deployed.replies(to: errands, as: reader)
      let silent = try await deployed.replies(
        to: Errand.statements(by: name, naming: .absent),
        as: reader
      )
      for (errand, (one, other)) in zip(errands, zip(said, silent)) {
        let why = Comment(rawValue: "\(errand.name) as \(reader.rawValue)")
        #expect(one.status == other.status, why)
        #expect(one.status != 200, why)
        let told = String(decoding: other.body, as: UTF8.self)
        #expect(String(decoding: one.body, as: UTF8.self) == named.replacing(in: told), why)
      }
    }
  }
}

extension Deployed {
  /// What is answered to each errand, but for what differs by design.
  fileprivate func replies(to errands: [Errand], as reader: Reader) async throws -> [HTTPReply] {
    try await serving { served in
      var replies: [HTTPReply] = []
      for errand in errands {
        replies.append(try await served.answer(errand, as: reader.name).essence)
      }
      return replies
    }
  }
}

extension HTTPReply {
  /// What the drafts in an answer say, but for their nonces and the log that they name.
  fileprivate var drafted: [String]? {
    guard let drafted = try? Drafted(json: json) else { return nil }
    return drafted.statements.map { "\($0.by) \($0.release) \($0.subject) \($0.body)" }
  }
}

extension Visitor {
  /// Does an errand, and answers status, fields and body as they came.
  fileprivate func exactly(_ errand: Errand, as name: String?) async throws -> [String] {
    let answer = try await ask(
      errand.target,
      as: name,
      errand.method.rawValue,
      body: String(decoding: errand.body ?? [], as: UTF8.self)
    )
    let fields = answer.fields.filter { !["date", "x-request-id"].contains($0.key) }
    return ["\(answer.status)"] + fields.map { "\($0.key): \($0.value)" }.sorted()
      + [String(decoding: answer.body, as: UTF8.self)]
  }
}
