import SluiceGovernance
import Testing

@Suite("A matching")
struct MatchingTests {
  typealias Vector = (slots: [Role.ID], members: [Role.ID: [Principal.ID]], heads: [Principal.ID?])

  /// The vectors of governance-domain 17.
  static let vectors: [Vector] = [
    (["a", "b"], ["a": ["x"], "b": ["x"]], ["x", nil]),
    (["a", "b"], ["a": ["x"], "b": ["x", "y"]], ["x", "y"]),
    (["b", "a"], ["a": ["x"], "b": ["x", "y"]], ["y", "x"]),
    (["a", "b"], ["a": ["x", "y"], "b": ["x"]], ["y", "x"]),
    (["a", "a", "b"], ["a": ["x", "y"], "b": ["y"]], ["x", "y", nil]),
  ]

  @Test(arguments: vectors)
  func `fills as many slots as different heads can`(vector: Vector) {
    let matching = Matching(slots: vector.slots, members: vector.members)
    #expect(matching.heads == vector.heads)
    #expect(matching.isComplete == !vector.heads.contains(nil))
  }

  @Test func `seats heads in the order of the roster`() {
    let matching = Matching(slots: ["board", "board"], members: ["board": ["ben", "cho", "dan"]])
    #expect(matching.heads == ["ben", "cho"])
  }

  @Test func `leaves the slot of an unknown role empty`() {
    let matching = Matching(slots: ["nobody"], members: [:])
    #expect(matching.heads == [nil])
    #expect(!matching.isComplete)
  }

  @Test func `of no slots is complete`() {
    #expect(Matching(slots: [], members: ["a": ["x"]]).isComplete)
  }

  /// A small domain, whole: three heads, three roles, up to four slots.
  ///
  /// 512 rosters times 120 rows of slots are 61,440 matchings, each compared with the most that any
  /// seating can do.
  @Test func `is as large as any, and seats nobody twice or in a foreign role`() {
    for roster in 0..<512 { judge(roster) }
  }

  private func judge(_ roster: Int) {
    let roles: [Role.ID] = ["a", "b", "c"]
    let heads: [Principal.ID] = ["x", "y", "z"]
    let sets = roles.indices.map { roster >> (3 * $0) & 7 }
    let members = Dictionary(
      uniqueKeysWithValues: zip(roles, sets).map { role, set in
        (role, heads.indices.filter { set >> $0 & 1 == 1 }.map { heads[$0] })
      }
    )
    for row in Self.rows {
      let found = Matching(slots: row.map { roles[$0] }, members: members).heads
      let seats = found.map { head in head.flatMap { heads.firstIndex(of: $0) } }
      let seated = seats.compactMap(\.self)
      let isFair = Set(seated).count == seated.count
      let isTrue = zip(row, seats).allSatisfy { slot, head in
        head.map { sets[slot] >> $0 & 1 == 1 } ?? true
      }
      if !isFair || !isTrue || seated.count != Self.most(row.map { sets[$0] }, taken: 0) {
        Issue.record("\(row) from \(members): \(found)")
      }
    }
  }

  /// Every row of one to four slots, a slot being the index of its role.
  private static let rows: [[Int]] = {
    var rows: [[Int]] = []
    var last: [[Int]] = [[]]
    for _ in 1...4 {
      last = last.flatMap { row in (0..<3).map { row + [$0] } }
      rows += last
    }
    return rows
  }()

  /// The most slots that can be filled, by trying everything; sets of heads are bits.
  private static func most(_ slots: [Int], taken: Int) -> Int {
    guard let slot = slots.first else { return 0 }
    let rest = Array(slots.dropFirst())
    var best = most(rest, taken: taken)
    for head in 0..<3 where (slot & ~taken) >> head & 1 == 1 {
      best = max(best, 1 + most(rest, taken: taken | 1 << head))
    }
    return best
  }
}
