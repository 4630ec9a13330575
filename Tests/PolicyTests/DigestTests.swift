import SluiceEncoding
import SluiceGovernance
import Testing

/// The digests of governance-domain 17, of the six policies of its section 16.
@Suite("The digest of a policy")
struct DigestTests {
  static let digests = [
    ("gpt2", "ecd9ca4c460f3460df3f094a098d4d910be84f04ec8d5226e48dc16596e6b00a"),
    ("llama-style", "76f401328f1292e422f57fcfda5ae8fcc766387ffd7471c6575881567b7bb3e1"),
    ("open-release", "094fb7b0ef1c9d3dc8f8874425c5036b9c1810878e0f55efb7410035d1c5a5a0"),
    ("structured-access", "f790c071b9cc9e711efca35feb8ff9f36ae670f693ee11988eac52c6a3080ef0"),
    ("embargoed-release", "01c8b6f81cdb1f659619da85b845d026118835d43bb00253f872bc9fe36c0a2a"),
    ("single-steward", "cee6ca4b597a4d9950bbe38080b051b8647a4fe134970657faf13a252c128b37"),
  ]

  @Test(arguments: digests)
  func `is that of the domain's vectors`(name: String, digest: String) throws {
    let document = try PolicyDocument(.policy, text: Self.text(name), source: name)
    #expect(document.digest.hex == digest)
    let policy = try Policy(text: Self.text(name), source: name)
    #expect(policy.id == name)
    #expect(policy.digest.hex == digest)
  }

  @Test func `is of the canonical form`() throws {
    let policy = try Policy(text: Self.text("open-release"))
    let canonical = """
      {"gates":{"ship":{"require":[{"approve":{"role":"maintainers"}}]}},"governance":{"amend":"ship",\
      "appeal":"ship","lift":"ship","stewards":"maintainers"},"id":"open-release","roles":\
      ["maintainers"],"sluice":"policy/1","stages":{"public":{"admits":"everyone","offers":\
      ["release"],"opens":"ship"}},"tiers":{"release":{"kind":"weights"}},"title":"Everything to \
      everyone","version":1}
      """
    #expect(String(decoding: policy.canonical, as: UTF8.self) == canonical)
    #expect(policy.digest == SHA256Digest(of: policy.canonical))
  }

  @Test func `is the same for another layout, other comments and another order of keys`() throws {
    let text = """
      # another writing of the same
      governance:
        appeal: "ship"
        lift: 'ship'
        amend: ship
        stewards: maintainers
      stages: {public: {admits: everyone, opens: ship, offers: [release]}}
      gates: {ship: {require: [{approve: {role: maintainers}}]}}
      tiers: {release: {kind: weights}}
      roles:
      - maintainers
      title: >-
        Everything to
        everyone
      version: 1
      id: open-release
      sluice: policy/1
      """
    #expect(try Policy(text: text) == Policy(text: Self.text("open-release")))
  }

  /// What is written, not what it means: `P1W` and `P7D` are two texts.
  @Test(
    arguments: [
      ("P7D", "P1W"), ("version: 1", "version: 2\nprevious: \(String(repeating: "0", count: 64))"),
      ("title: One", "title: one"), ("max: 200,", "max: 201,"), ("private: true", "private: false"),
      ("due: P7D", "due: P8D"), ("offers: [code]", "offers: [code, weights]"),
    ]
  )
  func `changes with anything that is written`(old: String, new: String) throws {
    let text = try Self.text("single-steward")
    let changed = text.replacing(old, with: new, maxReplacements: 1)
    #expect(changed != text)
    #expect(try Policy(text: changed).digest != Policy(text: text).digest)
  }

  @Test func `keeps words that YAML would take for something else`() throws {
    let text = try Self.text("single-steward")
      .replacing("title: One steward, gated weights", with: "title: NO")
    let policy = try Policy(text: text)
    #expect(policy.title == "NO")
    #expect(String(decoding: policy.canonical, as: UTF8.self).contains(#""title":"NO""#))
    let number = try Policy(text: text.replacing("title: NO", with: "title: 1.10"))
    #expect(number.title == "1.10")
  }

  /// The form's digest is that of its fields as they stand in the policy's canonical form.
  @Test func `of a form is of the canonical array of its fields`() throws {
    let policy = try Policy(text: Self.text("single-steward"))
    let fields = """
      [{"id":"name","max":200,"private":true,"type":"text"},{"ask":"What will you use the weights \
      for?","id":"purpose","max":2000,"type":"text"}]
      """
    #expect(policy.form("request")?.digest == SHA256Digest(of: Array(fields.utf8)))
    #expect(String(decoding: policy.canonical, as: UTF8.self).contains(fields))
  }

  private static func text(_ name: String) throws -> String {
    try Library.text("\(name).yaml", in: Library.policies)
  }
}
