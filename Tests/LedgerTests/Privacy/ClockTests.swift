import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import Testing

@Suite("A clock that jumped")
struct ClockTests {
  @Test func `is recorded at the time of the entry before, once`() async throws {
    var town = try await Town.settled(isPublic: true)
    let before = try await town.rows()
    town.pass(days: 40)
    let state = try await town.ledger.noteJump(of: 40 * 86_400)
    #expect(state == .paused(since: Town.noon, jump: 40 * 86_400))
    #expect(try await town.ledger.noteJump(of: 7_200) == state)
    #expect(try await town.ledger.clockState() == state)
    let after = try await town.rows()
    #expect(after.dropFirst(before.count).map(\.kind) == ["tick"])
    #expect(after.last?.isPublic == true)
    let body = String(decoding: after.last?.body ?? [], as: UTF8.self)
    #expect(body.contains("\"at\":\"\(Town.noon)\"") && body.contains(#""state":"paused""#))
    let ledger = town.ledger
    await #expect(throws: Refusal.self) { try await ledger.noteJump(of: 3_600) }
  }

  @Test func `decides nothing by time until it is confirmed, and then everything at once`()
    async throws
  {
    var town = try await Town.settled(isPublic: true)
    let slow = try await town.file(try town.opening(of: "slow"), by: "service:clerk")
    try await town.approve(slow, by: "person:ana")
    let asked = try await town.ask()
    town.pass(days: 40)
    try await town.ledger.noteJump(of: 40 * 86_400)
    #expect(try await town.ledger.nextDue() == nil)
    try await town.ledger.settle(at: town.now)
    #expect(try await town.find(slow.id).state == .open)
    #expect(try await !town.find(asked.id).isOverdue)

    try await town.ledger.confirmClock(at: town.now)
    #expect(try await town.ledger.clockState() == .running)
    #expect(try await town.find(slow.id).state == .approved)
    #expect(try await town.find(asked.id).isOverdue)
    let faults = try await town.faults()
    #expect(faults == [])
  }

  @Test(arguments: [false, true])
  func `gives up no case and fines no holder, though grants end`(isPaused: Bool) async throws {
    var town = try await Town.settled(isPublic: true)
    let grant = try await town.grant()
    let review = try await town.review()
    let asked = try await town.ask(by: "person:eve")
    town.pass(days: 70)
    if isPaused { try await town.ledger.noteJump(of: 70 * 86_400) }
    try await town.ledger.settle(at: town.now)
    let release = try await town.ledger.release(Town.release)
    #expect(release.cases[review.id]?.state == (isPaused ? .open : .lapsed))
    #expect(release.cases[asked.id]?.state == (isPaused ? .open : .lapsed))
    #expect(release.holds.isEmpty == isPaused)
    #expect(release.grants[grant.id]?.status(at: town.now, holds: []) == .expired)
    await #expect(throws: Refusal.self) { try await town.fetch() }
    let faults = try await town.faults()
    #expect(faults == [])
  }

  @Test func `still hands out, takes statements in and decides by verdicts`() async throws {
    var town = try await Town.settled(isPublic: true)
    try await town.ledger.noteJump(of: 7_200)
    town.now = town.now + Duration(seconds: 7_200)
    try await town.receive(as: "person:bob")
    #expect(try await town.ledger.possessions(of: Town.release).count == 1)
    let faults = try await town.faults()
    #expect(faults == [])
  }

  @Test func `still records what was due before it`() async throws {
    var town = try await Town.settled(isPublic: true)
    try await town.grant(to: "person:eve")
    let asked = try await town.ask()
    town.pass(days: 8)
    // A delivery is an entry, and settles no case.
    try await town.fetch(as: "person:eve")
    try await town.ledger.noteJump(of: 100 * 86_400)
    town.pass(days: 100)
    try await town.approve(asked, by: "person:ana")
    #expect(try await town.find(asked.id).isOverdue)
    #expect(try await town.find(asked.id).state == .open)
    let faults = try await town.faults()
    #expect(faults == [])
  }

  @Test func `is confirmed only while it is in doubt, and never behind the log`() async throws {
    var town = try await Town.settled(isPublic: true)
    let ledger = town.ledger
    let now = town.now
    await #expect(throws: Refusal.stale("the clock is not in doubt")) {
      try await ledger.confirmClock(at: now)
    }
    town.pass(days: 1)
    try await ledger.settle(at: town.now)
    try await town.remark(isPublic: true, on: town.subject("tier:paper"))
    try await ledger.noteJump(of: 86_400)
    await #expect(throws: Refusal.clockUntrusted(behind: 86_400)) {
      try await ledger.confirmClock(at: Town.noon)
    }
    try await ledger.confirmClock(at: town.now)
    let body = try await town.rows().last?.body ?? []
    #expect(String(decoding: body, as: UTF8.self).contains(#""jump":86400"#))
  }
}

@Suite("The watch over the clock")
struct ClockWatchTests {
  typealias Reading = (wall: Int, steady: Int)

  static let courses: [(readings: [Reading], jumps: [Int?])] = [
    ([(0, 0), (1, 1), (3_601, 3_601)], [nil, nil, nil]),
    ([(0, 0), (3_601, 1)], [nil, nil]), ([(0, 0), (3_602, 1)], [nil, 3_601]),
    // Once a jump; what follows is measured from there.
    ([(0, 0), (9_000, 1), (9_001, 2), (18_000, 3)], [nil, 8_999, nil, 8_998]),
    // Small steps add up.
    ([(0, 0), (2_000, 1), (4_000, 2)], [nil, nil, 3_998]),
    // What a clock drifts in a day is forgotten.
    ([(0, 0), (88_400, 86_400), (176_800, 172_800)], [nil, nil, nil]),
    // Sleep is no jump, and neither is being set right again.
    ([(0, 0), (50_000, 50_000)], [nil, nil]),
    ([(0, 0), (-20_000, 1), (2, 2)], [nil, nil, nil]),
    ([(0, 0), (-20_000, 1), (4_000, 2)], [nil, nil, 3_998]),
  ]

  @Test(arguments: courses.indices)
  func `notices a jump of more than an hour, and nothing less`(index: Int) {
    var watch = ClockWatch()
    let course = Self.courses[index]
    let jumps = course.readings.map { reading in
      watch.jump(
        wall: Instant(seconds: 1_550_000_000 + reading.wall),
        steady: reading.steady
      )
    }
    #expect(jumps == course.jumps)
  }
}
