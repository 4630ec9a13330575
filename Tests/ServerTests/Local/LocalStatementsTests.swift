import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import SluiceServer
import Testing

@Suite("Statements handed out")
struct LocalStatementsTests {
  /// The approval of ana that the decision of case 4 counted.
  private static func approval(in deployed: Deployed) async throws -> String {
    let decided = try await deployed.local(nil).decisions(of: "4").decisions
    let counted = try #require(decided.first?.counted.first { $0.by == "person:ana" })
    return counted.statement.rawValue
  }

  @Test func `are the bytes and the signature that were handed in`() async throws {
    let deployed = try await Deployed.granted()
    let id = try await Self.approval(in: deployed)
    let before = try await deployed.views().count
    for name in ["hal", "ida", nil, "ana"] {
      let page = try await deployed.local(name).statement(.digits(String(id.prefix(8))))
      #expect(page.sha256.hex == id)
      let said = try Statement(canonical: page.statement)
      #expect(said.by == "person:ana" && said.type == .approve)
      let armor = try SSHSignature(armor: String(decoding: page.signature ?? [], as: UTF8.self))
      let signed = try armor.verify(message: page.statement, namespace: "approval@sluice")
      #expect(signed.key.line == (try Deployed.key("ana").publicKey.line))
      #expect(page.second == nil)
      #expect(try await deployed.local(name).statement(.entry(page.index)) == page)
    }
    #expect(
      try await deployed.views().dropFirst(before) == [
        "person:hal events ana/tiny", "person:ida events ana/tiny", "operator events ana/tiny",
      ]
    )
    let page = try await deployed.local("ana").statement(.digits(id))
    try await deployed.serving { served async throws in
      #expect(try await served.remote("ida").statement(.digits(id)) == page)
      let path = "/sluice/v1/audit/statements"
      #expect(try await served.reply("\(path)/\(page.index)", as: "ida").status == 200)
      #expect(try await served.reply("\(path)/0\(page.index)", as: "ida").status == 400)
      #expect(try await served.reply("\(path)/\(id)", as: "eve").status == 404)
    }
  }

  @Test func `are nobody else's business, and not told from those that there are not`()
    async throws
  {
    let deployed = try await Deployed.granted()
    let id = try await Self.approval(in: deployed)
    let index = try await deployed.local(nil).statement(.digits(id)).index
    // The opening of the release is in the public record; who approved it by name is not.
    let opening = try await deployed.local(nil).decisions(of: "1").decisions[0]
    #expect(try await deployed.local("eve").proof(of: opening.index).index == opening.index)
    for name in ["bob", "pia", "eve", "cho"] {
      let local = try await deployed.local(name)
      for digits in [id, String(id.prefix(6)), "ffffffffffff"] {
        await #expect(throws: Refusal.unknownStatement(.init(digits))) {
          try await local.statement(.digits(digits))
        }
      }
      for index in [index, opening.index] {
        await #expect(throws: Refusal.notForYou) { try await local.statement(.entry(index)) }
      }
    }
    let stranger = try await deployed.local(nil).acting(as: .stranger)
    await #expect(throws: Refusal.noToken) { try await stranger.statement(.digits(id)) }
    let ida = try await deployed.local("ida")
    await #expect(throws: Refusal.unknownStatement("ffffffffffff")) {
      try await ida.statement(.digits("ffffffffffff"))
    }
    await #expect(throws: Refusal.self) { try await ida.statement(.entry(opening.index)) }
    await #expect(throws: Refusal.self) { try await ida.statement(.entry(99_999)) }
  }

  @Test func `are gone once they were erased`() async throws {
    let deployed = try await Deployed.asked()
    let filed = try await deployed.ledger.history(of: deployed.ledger.cases()[3].id)[0].index
    let page = try await deployed.local("ida").statement(.entry(filed))
    _ = try await deployed.ledger.erasePerson("person:bob", basis: "Art. 17", at: deployed.now)
    let shell = try await deployed.local(nil)
    await #expect(throws: Refusal.stale("entry \(filed) was erased")) {
      try await shell.statement(.entry(filed))
    }
    await #expect(throws: Refusal.unknownStatement(.init(page.sha256.hex))) {
      try await shell.statement(.digits(page.sha256.hex))
    }
  }

  @Test func `are named by an index or by digits, and by nothing else`() throws {
    #expect(try StatementReference(parsing: "0") == .entry(0))
    #expect(try StatementReference(parsing: "25000000") == .entry(25_000_000))
    #expect(try StatementReference(parsing: "123456789012") == .digits("123456789012"))
    #expect(try StatementReference(parsing: "012345") == .digits("012345"))
    #expect(try StatementReference(parsing: "4f2e1d") == .digits("4f2e1d"))
    let wrong = ["", "-1", "01", "4f2e1", "4F2E1D", "+4", String(repeating: "a", count: 65), "x"]
    for text in wrong {
      #expect(throws: Malformed.self, "\(text)") { try StatementReference(parsing: text) }
    }
  }
}
