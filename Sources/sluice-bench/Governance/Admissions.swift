import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// How many admissions a second, by the complete delivery rule and by the bare join of the peer.
///
/// Both commit the same number together, with the same settings, and put the same rows in; each
/// round is taken back afterwards, outside the time that is measured.
struct Admissions {
  /// What a series of rounds came to.
  ///
  /// By the clock on the wall the best round counts of each side, because other programs on the machine
  /// take what they want of it.
  struct Figures {
    /// Sluice's admissions a second, of the peer's.
    let ratio: Double
    /// Sluice's admissions a second.
    let perSecond: Double
    /// What 99 of 100 admissions took at most, in ms, of Sluice and of the peer.
    let slow: (own: Double, peer: Double)
    /// The median of a commit's duration, in ms.
    let commit: Double
    /// The ratio in processor time.
    let worked: Double
    /// Of the processor, commits included, in ms an admission.
    let each: (own: Double, peer: Double)
    /// What 99 of 100 admissions took at most of the processor, in ms.
    let slowWork: Double

    fileprivate init(_ own: [Round], _ peer: [Round]) {
      let (best, other) = (own.map(\.seconds).min() ?? 1, peer.map(\.seconds).min() ?? 0)
      ratio = other / best
      perSecond = Double(own.first?.admissions.count ?? 0) / best
      slow = (
        own.map { $0.admissions.quantile(0.99) }.min() ?? 0,
        peer.map { $0.admissions.quantile(0.99) }.min() ?? 0
      )
      commit = own.map(\.commits.median).min() ?? 0
      let (work, otherWork) = (own.map(\.worked).min() ?? 1, peer.map(\.worked).min() ?? 0)
      worked = otherWork / work
      let count = Double(own.first?.admissions.count ?? 1)
      each = (1_000 * work / count, 1_000 * otherWork / count)
      slowWork = own.flatMap(\.works).quantile(0.99)
    }
  }

  fileprivate struct Round {
    var admissions: [Double] = []
    var works: [Double] = []
    var commits: [Double] = []
    var seconds = 0.0
    var worked = 0.0
    private var last = (wall: ContinuousClock.now, work: Work.now)

    /// A transaction is about to begin.
    mutating func begin() { last = (ContinuousClock.now, Work.now) }

    /// One more is admitted; of the first the beginning is a part.
    mutating func admitted() {
      let (wall, work) = lap()
      admissions.append(1_000 * wall)
      works.append(1_000 * work)
    }

    /// The transaction is on the disk.
    mutating func committed() { commits.append(1_000 * lap().wall) }

    private mutating func lap() -> (wall: Double, work: Double) {
      let now = (wall: ContinuousClock.now, work: Work.now)
      let lap = (wall: (now.wall - last.wall) / .seconds(1), work: now.work - last.work)
      (seconds, worked, last) = (seconds + lap.wall, worked + lap.work, now)
      return lap
    }
  }

  let generated: Generated
  /// How many are committed together.
  let together: Int
  /// How many commits a round has.
  let commits: Int

  /// Interleaves rounds of both.
  func measure(rounds: Int) throws -> Figures {
    var lottery = Lottery(seed: 3)
    let peer = try Peer(generated, most: together * commits)
    let undo = try Undo(generated.path)
    var (own, others): ([Round], [Round]) = ([], [])
    for round in 0...rounds {
      let asked = questions(together * commits, with: &lottery)
      // Who comes second finds in memory what the first had to fetch; so they take turns.
      var mine = Round()
      if round.isMultiple(of: 2) {
        mine = try admit(asked)
        try undo.run(after: asked.count)
      }
      let theirs = try self.ask(peer, asked)
      try undo.run(after: asked.count)
      if !round.isMultiple(of: 2) {
        mine = try admit(asked)
        try undo.run(after: asked.count)
      }
      // The first round fills the caches.
      guard round > 0 else { continue }
      own.append(mine)
      others.append(theirs)
    }
    try undo.finish()
    return Figures(own, others)
  }

  /// Different files of grants that are live, and not under way.
  private func questions(_ count: Int, with lottery: inout Lottery) -> [Question] {
    var seen: Set<Question> = []
    var asked: [Question] = []
    while asked.count < count {
      let grant = Int.random(in: Scale.underWay..<generated.scale.grants, using: &lottery)
      let file = Int.random(in: 0..<generated.grounds[0].files.count, using: &lottery)
      let question = Question(grant: grant, file: file)
      if Scale.serves(grant), seen.insert(question).inserted { asked.append(question) }
    }
    return asked
  }

  private func admit(_ asked: [Question]) throws -> Round {
    let queries = asked.map { $0.query(in: generated.grounds) }
    let ledger = generated.ledger
    let clock = generated.scale.now
    var round = Round()
    for start in stride(from: 0, to: queries.count, by: together) {
      round.begin()
      try ledger.database.write { db in
        for query in queries[start..<start + together] {
          let now = try ledger.logTime(clock, in: db)
          let admission = try ledger.clearance(for: query, at: now, in: db)
          _ = try ledger.begin(admission, for: query, at: now, in: db)
          round.admitted()
        }
      }
      round.committed()
    }
    return round
  }

  private func ask(_ peer: Peer, _ asked: [Question]) throws -> Round {
    try peer.prepare(asked)
    var round = Round()
    for start in stride(from: 0, to: asked.count, by: together) {
      round.begin()
      try peer.begin()
      for place in start..<start + together {
        try peer.admit(place)
        round.admitted()
      }
      try peer.commit()
      round.committed()
    }
    return round
  }
}

/// Somebody asks for a file of their grant.
struct Question: Hashable {
  let grant: Int
  let file: Int

  var person: Int { Scale.holder(of: grant) }

  func ground(in grounds: [Groundwork.Ground]) -> Groundwork.Ground {
    grounds[Scale.release(of: grant)]
  }

  func query(in grounds: [Groundwork.Ground]) -> DeliveryQuery {
    let ground = ground(in: grounds)
    return DeliveryQuery(
      release: ground.id,
      tier: "weights",
      path: ground.files[file].path,
      sha256: ground.files[file].sha256,
      principal: Principal.ID(Scale.person(person)),
      credential: "token:\(Scale.token(person))",
      peer: "192.0.2.7",
      agent: "huggingface_hub/1.2.0; python/3.11.2; torch/2.4.0"
    )
  }
}

extension Array where Element == Double {
  var median: Double { quantile(0.5) }

  /// The least of the values that a part of all does not exceed.
  func quantile(_ part: Double) -> Double {
    guard !isEmpty else { return 0 }
    return sorted()[Swift.min(Int(part * Double(count)), count - 1)]
  }
}
