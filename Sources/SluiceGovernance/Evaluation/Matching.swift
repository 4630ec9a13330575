/// Which head fills which slot of the `approve` items of one branch.
///
/// As many slots are filled as can be, and one head fills one slot, whatever roles it holds. Slots
/// are tried in file order and heads in roster order, free heads before taken ones: the same
/// verdicts give the same explanation, byte for byte.
public struct Matching: Hashable, Sendable {
  /// The head in each slot, in file order; `nil` where nobody is left for it.
  public private(set) var heads: [Principal.ID?]

  private let candidates: [[Principal.ID]]

  /// Fills `slots`, an item of `count` 2 being two of them, with the `members` of their roles.
  public init(slots: [Role.ID], members: [Role.ID: [Principal.ID]]) {
    self.init(candidates: slots.map { members[$0] ?? [] })
  }

  /// Fills slots, each with one of its own candidates.
  public init(candidates: [[Principal.ID]]) {
    heads = candidates.map { _ in nil }
    self.candidates = candidates
    for slot in candidates.indices {
      var asked: Set<Principal.ID> = []
      _ = fill(slot, asking: &asked)
    }
  }

  /// Whether every slot has its head.
  public var isComplete: Bool { !heads.contains(nil) }

  /// Seats a head in `slot`, moving others to other slots where that makes room.
  ///
  /// `asked` keeps one search from asking a head twice, so it ends after at most every head once.
  private mutating func fill(_ slot: Int, asking asked: inout Set<Principal.ID>) -> Bool {
    let news = candidates[slot].filter { asked.insert($0).inserted }
    if let free = news.first(where: { !heads.contains($0) }) {
      heads[slot] = free
      return true
    }
    for head in news {
      guard let taken = heads.firstIndex(of: head), fill(taken, asking: &asked) else { continue }
      heads[slot] = head
      return true
    }
    return false
  }
}
