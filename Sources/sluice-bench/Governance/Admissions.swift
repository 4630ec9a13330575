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
  struct Figures {
    /// Sluice's admissions a second, of the peer's, in the median round.
    var ratio = 0.0
    /// Of Sluice, in the median round.
    var perSecond = 0.0
    /// What 99 of 100 admissions took at most, in ms, of Sluice and of the peer.
    var slow = (own: 0.0, peer: 0.0)
    /// The median of a commit's duration, in ms.
    var commit = 0.0
  }

  private struct Round {
    var admissions: [Double] = []
    var commits: [Double] = []
    var seconds = 0.0
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
      let mine = try admit(asked)
      try undo.run(after: asked.count)
      let theirs = try self.ask(peer, asked)
      try undo.run(after: asked.count)
      // The first round fills the caches.
      guard round > 0 else { continue }
      own.append(mine)
      others.append(theirs)
    }
    let count = Double(together * commits)
    return Figures(
      ratio: zip(own, others).map { $1.seconds / $0.seconds }.median,
      perSecond: own.map { count / $0.seconds }.median,
      slow: (
        own.flatMap(\.admissions).quantile(0.99), others.flatMap(\.admissions).quantile(0.99)
      ),
      commit: own.flatMap(\.commits).median
    )
  }

  /// Different files of grants that are live, and not under way.
  private func questions(_ count: Int, with lottery: inout Lottery) -> [Question] {
    var seen: Set<Question> = []
    var asked: [Question] = []
    while asked.count < count {
      let grant = Int.random(in: 100..<generated.scale.grants, using: &lottery)
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
    round.admissions.reserveCapacity(asked.count)
    let began = ContinuousClock.now
    for start in stride(from: 0, to: queries.count, by: together) {
      var last = ContinuousClock.now
      try ledger.database.write { db in
        for query in queries[start..<start + together] {
          let now = try ledger.logTime(clock, in: db)
          let admission = try ledger.clearance(for: query, at: now, in: db)
          _ = try ledger.begin(admission, for: query, at: now, in: db)
          let done = ContinuousClock.now
          round.admissions.append((done - last) / .milliseconds(1))
          last = done
        }
      }
      round.commits.append((ContinuousClock.now - last) / .milliseconds(1))
    }
    round.seconds = (ContinuousClock.now - began) / .seconds(1)
    return round
  }

  private func ask(_ peer: Peer, _ asked: [Question]) throws -> Round {
    try peer.prepare(asked)
    var round = Round()
    round.admissions.reserveCapacity(asked.count)
    let began = ContinuousClock.now
    for start in stride(from: 0, to: asked.count, by: together) {
      var last = ContinuousClock.now
      try peer.begin()
      for place in start..<start + together {
        try peer.admit(place)
        let done = ContinuousClock.now
        round.admissions.append((done - last) / .milliseconds(1))
        last = done
      }
      try peer.commit()
      round.commits.append((ContinuousClock.now - last) / .milliseconds(1))
    }
    round.seconds = (ContinuousClock.now - began) / .seconds(1)
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

/// Takes back what a round has put in, so that every round finds the same.
struct Undo {
  private let database: RawDatabase
  private let base: Int
  private let frontier: [UInt8]

  init(_ path: String) throws {
    database = try RawDatabase(path)
    try database.run("PRAGMA busy_timeout = 5000")
    let stored = try database.prepare("SELECT bytes FROM frontier")
    frontier = try stored.step() ? stored.blob(0) : []
    stored.reset()
    base = try database.integer("SELECT MAX(seq) + 1 FROM event")
  }

  /// Takes it back; `count` is how many admissions there must have been.
  func run(after count: Int) throws {
    let found = try database.integer("SELECT count(*) FROM delivery WHERE seq >= \(base)")
    try database.run(
      """
      BEGIN IMMEDIATE;
      DELETE FROM ongoing WHERE delivery >= \(base);
      DELETE FROM delivery WHERE seq >= \(base);
      DELETE FROM event WHERE seq >= \(base);
      DELETE FROM subtree WHERE ((position + 1) << (8 * level)) > \(base);
      """
    )
    let restore = try database.prepare("UPDATE frontier SET bytes = ?")
    restore.bind(1, blob: frontier)
    try restore.run()
    try database.run("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
    guard found == count else {
      throw RawDatabase.Fault(description: "\(found) of \(count) admissions were recorded")
    }
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
