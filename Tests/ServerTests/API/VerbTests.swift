import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A verb")
struct VerbTests {
  @Test func `is read from the names of the command line's flags`() throws {
    let json: JSONValue = [
      "accept": ["use"], "answers": ["request": ["purpose": "To measure."]],
      "for": "group:press", "release": "ana/tiny", "tiers": ["weights"], "verb": "request",
    ]
    let wish = Verb.Wish(
      tiers: ["weights"],
      beneficiary: .group("press"),
      gift: .init(answers: ["request": ["purpose": "To measure."]], accepts: ["use"])
    )
    #expect(try Instruction(json: json) == Instruction(.request(wish), release: "ana/tiny"))
    #expect(
      try Instruction(json: ["case": "4", "verb": "approve"])
        == Instruction(.approve(case: "4", reason: ""))
    )
  }

  static let wrong: [JSONValue] = [
    ["verb": "grant"], ["case": "4"], ["verb": "approve"], ["case": 4, "verb": "approve"],
    ["case": "4", "code": "x", "reason": "r", "verb": "deny"], ["case": "4", "verb": "deny"],
    ["case": "4", "grant": "9c2e1f", "form": "f", "answers": [:], "verb": "answer"],
    ["form": "f", "answers": [:], "verb": "answer"],
    ["answers": ["request": "x"], "tiers": ["weights"], "verb": "request"],
    ["case": "4", "tiers": ["weights"], "verb": "approve"],
    ["code": "leak", "subject": "weights", "text": "x", "verb": "flag"],
    ["code": "leak", "subject": "tier:", "text": "x", "verb": "flag"],
    ["code": "leak", "subject": "statement:9c2e1f", "text": "x", "verb": "flag"],
  ]

  @Test(arguments: wrong)
  func `is refused with an argument that is missing, not its own or not one`(json: JSONValue) {
    #expect(throws: Malformed.self) { try Instruction(json: json) }
  }

  @Test(arguments: [
    "case:4", "grant:9c2e1f", "hold:9c2e1f", "tier:weights", "stage:gated", "group:press",
    "person:bob", "org:lab", "key:SHA256:a+b", "statement:\(Samples.digest("s").hex)",
    "manifest:\(Samples.digest("m").hex)",
  ])
  func `is about what people write`(text: String) throws {
    #expect(try Topic(text).description == text)
  }

  @Test func `says what has to be read before it can be composed`() {
    for verb in VerbSamples.all {
      for (place, source) in verb.sources.enumerated() {
        // What belongs to a page comes after the page.
        switch source {
        case .roster: #expect(verb.sources[..<place].contains(.release))
        case .policyOfCase: #expect(verb.sources[..<place].contains(.case("4")))
        case .policyOfGrant:
          #expect(verb.sources[..<place].contains(.grant(VerbSamples.reference)))
        default: break
        }
      }
    }
    #expect(Verb.hold(.case("4"), .init(code: .leak, text: "x")).sources == [.case("4"), .release])
  }

  @Test func `is refused without the pages that it is about`() {
    let drafting = Drafting(
      by: "person:ana",
      at: Samples.noon,
      release: Samples.release,
      standing: Samples.standing,
      random: { Array(repeating: 7, count: $0) }
    )
    for verb in VerbSamples.all where !verb.sources.isEmpty {
      #expect(throws: Refusal.self, "\(verb.name)") {
        try drafting.statements(of: verb, on: Pages())
      }
    }
  }
}
