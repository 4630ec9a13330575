import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// A delivery that has begun.
private struct Begun {
  let index: Int
  let grant: Int
  let file: ManifestFileText
  let at: Int
  let isNew: Bool
}

/// A file as bodies and rows name it.
struct ManifestFileText {
  let path: String
  let sha256: String
  let size: Int
}

extension Bulk {
  /// How many deliveries are under way at once.
  private static let together = 64
  /// How many have not ended when all is said.
  private static let left = 100

  /// The deliveries of a day; each grant makes use of the files of its tier in turn.
  func deliver(_ places: Range<Int>, on day: Instant) throws {
    var next = places.lowerBound
    while next < places.upperBound {
      let end = min(next + Self.together, places.upperBound)
      // From the fourth hour on, when what was held after its decision no longer is.
      let passed = 180 + (next - places.lowerBound) * 1_250 / max(places.count, 1)
      let now = max(day + Duration(seconds: 60 * passed), clock)
      let began = try (next..<end).map { place in
        // Half of all deliveries are the large release's, as half of all grants are.
        let usable = issued[place & 1]
        let grant = usable[Int.random(in: usable.indices, using: &lottery)]
        return try begin(place, of: grant, at: now)
      }
      clock = now + Duration(seconds: 10)
      for delivery in began { try close(delivery, at: clock) }
      next = end
    }
  }

  /// The last deliveries, which are under way, all by grants below ``Scale/underWay``.
  func leaveOpen(at now: Instant) throws {
    let usable = (0..<Scale.underWay).filter(Scale.serves)
    for place in 0..<Self.left {
      let begun = try begin(place, of: usable[place % usable.count], at: now)
      try insert(begun, end: [.null, .null, .null])
      let person = Scale.holder(of: begun.grant)
      try rows.ongoing.insert([
        .number(begun.index), .text(grants[begun.grant].hex),
        .text("token:\(Scale.token(person))"), .text(Scale.person(person)), "weights",
        .text(begun.file.path), 1, .number(begun.at),
      ])
    }
  }

  /// What the trigger that was away would have counted: each grant has a line for each file.
  func countReceived() throws {
    for (number, ground) in grounds.enumerated() {
      let used = uses.indices.filter { uses[$0] > 0 && Scale.release(of: $0) == number }
      guard !used.isEmpty else { continue }
      let lines = used.reduce(0) { $0 + min(Int(uses[$1]), ground.files.count) }
      try rows.received.insert([.text(ground.id.rawValue), .number(lines), .number(used.count)])
    }
  }

  private func begin(_ place: Int, of grant: Int, at now: Instant) throws -> Begun {
    let ground = grounds[Scale.release(of: grant)]
    let use = Int(uses[grant])
    uses[grant] = UInt8(min(use + 1, 255))
    let found = ground.files[use % ground.files.count]
    let file = ManifestFileText(path: found.path, sha256: found.sha256.hex, size: found.size)
    let index = log.index
    let person = Scale.holder(of: grant)
    var members = Members()
    members.add("agent", "huggingface_hub/1.2.0; python/3.11.2; torch/2.4.0")
    members.add("at", now.description)
    members.add("credential", "token:\(Scale.token(person))")
    members.add("file", file.path)
    members.add("grant", grants[grant].hex)
    members.add("holder", Scale.pseudonym(person))
    members.add("kind", "deliver")
    members.add("peer", "192.0.2.\(place & 255)")
    members.add("release", ground.id.rawValue)
    members.add("seq", index)
    members.add("sha256", file.sha256)
    members.add("size", file.size)
    members.add("tier", "weights")
    members.add("v", 1)
    try log.append(members.closed(), at: self.place("deliver", now, in: ground))
    let isNew = use < ground.files.count
    return Begun(
      index: index,
      grant: grant,
      file: file,
      at: now.seconds,
      isNew: isNew
    )
  }

  private func close(_ begun: Begun, at now: Instant) throws {
    let index = log.index
    let size = begun.file.size
    var members = Members()
    members.add("acked", size)
    members.add("at", now.description)
    members.add("coverage", json: begun.isNew ? "[[0,\(size)]]" : "[]")
    members.add("deliver", begun.index)
    members.add("evidence", "tcp")
    members.add("handed", size)
    members.add("kind", "delivered")
    members.add("outcome", "complete")
    members.add("seq", index)
    members.add("v", 1)
    let ground = grounds[Scale.release(of: begun.grant)]
    try log.append(members.closed(), at: place("delivered", now, in: ground))
    try insert(begun, end: [.number(now.seconds), "complete", .number(index)])
    guard begun.isNew else { return }
    try rows.coverage.insert([
      .number(begun.index), 0, .number(size), .number(now.seconds),
    ])
  }

  private func place(_ kind: String, _ now: Instant, in ground: Groundwork.Ground)
    -> LogWriter.Place
  {
    .init(kind: kind, at: now.seconds, release: ground.id.rawValue, folds: false)
  }

  private func insert(_ begun: Begun, end: [Cell]) throws {
    let person = Scale.holder(of: begun.grant)
    try rows.delivery.insert(
      [
        .number(begun.index), .text(Scale.person(person)), .text("token:\(Scale.token(person))"),
        .text(grants[begun.grant].hex),
        .text(grounds[Scale.release(of: begun.grant)].id.rawValue), "weights",
        .text(begun.file.path), .text(begun.file.sha256), .number(begun.file.size),
        .number(begun.at),
      ] + end
    )
  }
}
