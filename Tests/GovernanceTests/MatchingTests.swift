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
    let members = Dictionary(
      uniqueKeysWithValues: roles.enumerated().map { index, role in
        (role, heads.indices.filter { roster >> (3 * index + $0) & 1 == 1 }.map { heads[$0] })
      }
    )
    for slots in Self.rows(of: roles) {
      let found = Matching(slots: slots, members: members).heads
      let seated = found.compactMap(\.self)
      let isFair = Set(seated).count == seated.count
      let isTrue = zip(slots, found).allSatisfy { slot, head in
        head.map { members[slot]?.contains($0) == true } ?? true
      }
      let isLargest = seated.count == Self.most(slots[...], members, taken: [])
      if !isFair || !isTrue || !isLargest {
        Issue.record("\(slots) from \(members): \(found)")
      }
    }
  }

  /// Every row of one to four slots.
  private static func rows(of roles: [Role.ID]) -> [[Role.ID]] {
    var rows: [[Role.ID]] = []
    var last: [[Role.ID]] = [[]]
    for _ in 1...4 {
      last = last.flatMap { row in roles.map { row + [$0] } }
      rows += last
    }
    return rows
  }

  /// The most slots that can be filled, by trying everything.
  private static func most(
    _ slots: ArraySlice<Role.ID>,
    _ members: [Role.ID: [Principal.ID]],
    taken: Set<Principal.ID>
  ) -> Int {
    guard let slot = slots.first else { return 0 }
    let free = (members[slot] ?? []).filter { !taken.contains($0) }
    let filled = free.map { 1 + most(slots.dropFirst(), members, taken: taken.union([$0])) }
    return max(filled.max() ?? 0, most(slots.dropFirst(), members, taken: taken))
  }
}
