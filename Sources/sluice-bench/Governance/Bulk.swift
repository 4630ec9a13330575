import SluiceEncoding
import SluiceGovernance

/// Fills a deployment with people, cases, grants and deliveries, day by day, in the order in which a
/// log has them.
///
/// Each row is what the ledger would have written, signatures and explanations too.
final class Bulk {
  let scale: Scale
  let grounds: [Groundwork.Ground]
  let rows: Rows
  let log: LogWriter
  let speech: Speech
  let terms = SHA256Digest(of: Texts.terms).hex
  let roster: String
  let manager: (name: String, pseudonym: String)
  let steward: (name: String, pseudonym: String)
  var lottery = Lottery(seed: 2)
  /// The grants: their digests, how often each was made use of, and which there are by now, those of
  /// the large release first.
  var grants: [SHA256Digest]
  var uses: [UInt8]
  var issued: [[Int]] = [[], []]
  /// Log time of the last entry about a delivery.
  var clock = Scale.start
  var number: Int
  private let database: RawDatabase

  init(_ database: RawDatabase, _ scale: Scale, _ grounds: [Groundwork.Ground], roster: String)
    throws
  {
    self.database = database
    self.scale = scale
    self.grounds = grounds
    self.roster = roster
    rows = try Rows(database)
    log = try LogWriter(database)
    speech = try Speech(database, log)
    number = try database.integer("SELECT MAX(number) FROM case_file")
    func known(_ name: String) throws -> (String, String) {
      let sql = "SELECT pseudonym FROM pseudonym WHERE principal = '\(name)'"
      return (name, try database.texts(sql).first ?? "")
    }
    manager = try known(Texts.managers[0])
    steward = try known(Texts.stewards[0])
    grants = [SHA256Digest](repeating: SHA256Digest(of: Texts.terms), count: scale.grants)
    uses = [UInt8](repeating: 0, count: scale.grants)
  }

  /// Writes all of it; `tell` hears how many deliveries there are by now.
  func fill(tell: (Int) -> Void) throws {
    try register()
    var made = (grants: 0, deliveries: 0, asked: 0)
    var undecided = [[Filed]](repeating: [], count: Scale.days + 1)
    for day in 1...Scale.days {
      try database.run("BEGIN")
      let begin = Scale.start + Duration(seconds: day * 86_400)
      var due = (
        grants: scale.grants * day / Scale.days, deliveries: scale.deliveries * day / Scale.days,
        asked: scale.asked * max(0, day - Scale.days + Scale.openDays) / Scale.openDays
      )
      for (filed, now) in spread(made.grants..<due.grants, over: begin) {
        let filed = try file(filed, at: now)
        undecided[min(day + Scale.delay(of: filed.place), Scale.days)].append(filed)
      }
      let second = begin + Duration(seconds: 3_600)
      for (filed, now) in spread(undecided[day], over: second) { try grant(filed, at: now) }
      let third = begin + Duration(seconds: 7_200)
      for (asked, now) in spread(made.asked..<due.asked, over: third) { try ask(asked, at: now) }
      // Nobody is handed anything before there is a grant of each half.
      if issued.contains(where: \.isEmpty) { due.deliveries = made.deliveries }
      try deliver(made.deliveries..<due.deliveries, on: begin)
      undecided[day] = []
      made = due
      try database.run("COMMIT")
      if day.isMultiple(of: 10) { tell(made.deliveries) }
    }
    try database.run("BEGIN")
    try leaveOpen(at: scale.now)
    try countReceived()
    try log.finish()
    try database.run("COMMIT")
  }

  /// The items with instants of one hour, in their order.
  private func spread<Items: RandomAccessCollection>(_ items: Items, over hour: Instant)
    -> [(Items.Element, Instant)]
  {
    items.enumerated().map { place, item in
      (item, hour + Duration(seconds: 3_599 * place / max(items.count, 1)))
    }
  }

  /// Everybody with a token and a pseudonym.
  private func register() throws {
    try database.run("BEGIN")
    for person in 0..<scale.people {
      let name = Scale.person(person)
      let handle = String(name.dropFirst("person:".count))
      let since = Scale.start.seconds
      try rows.principal.insert([
        .text(name), .text(handle), .text("Person \(person)"), .text("\(handle)@bench.invalid"), 0,
        .number(since),
      ])
      let secret = SHA256Digest(of: Array(Scale.secret(person).utf8)).hex
      try rows.token.insert([
        .text(Scale.token(person)), .text(secret), .text(name), "laptop", .number(since),
      ])
      try rows.pseudonym.insert([.text(Scale.pseudonym(person)), .text(name)])
    }
    try database.run("COMMIT")
  }
}
