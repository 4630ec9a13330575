import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

@Suite("Records here")
struct LocalRecordsTests {
  @Test(
    arguments: [
      (nil, ["tier:extra", "person:mia"]), ("hal", ["tier:extra", "person:mia"]),
      ("ana", ["tier:extra", "person:mia"]), ("edi", ["tier:extra", "person:mia"]),
      ("ida", ["tier:extra", "person:mia"]), ("mia", ["tier:extra", "person:mia"]),
      ("bob", ["tier:extra"]), ("eve", ["tier:extra"]),
    ] as [(String?, [String])]
  )
  func `show holds on persons to the held and to those with a role`(
    name: String?,
    subjects: [String]
  ) async throws {
    let local = try await Town.deployed(.public).local(name)
    let holds = try await local.holds(HoldFilter())
    #expect(holds.map(\.subject.description) == subjects)
    // Who placed a hold, and in which words a person's, is for those who oversee or lift it.
    let oversees = [nil, "hal", "ana", "ida"].contains(name)
    #expect(holds.map { $0.placedBy != nil } == holds.map { _ in oversees })
    #expect(holds[0].text == "Under review.")
    #expect(
      holds.dropFirst().map(\.text)
        == holds.dropFirst().map { _ in
          oversees ? "Secret of mia." : nil
        }
    )
  }

  @Test func `find holds by subject, digits and time`() async throws {
    var deployed = try await Town.deployed(.public)
    let stranger = try await deployed.local(nil).acting(as: .stranger)
    let hold = try await stranger.holds(HoldFilter(subject: .tier("extra")))[0]
    #expect(try await stranger.holds(HoldFilter(subject: .tier("code"))) == [])
    let digits = String(hold.id.rawValue.prefix(8))
    #expect(try await stranger.holds(HoldFilter(reference: digits)) == [hold])
    let before = Instant(seconds: Deployed.noon.seconds - 1)
    #expect(try await stranger.holds(HoldFilter(includesEnded: true, at: before)) == [])
    deployed.now = Deployed.noon + Duration(seconds: 60)
    try await deployed.act("ana", .lift(hold: digits, purpose: "Reviewed."), release: nil)
    let number = try await deployed.local("ana").cases(CaseFilter(kind: .lift))[0].number
    try await deployed.approve(number, as: "cho")
    try await deployed.approve(number, as: "ben")
    let later = try await deployed.local(nil).acting(as: .stranger)
    #expect(try await later.holds(HoldFilter()) == [])
    let ended = try await later.holds(HoldFilter(includesEnded: true))
    #expect(ended.map(\.isActive) == [false])
    #expect(ended.map(\.liftedAt) == [deployed.now])
    #expect(try await later.holds(HoldFilter(at: Deployed.noon)).map(\.subject) == [.tier("extra")])
  }

  @Test(
    arguments: [
      (nil, ["person:mia"]), ("hal", ["person:mia"]), ("pia", ["person:mia"]),
      ("ida", ["person:mia"]), ("mia", ["person:mia"]), ("ana", []), ("edi", []), ("eve", []),
    ] as [(String?, [String])]
  )
  func `show places in groups to the member and to those who invite`(
    name: String?,
    members: [String]
  ) async throws {
    let local = try await Town.deployed(.public).local(name)
    let lines = try await local.members(MemberFilter())
    #expect(lines.map(\.member.rawValue) == members)
    #expect(lines.map(\.fields) == members.map { _ in ["sector": "press"] })
    #expect(try await local.members(MemberFilter(group: "none")) == [])
    await #expect(throws: Refusal.noToken) {
      try await local.acting(as: .stranger).members(MemberFilter())
    }
  }

  @Test func `keep former places for those who ask for them`() async throws {
    var deployed = try await Town.deployed(.public)
    deployed.now = Deployed.noon + Duration(seconds: 60)
    try await deployed.act("mia", .leave("readers", nil))
    let pia = try await deployed.local("pia")
    #expect(try await pia.members(MemberFilter()) == [])
    let former = try await pia.members(MemberFilter(includesEnded: true))
    #expect(former.map(\.leftAt) == [deployed.now])
    #expect(try await pia.members(MemberFilter(at: Deployed.noon)).map(\.leftAt) == [nil])
  }

  @Test func `name who measured as the roster shows them`() async throws {
    let deployed = try await Town.deployed(.public)
    try await deployed.act(
      "eve",
      .evidence("weights", .init(kind: "misuse-watch", metrics: ["reports": "0"], method: ""))
    )
    func kinds(_ name: String?) async throws -> [String: Principal.ID?] {
      let lines = try await deployed.local(name).evidence(EvidenceFilter(tier: "weights"))
      return Dictionary(lines.map { ($0.kind, $0.by) }, uniquingKeysWith: { $1 })
    }
    // A leak that was reported is for those with a role; by whom, for those who oversee.
    let open: [String: Principal.ID?] = ["detectability": "person:cho", "misuse-watch": nil]
    #expect(try await kinds("bob") == open)
    var own = open
    own["misuse-watch"] = "person:eve"
    #expect(try await kinds("eve") == own)
    own["embargo-breach"] = .some(nil)
    #expect(try await kinds("edi") == own)
    own["embargo-breach"] = "person:pia"
    for name in ["hal", "pia", "ida", nil] { #expect(try await kinds(name) == own) }
  }

  @Test func `hide evidence where the release is hidden`() async throws {
    let deployed = try await Town.deployed(.adopted)
    #expect(try await deployed.local("eve").evidence(EvidenceFilter()) == [])
    await #expect(throws: Refusal.unknownRelease(Deployed.release)) {
      try await deployed.local("eve").evidence(EvidenceFilter(release: Deployed.release))
    }
    // Somebody with a case knows of the release, and not yet of what only its record will show.
    #expect(try await deployed.local("bea").evidence(EvidenceFilter()) == [])
    #expect(try await deployed.local("edi").evidence(EvidenceFilter()).count == 2)
  }

  @Test(
    arguments: [("bea", 1), ("hal", 1), ("ida", 1), (nil, 1), ("ana", 0), ("bob", 0)]
      as [(String?, Int)]
  )
  func `show what was vouched for to whom it is about`(name: String?, count: Int) async throws {
    let local = try await Town.deployed(.public).local(name)
    let lines = try await local.credentials(CredentialFilter())
    #expect(lines.map(\.holder) == (0..<count).map { _ in "person:bea" })
    #expect(try await local.credentials(CredentialFilter(holder: "person:eve")) == [])
  }

  @Test func `are on record when they are others'`() async throws {
    let deployed = try await Town.deployed(.public)
    let before = try await deployed.views().count
    for name in ["mia", "bob", "eve"] {
      let local = try await deployed.local(name)
      _ = try await local.holds(HoldFilter())
      _ = try await local.members(MemberFilter())
      _ = try await local.credentials(CredentialFilter())
      _ = try await local.evidence(EvidenceFilter())
    }
    #expect(try await deployed.views().count == before)
    let ida = try await deployed.local("ida")
    _ = try await ida.holds(HoldFilter())
    _ = try await ida.members(MemberFilter())
    _ = try await ida.credentials(CredentialFilter())
    #expect(
      try await deployed.views().dropFirst(before) == [
        "person:ida holds ana/tiny", "person:ida members ana/tiny",
        "person:ida credentials ana/tiny",
      ]
    )
  }
}
