import HTTPTypes
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

@Suite("Refused bytes")
struct RefusedBytesTests {
  static let code = Errand.bare("code", "/ana/tiny/resolve/code/code.safetensors", .head)
  static let weights = Errand.bare("file", "/ana/tiny/resolve/weights/weights.safetensors", .head)
  static let late = Errand.bare("late", "/ana/tiny/resolve/late/late.safetensors", .head)
  static let tree = Errand.bare("tree", "/api/models/ana/tiny/tree/main")
  static let refs = Errand.bare("refs", "/api/models/ana/tiny/refs")

  @Test func `of a held tier say so to everybody, and listings stay`() async throws {
    let deployed = try await Town.deployed(.public)
    let before = try await deployed.serving { try await $0.answer(Self.tree, as: nil).essence }
    try await deployed.act("hal", .hold(.tier("code"), .init(code: .legal, text: "A claim.")))
    for name in [nil, "unknown", "eve", "ana"] {
      let reply = try await deployed.serving { try await $0.answer(Self.code, as: name) }
      #expect(reply.status == 403)
      #expect(reply.header("x-error-code") == "GatedRepo")
      let message = try #require(reply.header("x-error-message"))
      #expect(message.contains("(legal)"))
      #expect(message.contains("sluice lift"))
      // Who placed it, and in which words, is nobody's to read here.
      #expect(!message.contains("hal") && !message.contains("claim"))
    }
    let after = try await deployed.serving { try await $0.answer(Self.tree, as: nil).essence }
    #expect(after.body == before.body)
    #expect(after.status == 200)
  }

  @Test func `of a held person leave what everyone may have`() async throws {
    let deployed = try await Town.deployed(.approved, isPublic: true)
    #expect(try await status(Self.weights, "bob", deployed) == 200)
    try await deployed.act(
      "hal",
      .hold(.principal("person:bob"), .init(code: .misuse, text: "Seen elsewhere."))
    )
    let reply = try await deployed.serving { try await $0.answer(Self.weights, as: "bob") }
    #expect(reply.status == 403)
    #expect(reply.header("x-error-code") == "GatedRepo")
    #expect(reply.header("x-error-message")?.contains("(misuse)") == true)
    #expect(try await status(Self.code, "bob", deployed) == 200)
    #expect(try await status(Self.weights, "bea", deployed) == 200)
  }

  @Test func `of a sealed tier give the rationale`() async throws {
    let deployed = try await Town.deployed(.public)
    let targets = ["/ana/tiny/resolve/raw/a.bin", "/api/models/ana/tiny/revision/raw"]
    for target in targets {
      let reply = try await deployed.serving { try await $0.answer(.bare("raw", target), as: nil) }
      #expect(reply.status == 403)
      #expect(reply.header("x-error-code") == "GatedRepo")
      #expect(reply.header("x-error-message")?.contains("It is not ours to give.") == true)
    }
  }

  @Test func `open for the time of an emergency to its holder alone`() async throws {
    var deployed = try await Town.deployed(.adopted)
    #expect(try await status(Self.late, "eve", deployed) == 404)
    try await deployed.act("hal", .emergency(["late"], to: "person:eve", purpose: "A leak."))
    let number = try await deployed.local("ana").cases(CaseFilter(kind: .emergency))[0].number
    try await deployed.approve(number, as: "ana")
    try await deployed.approve(number, as: "ben")
    #expect(try await status(Self.late, "eve", deployed) == 200)
    #expect(try await branches("eve", deployed).contains("late"))
    // Nobody else sees a branch more, nor is the release there for strangers.
    #expect(try await !branches("ana", deployed).contains("late"))
    #expect(try await status(Self.late, "ana", deployed) == 404)
    #expect(try await status(Self.refs, nil, deployed) == 404)
    deployed.now = deployed.now + Duration(seconds: 86_400)
    let over = try await deployed.serving { try await $0.answer(Self.late, as: "eve") }
    #expect(over.status == 403)
    #expect(over.header("x-error-code") == "GatedRepo")
  }

  @Test func `of a group's grant ask each member to accept its terms`() async throws {
    let deployed = try await Town.deployed(.adopted)
    try await deployed.act("pia", .join("readers", "person:eve", fields: ["sector": "press"]))
    try await deployed.open("preview")
    let wish = Verb.Wish(
      tiers: ["late"],
      beneficiary: .group("readers"),
      gift: .init(accepts: ["use"])
    )
    try await deployed.act("pia", .request(wish))
    let number = try await deployed.local("edi").cases(CaseFilter(kind: .access, stage: "preview"))
    try await deployed.approve(number[0].number, as: "edi")
    let refused = try await deployed.serving { try await $0.answer(Self.late, as: "eve") }
    #expect(refused.status == 403)
    #expect(refused.header("x-error-code") == "GatedRepo")
    #expect(refused.header("x-error-message")?.contains("sluice accept ana/tiny use") == true)
    try await deployed.act("eve", .accept("use"))
    #expect(try await status(Self.late, "eve", deployed) == 200)
    // mia is in the group too, and held.
    let mia = try await deployed.serving { try await $0.answer(Self.late, as: "mia") }
    #expect(mia.header("x-error-message")?.contains("(misuse)") == true)
    try await deployed.act("pia", .leave("readers", "person:eve"))
    #expect(try await status(Self.late, "eve", deployed) == 404)
  }

  private func status(
    _ errand: Errand,
    _ name: String?,
    _ deployed: Deployed
  ) async throws -> Int {
    try await deployed.serving { try await $0.answer(errand, as: name).status }
  }

  private func branches(_ name: String, _ deployed: Deployed) async throws -> [String] {
    let reply = try await deployed.serving { try await $0.answer(Self.refs, as: name) }
    return (try reply.json.objectValue?["branches"]?.arrayValue ?? [])
      .compactMap { $0.objectValue?["name"]?.stringValue }
  }
}
