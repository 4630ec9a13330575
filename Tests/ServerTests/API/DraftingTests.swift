import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("Drafting")
struct DraftingTests {
  private let salt = [UInt8](repeating: 7, count: 32)

  private func drafting(_ person: Principal.ID = "person:bob") -> Drafting {
    Drafting(
      by: person,
      at: Samples.noon,
      release: Samples.release,
      standing: Samples.standing,
      random: { Array(repeating: 7, count: $0) }
    )
  }

  @Test func `files a request with what its gate asks for`() throws {
    let page = try Samples.page()
    let answers: JSONObject = ["name": "Bob", "purpose": "To measure."]
    let wish = Verb.Wish(
      tiers: ["weights"],
      purpose: "p",
      gift: .init(answers: ["request": .object(answers)], accepts: ["use"])
    )
    let drafted = try drafting().statements(of: .request(wish), on: Pages(release: page))
    let filed = try #require(drafted.statements.first)
    #expect(
      filed.body
        == .file(
          .access(
            "gated",
            tiers: ["weights"],
            beneficiary: .principal("person:bob"),
            purpose: "p"
          )
        )
    )
    let document = salt + JSONValue.object(answers).canonical
    let commitment = SHA256Digest(of: document)
    #expect(drafted.documents == [commitment: document])
    #expect(
      drafted.statements.dropFirst().map(\.body) == [
        .accept, .answer(.case(Case.ID(filed.id.rawValue)), commitment: commitment),
      ]
    )
    #expect(drafted.statements[1].subject.digest == SHA256Digest(of: Samples.terms))
  }

  @Test func `names what is missing of the way that lacks least`() throws {
    let pages = Pages(release: try Samples.page())
    let answers: JSONObject = ["request": ["name": "Bob", "purpose": "To measure."]]
    let gifts: [(Verb.Gift, String)] = [
      (.init(answers: answers), "terms use must be accepted: --accept use"),
      (
        .init(accepts: ["use"]),
        "form request asks for name, purpose: give them with --answers FILE"
      ),
    ]
    for (gift, why) in gifts {
      #expect(throws: Refusal.unfit(why)) {
        let wish = Verb.Wish(tiers: ["weights"], gift: gift)
        return try drafting().statements(of: .request(wish), on: pages)
      }
    }
    for gift in [
      Verb.Gift(answers: answers, accepts: ["use", "other"]),
      Verb.Gift(
        answers: answers.members.reduce(into: ["other": [:]]) { $0[$1.name] = $1.value },
        accepts: ["use"]
      ),
    ] {
      #expect(throws: Refusal.self) {
        let wish = Verb.Wish(tiers: ["weights"], gift: gift)
        return try drafting().statements(of: .request(wish), on: pages)
      }
    }
  }

  @Test func `trusts no text, form or group that is not the policy's`() throws {
    let page = try FoldedPages.changed { $0["texts"] = ["use": "Do harm."] }
    #expect(throws: Refusal.termsChanged("terms:use")) {
      try drafting().statements(of: .accept("use"), on: Pages(release: page))
    }
    for name in ["forms", "groups"] {
      let page = try FoldedPages.changed { $0[name] = [] }
      #expect(throws: Refusal.self) {
        try drafting().statements(of: .accept("use"), on: Pages(release: page))
      }
    }
    let silent = try FoldedPages.changed { $0["texts"] = [:] }
    #expect(throws: Refusal.termsChanged("terms:use")) {
      try drafting().statements(of: .accept("use"), on: Pages(release: silent))
    }
  }

  @Test func `reads the drafts of a server from their bytes`() throws {
    let statement = try Samples.draft().bind("weights", to: Samples.digest("weights"))
    let drafted = Drafted([statement])
    var item = try #require(drafted.json.objectValue?["statements"]?.arrayValue?.first?.objectValue)
    #expect(item["namespace"] == "approval@sluice")
    #expect(item["strength"] == "key")
    #expect(item["words"]?.stringValue == statement.words)
    item["words"] = "person:ana gives nothing away"
    let forged: JSONValue = ["documents": [:], "statements": [.object(item)]]
    #expect(throws: Malformed.self) { try Drafted(json: forged) }
  }
}

/// Pages of the folded release.
enum FoldedPages {
  /// The release's page, changed as JSON.
  static func changed(_ change: (inout JSONObject) -> Void) throws -> ReleasePage {
    var members = try #require(try Fold.standing().page().json.objectValue)
    change(&members)
    return try ReleasePage(json: .object(members))
  }
}
