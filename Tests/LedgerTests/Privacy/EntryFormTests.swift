import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import Testing

@Suite("The form of an entry")
struct EntryFormTests {
  /// What says nothing about anybody.
  static let alwaysPublic: Set<String> = [
    "log.opened", "signers", "tick", "erase", "suspend", "count",
  ]

  @Test(arguments: Deed.all, [false, true])
  func `follows from what it is about and whether the record has begun`(
    deed: Deed,
    hasBegun: Bool
  ) async throws {
    var town = try await Town.settled(isPublic: hasBegun)
    try await deed.act(&town)
    let row = try #require(try await town.rows().last { $0.kind == deed.kind })
    #expect(row.isAboutRelease == deed.isAboutRelease)
    #expect(row.isPublic == (deed.isAboutRelease && hasBegun))
    #expect((row.salt == nil) == row.isPublic)
    let faults = try await town.faults()
    #expect(faults == [])
  }

  @Test func `is tried for every kind of entry that can have both`() {
    let tried = Set(Deed.all.map(\.kind))
    #expect(tried.union(Self.alwaysPublic) == Set(Event.Kind.allCases.map { $0.rawValue }))
    #expect(tried.isDisjoint(with: Self.alwaysPublic))
  }

  @Test(arguments: [false, true])
  func `is public from the start of what says nothing about anybody`(hasBegun: Bool) async throws {
    var town = try await Town.settled(isPublic: hasBegun)
    if hasBegun {
      _ = try await town.log.admit(town.query("paper"), at: town.now)
      town.now = town.now + Duration(seconds: 7_200)
      try await town.log.settle(at: town.now)
      #expect(try await town.rows().last?.kind == "count")
    }
    for row in try await town.rows() where Self.alwaysPublic.contains(row.kind) {
      #expect(row.isPublic)
      #expect(!row.isAboutRelease)
    }
  }

  @Test func `changes after the decision that opens the first stage to everyone`() async throws {
    var town = try await Town.settled(isPublic: false)
    try await town.open("public")
    let last = try await town.rows().suffix(2)
    #expect(last.map(\.kind) == ["decide", "issue"])
    #expect(last.map(\.isPublic) == [false, true])
    #expect(last.map(\.isAboutRelease) == [true, true])
  }

  @Test(arguments: [
    (true, "is public, and must be sealed"), (false, "is sealed, and must be public"),
  ])
  func `is checked by an audit, whatever the tree says`(
    isMadePublic: Bool,
    fault: String
  ) async throws {
    var town = try await Town.settled(isPublic: !isMadePublic)
    try await town.measure()
    let index = try await town.rewriteLast(asPublic: isMadePublic)
    let faults = try await town.faults()
    #expect(faults == ["event \(index): \(fault)"])
  }
}

extension Town {
  /// Gives the last entry the other form, with leaf and tree to match.
  fileprivate func rewriteLast(asPublic isPublic: Bool) async throws -> Int {
    try await ledger.database.write { db in
      let row = try #require(
        try GRDB.Row.fetchOne(db, sql: "SELECT * FROM event ORDER BY seq DESC LIMIT 1")
      )
      let (index, body): (Int, Data) = (row["seq"], row["body"])
      let salt = isPublic ? nil : Array(repeating: UInt8(7), count: 32)
      let entry = try SealedEntry(event: Array(body), salt: salt)
      try db.execute(
        sql: "UPDATE event SET salt = ?, entry = ?, leaf = ? WHERE seq = ?",
        arguments: [
          salt.map { Data($0) }, Data(entry.bytes), Data(entry.leaf.bytes), index,
        ]
      )
      var frontier = Frontier()
      for leaf in try Data.fetchAll(db, sql: "SELECT leaf FROM event ORDER BY seq") {
        frontier.append(try SHA256Digest(bytes: Array(leaf)))
      }
      try ledger.save(frontier, in: db)
      return index
    }
  }
}
