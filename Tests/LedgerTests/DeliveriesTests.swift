import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("Possessions")
struct DeliveriesTests {
  @Test func `count no byte twice`() async throws {
    let depot = try await Depot()
    try await depot.hand(0..<600, at: 1, ending: 2)
    try await depot.hand(400..<1_000, at: 3, ending: 5)
    #expect(try await depot.bytes(at: 2) == [600])
    #expect(try await depot.bytes(at: 6) == [1_000])
    #expect(try await depot.possessions(at: 6).map(\.isComplete) == [false])
  }

  @Test func `count an open delivery as the whole file`() async throws {
    let depot = try await Depot()
    let open = try await depot.log.admit(depot.query(), at: depot.minute(1))
    try await depot.log.cover(open, handed: 0..<1, acked: 0..<1, at: depot.minute(2))
    #expect(try await depot.bytes(at: 3) == [1_000])
    #expect(try await depot.bytes(at: 0) == [])
    try await depot.log.closeAbandoned(at: depot.minute(4))
    #expect(try await depot.bytes(at: 3) == [1_000])
  }

  @Test func `say who, with what, under which case and whose approval`() async throws {
    var depot = try await Depot()
    let token = try await depot.ledger.issueToken(
      for: "person:bob",
      name: "laptop",
      lasts: nil,
      at: depot.world.now
    )
    let id = try #require(try await depot.ledger.principal(ofToken: token, at: depot.world.now)).id
    try await depot.hand(0..<1_000, with: "token:\(id)", at: 1, ending: 1, as: .complete)
    try await depot.hand(0..<10, with: "key:SHA256:other", at: 2, ending: 3)
    let grant = try #require(try await depot.ledger.grants(heldBy: "person:bob").first)
    let line = Possession(
      principal: "person:bob",
      credential: "token:\(id) key:SHA256:other",
      grant: grant.id,
      tier: "weights",
      file: "model.bin",
      sha256: SHA256Digest(of: Depot.weights["model.bin"] ?? []),
      size: 1_000,
      bytes: 1_000,
      isComplete: true,
      first: depot.minute(1),
      last: depot.minute(3),
      case: 4,
      approvers: ["person:ana", "person:ben"]
    )
    #expect(try await depot.possessions(at: 9) == [line])

    // What happens later changes nothing that was so before.
    let then = depot.world.now
    depot.world.now = depot.minute(10)
    try await depot.revoke(grant.id)
    depot.world.now = then
    #expect(try await depot.possessions(at: 9) == [line])
    #expect(try await depot.possessions(at: 1).map(\.credential) == ["token:\(id)"])
  }

  @Test func `are found by tier, by file and by content`() async throws {
    let depot = try await Depot()
    try await depot.hand(0..<10, at: 1, ending: 2)
    try await depot.hand(0..<10, "data/big.bin", of: "code", at: 2, ending: 2)
    let ledger = depot.ledger
    let digest = SHA256Digest(of: Depot.code["data/big.bin"] ?? [])
    #expect(
      try await ledger.possessions(of: World.release).map(\.file) == ["model.bin", "data/big.bin"]
    )
    #expect(
      try await ledger.possessions(of: World.release, tier: "code").map(\.file) == ["data/big.bin"]
    )
    #expect(
      try await ledger.possessions(of: World.release, file: "model.bin").map(\.tier) == ["weights"]
    )
    #expect(try await ledger.possessions(of: World.release, sha256: digest).map(\.tier) == ["code"])
    #expect(try await ledger.possessions(of: "ana/other") == [])
  }

  @Test func `of one grant do not hide those of another`() async throws {
    var depot = try await Depot()
    let second = try await depot.grant(to: "person:bob", purpose: "again")
    try await depot.hand(0..<600, at: 1, ending: 2)
    let query = try depot.query(named: second.id)
    let admission = try await depot.log.admit(query, at: depot.minute(3))
    try await depot.log.end(
      admission,
      as: .partial,
      handed: 0..<500,
      acked: 0..<0,
      evidence: .tcp,
      at: depot.minute(3)
    )
    try await depot.log.closeAbandoned(at: depot.minute(3))
    #expect(try await depot.bytes(at: 4) == [600, 500])
  }

  @Test func `are what a list of all ranges makes of them`() async throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed \(seed)")
    var dice = Dice(state: seed)
    let depot = try await Depot()
    let credentials = ["key:SHA256:a", "key:SHA256:b", "key:SHA256:c"]
    var running: [String: (admission: Admission, handed: Set<Int>)] = [:]
    // What was so after each minute: bytes, and whether all of them arrived.
    var covered: Set<Int> = []
    var arrived = false
    var expected: [(bytes: Int, isComplete: Bool)] = []

    for minute in 1...120 {
      let now = depot.minute(minute)
      let credential = credentials[Int.random(in: 0..<3, using: &dice)]
      let lower = Int.random(in: 0..<1_000, using: &dice)
      let handed = lower..<Int.random(in: lower...1_000, using: &dice)
      if let delivery = running.removeValue(forKey: credential) {
        let isWhole = Int.random(in: 0..<8, using: &dice) == 0
        let range = isWhole ? 0..<1_000 : handed
        try await depot.log.end(
          delivery.admission,
          as: isWhole ? .complete : .drained,
          handed: range,
          acked: isWhole ? range : range.prefix(range.count / 2),
          evidence: .tcp,
          at: now
        )
        covered.formUnion(delivery.handed.union(range))
        arrived = arrived || isWhole
      } else {
        let admission = try await depot.log.admit(depot.query(with: credential), at: now)
        try await depot.log.cover(admission, handed: handed, acked: lower..<lower, at: now)
        running[credential] = (admission, Set(handed))
      }
      expected.append((running.isEmpty ? covered.count : 1_000, arrived))
    }
    for (index, expected) in expected.enumerated() {
      let line = try #require(try await depot.possessions(at: index + 1).first)
      #expect(line.bytes == expected.bytes, "seed \(seed), minute \(index + 1)")
      #expect(line.isComplete == expected.isComplete, "seed \(seed), minute \(index + 1)")
    }
    #expect(try await depot.ledger.verify(at: depot.world.now).faults == [])
  }

  @Test func `are found by index`() async throws {
    let depot = try await Depot()
    let plan = try await depot.ledger.plan(
      "SELECT * FROM delivery WHERE release = 'a/b' AND began_at <= 5"
    )
    #expect(plan.allSatisfy { $0.contains("delivery_by_release (release=? AND began_at<?)") })
  }
}

extension Depot {
  /// One whole delivery that hands out a range.
  fileprivate func hand(
    _ range: Range<Int>,
    _ path: String = "model.bin",
    of tier: Tier.ID = "weights",
    with credential: String = "key:SHA256:bob",
    at begin: Int,
    ending end: Int,
    as outcome: Delivery.Outcome = .partial
  ) async throws {
    let admission = try await log.admit(
      query(path, of: tier, with: credential),
      at: minute(begin)
    )
    try await log.end(
      admission,
      as: outcome,
      handed: range,
      acked: outcome == .complete ? range : range.prefix(0),
      evidence: .tcp,
      at: minute(end)
    )
    try await log.closeAbandoned(at: minute(end))
  }

  fileprivate func possessions(at minute: Int) async throws -> [Possession] {
    try await ledger.possessions(of: World.release, at: self.minute(minute))
  }

  fileprivate func bytes(at minute: Int) async throws -> [Int] {
    try await possessions(at: minute).map(\.bytes)
  }

  fileprivate func minute(_ count: Int) -> Instant { world.now + Duration(seconds: 60 * count) }
}
