import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import Testing

@Suite("Erasing answers")
struct ErasingAnswersTests {
  @Test func `changes no hash, no decision and no number`() async throws {
    var town = try await Town.settled(isPublic: true)
    let grant = try await town.grant()
    let before = try await town.rows().map(\.entry)
    let statistics = try await town.ledger.statistics(of: Town.release)
    let tables = ["statement", "decision", "case_file", "grant_row", "grant_tier", "acceptance"]
    var kept: [String: [String]] = [:]
    for table in tables { kept[table] = try await town.table(table) }

    let erasure = try await town.ledger.eraseAnswers(
      of: grant.terms.case,
      basis: "Art. 17",
      at: town.now
    )
    #expect(erasure.isWiped)
    let rows = try await town.rows()
    #expect(erasure.erased.map { rows[$0].kind } == ["answer"])
    #expect(rows.prefix(before.count).map(\.entry) == before)
    #expect(rows.dropFirst(before.count).map(\.kind) == ["erase"])
    for table in tables {
      let now = try await town.table(table)
      #expect(now == kept[table])
    }
    #expect(try await town.ledger.statistics(of: Town.release) == statistics)
    #expect(try await town.ledger.answers(of: grant.terms.case).isEmpty)
    let report = try await town.ledger.verify(at: town.now)
    #expect(report.faults == [])
    #expect(report.counts.erased == 1)
    #expect(report.counts.answers == 0)
  }

  @Test func `reaches what was given after the grants of the case`() async throws {
    var town = try await Town.settled(isPublic: true)
    let grant = try await town.grant()
    town.pass(days: 31)
    try await town.answer(.grant(grant.id), form: "findings", ["found": "x"], by: "person:bob")
    let erasure = try await town.ledger.eraseAnswers(
      of: grant.terms.case,
      basis: "Art. 17",
      at: town.now
    )
    #expect(erasure.erased.count == 2)
    let left = try await town.table("answer")
    #expect(left.allSatisfy { $0.contains("salt=NULL|body=NULL") })
    let faults = try await town.faults()
    #expect(faults == [])
  }

  @Test func `is said in public, with the ground and the entries`() async throws {
    var town = try await Town.settled(isPublic: true)
    let grant = try await town.grant()
    let erasure = try await town.ledger.eraseAnswers(
      of: grant.terms.case,
      basis: "Art. 17",
      at: town.now
    )
    let last = try #require(try await town.rows().last)
    #expect(erasure.entries == [last.index])
    #expect(last.isPublic)
    let body = String(decoding: last.body ?? [], as: UTF8.self)
    #expect(body.contains(#""basis":"Art. 17""#))
    #expect(body.contains("\"indexes\":[\(erasure.erased[0])]"))
  }

  @Test func `needs a ground, and answers`() async throws {
    var town = try await Town.settled(isPublic: true)
    let asked = try await town.ask()
    let ledger = town.ledger
    let now = town.now
    await #expect(throws: Refusal.self) {
      try await ledger.eraseAnswers(of: asked.id, basis: "Art. 17", at: now)
    }
    try await town.answer(.case(asked.id), by: "person:bob")
    let naming = ["for bob", "Art. 17: BOB.", "person:bob"]
    for basis in [" ", "", String(repeating: "x", count: 1_001)] + naming {
      await #expect(throws: Refusal.self) {
        try await ledger.eraseAnswers(of: asked.id, basis: basis, at: now)
      }
    }
    _ = try await ledger.eraseAnswers(of: asked.id, basis: "Art. 17", at: now)
    await #expect(throws: Refusal.self) {
      try await ledger.eraseAnswers(of: asked.id, basis: "Art. 17", at: now)
    }
  }

  @Test func `takes what was shown before, and nothing that came since`() async throws {
    var town = try await Town.settled(isPublic: true)
    let grant = try await town.grant()
    let (ledger, id) = (town.ledger, grant.terms.case)
    let shown = try await ledger.erasable(answersOf: id)
    #expect(shown.counts.map { "\($0.number) \($0.kind)" } == ["1 answer"])
    town.pass(days: 31)
    try await town.answer(.grant(grant.id), form: "findings", ["found": "x"], by: "person:bob")
    let now = town.now
    await #expect(throws: Refusal.stale("what would go is not what was shown any more")) {
      try await ledger.eraseAnswers(of: id, basis: "x", expecting: shown.entries, at: now)
    }
    #expect(try await ledger.answers(of: id).count == 1)
    let again = try await ledger.erasable(answersOf: id)
    #expect(again.counts.map { "\($0.number) \($0.kind)" } == ["2 answer"])
    let erasure = try await ledger.eraseAnswers(
      of: id,
      basis: "x",
      expecting: again.entries,
      at: now
    )
    #expect(erasure.erased == again.entries)
    await #expect(throws: Refusal.unfit("there are no answers of this case")) {
      try await ledger.erasable(answersOf: id)
    }
  }

  @Test func `leaves nothing of them in the file`() async throws {
    let folder = try Folder()
    var town = try await Town.onDisk(folder)
    let asked = try await town.ask()
    try await town.answer(
      .case(asked.id),
      ["name": "Robert Roe", "purpose": .string(String(repeating: "xylophone ", count: 150))],
      by: "person:bob"
    )
    #expect(try folder.holds("Robert Roe") && folder.holds("xylophone"))
    let erasure = try await town.ledger.eraseAnswers(of: asked.id, basis: "Art. 17", at: town.now)
    #expect(erasure.isWiped)
    #expect(try !folder.holds("Robert Roe") && !folder.holds("xylophone"))
    try town.ledger.close()
  }
}

extension Folder {
  /// Whether some bytes are anywhere in the files of the ledger.
  func holds(_ text: String) throws -> Bool {
    let files = try FileManager.default.contentsOfDirectory(
      at: home.folder,
      includingPropertiesForKeys: nil
    ).filter { $0.lastPathComponent.hasPrefix("sluice.db") }
    return try files.contains { file in
      try Data(contentsOf: file).range(of: Data(text.utf8)) != nil
    }
  }
}
