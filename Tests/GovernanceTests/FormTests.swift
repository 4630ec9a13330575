import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("Answers to a form")
struct FormTests {
  let form: Form

  init() throws {
    let fields = """
      - {id: name, type: text, max: 5}
      - {id: note, type: text, optional: true}
      - {id: sector, type: choice, options: [press, industry]}
      - {id: agreed, type: tick}
      - {id: news, type: tick, optional: true}
      - {id: country, type: country, deny: [XX]}
      - {id: region, type: country, optional: true, allow: [NO, SE]}
      - {id: since, type: date, optional: true}
      - {id: email, type: email, optional: true}
      """
    let text = SinglePolicy.text.replacing(
      "forms:\n",
      with: "forms:\n  ask:\n    \(fields.replacing("\n", with: "\n    "))\n"
    )
    form = try #require(try Policy(text: text).form("ask"))
  }

  static let good: JSONObject = [
    "name": "Bob", "sector": "press", "agreed": "true", "country": "NO",
  ]

  @Test func `satisfy it when all that must be is given`() {
    #expect(form.check(answers: Self.good) == [])
  }

  @Test func `satisfy it with all that may be`() {
    var answers = Self.good
    for (name, value) in [
      ("note", "two\nlines"), ("news", "false"), ("region", "SE"), ("since", "2024-02-29"),
      ("email", "bob@example.org"),
    ] { answers[name] = .string(value) }
    #expect(form.check(answers: answers) == [])
  }

  @Test(
    arguments: [
      ("name", "", .missing), ("name", " \n", .missing), ("name", "Robert", .tooLong(most: 5)),
      ("sector", "Press", .noOption(["press", "industry"])), ("agreed", "false", .notTicked),
      ("agreed", "yes", .noTick), ("news", "1", .noTick), ("country", "XX", .excluded("XX")),
      ("country", "no", .noCountry), ("country", "NOR", .noCountry), ("country", "ÅA", .noCountry),
      ("region", "DK", .excluded("DK")), ("since", "2023-02-29", .noDate),
      ("since", "24-02-01", .noDate),
      ("since", "2024-02-01T00:00:00Z", .noDate), ("email", "bob", .noEmail),
      ("email", "a@b@c.d", .noEmail),
      ("email", "bob@example", .noEmail), ("email", "bob@example.", .noEmail),
      ("email", "bob@example.org, eve@example.org", .noEmail),
      ("email", "Bob <bob@example.org>", .noEmail),
      ("email", "bob@exam\nple.org", .noEmail), ("email", "@example.org", .noEmail),
    ] as [(String, String, Form.Problem.Reason)]
  )
  func `are refused one by one`(field: String, answer: String, reason: Form.Problem.Reason) {
    var answers = Self.good
    answers[field] = .string(answer)
    #expect(form.check(answers: answers).map(\.field) == [field])
    #expect(form.check(answers: answers).map(\.reason) == [reason])
  }

  @Test func `count characters, not bytes`() {
    var answers = Self.good
    answers["name"] = "ÅÄÖ字𝄞"
    #expect(form.check(answers: answers) == [])
  }

  @Test func `have a longest text where the field says nothing`() {
    var answers = Self.good
    answers["note"] = .string(String(repeating: "x", count: Form.longestText))
    #expect(form.check(answers: answers) == [])
    answers["note"] = .string(String(repeating: "x", count: Form.longestText + 1))
    #expect(form.check(answers: answers).map(\.reason) == [.tooLong(most: Form.longestText)])
  }

  @Test func `are text`() {
    var answers = Self.good
    answers["agreed"] = true
    answers["name"] = 5
    #expect(form.check(answers: answers).map(\.reason) == [.notText, .notText])
  }

  @Test func `answer what is asked, all of it and no more`() {
    let problems = form.check(answers: ["name": "Bob", "colour": "blue"])
    #expect(problems.map(\.field) == ["sector", "agreed", "country", "colour"])
    #expect(problems.map(\.reason) == [.missing, .missing, .missing, .unknown])
    #expect(problems.last?.description == "colour: the form does not ask this")
  }

  @Test(
    arguments: [
      (.missing, "an answer is needed"), (.notText, "the answer must be text"),
      (.tooLong(most: 5), "at most 5 characters"),
      (.noOption(["a", "b", "c"]), "must be a, b or c"),
      (.notTicked, "must be agreed to: true"), (.noTick, "must be true or false"),
      (.noCountry, "must be a country's two capital letters, such as NO"),
      (.excluded("XX"), "not offered to XX"), (.noDate, "must be a day, YYYY-MM-DD"),
      (.noEmail, "must be an e-mail address"),
    ] as [(Form.Problem.Reason, String)]
  )
  func `are told what to do`(reason: Form.Problem.Reason, words: String) {
    #expect(Form.Problem(field: "name", reason: reason).description == "name: \(words)")
  }
}
