import Foundation
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import Testing

@Suite("The public record")
struct PublicRecordTests {
  @Test func `begins with the first stage for everyone, and not before`() async throws {
    var town = try await Town.settled(isPublic: false)
    for name in [Town.release, "no/such"] {
      let record = try await town.ledger.publicRecord(of: name)
      #expect(record == nil)
    }
    town.pass(days: 1)
    try await town.open("public")
    let record = try #require(try await town.ledger.publicRecord(of: Town.release))
    #expect(record.since == town.now)
    #expect(record.log == (try await town.ledger.head()))
  }

  @Test func `opens every event about the release, of before and after, and no other`() async throws
  {
    var town = try await Town.settled(isPublic: true)
    try await town.grant()
    try await town.measure()
    let record = try #require(try await town.ledger.publicRecord(of: Town.release))
    let rows = try await town.rows()
    #expect(record.openings.map(\.index) == rows.filter(\.isAboutRelease).map(\.index))
    for opening in record.openings {
      let entry = try SealedEntry(bytes: rows[opening.index].entry)
      #expect(entry.opens(event: opening.event, salt: opening.salt))
    }
    let sealed = record.openings.filter { $0.salt != nil }.map(\.index)
    let begun = try #require(rows.firstIndex { $0.kind == "issue" && $0.isPublic })
    #expect(sealed == rows.prefix(begun).filter(\.isAboutRelease).map(\.index))
  }

  @Test func `shows people as the roster does, and everybody else by pseudonym`() async throws {
    var town = try await Town.settled(isPublic: true)
    try await town.measure()
    _ = try await town.grantEmergency()
    let record = try #require(try await town.ledger.publicRecord(of: Town.release))
    let opening = try #require(record.cases.first { $0.stage == "gated" })
    #expect(opening.verdicts.map(\.by) == ["ana", "Reviewer 7", "dee"])
    #expect(opening.approvals == 3)
    #expect(opening.filedBy == "clerk")
    #expect(record.versions.map(\.rosterText) == [nil])
    #expect(record.versions[0].people.map(\.name).contains("Reviewer 7"))
    let author = try #require(record.evidence.first?.by)
    #expect(author.hasPrefix("p_"))
    let emergency = try #require(record.cases.first { $0.kind == .emergency })
    #expect(emergency.filedBy == "cho")
    #expect(emergency.holder?.hasPrefix("p_") == true)
    #expect(record.cases.contains { $0.kind == .review && $0.holder == emergency.holder })
  }

  @Test func `has tallies, dissent and reasons of what has ended, and nothing of what is open`()
    async throws
  {
    var town = try await Town.settled(isPublic: true)
    let asked = try await town.proposal()
    try await town.deny(asked, by: "person:cho")
    try await town.approve(asked, by: "person:ana")
    var record = try #require(try await town.ledger.publicRecord(of: Town.release))
    #expect(record.cases.last?.verdicts == [])
    try await town.approve(asked, by: "person:ben")
    try await town.approve(asked, by: "person:dee")
    record = try #require(try await town.ledger.publicRecord(of: Town.release))
    let line = try #require(record.cases.last)
    #expect(line.state == .approved)
    #expect(line.approvals == 3)
    #expect(line.dissent.map(\.by) == ["cho"])
    #expect(line.dissent.map(\.reason) == ["Not so."])
    #expect(line.dissent.map(\.denial) == [.safety])
    #expect(line.dissent.map(\.isCounted) == [false])
  }

  @Test func `names a breach and who confirmed it, never who warned`() async throws {
    var town = try await Town.settled(isPublic: true)
    let said = try await town.warn()
    #expect(try await town.record().evidence == [])
    try await town.say(.confirm(reason: ""), about: said.asSubject, by: "person:hal")
    let breach = try #require(try await town.record().evidence.first)
    #expect(breach.kind == "embargo-breach")
    #expect(breach.by == nil && breach.statement == nil && breach.method.isEmpty)
    #expect(breach.confirmedBy == ["hal"])
    #expect(breach.tiers == ["weights"])
  }

  @Test func `has holds on tiers and stages, and no other`() async throws {
    var town = try await Town.settled(isPublic: true)
    for name in ["tier:paper", "stage:gated", "person:bob"] {
      _ = try await town.hold(town.subject(name))
    }
    #expect(try await town.record().holds.map(\.subject) == ["tier:paper", "stage:gated"])
  }

  @Test func `counts requests, and says nothing else about them`() async throws {
    var town = try await Town.settled(isPublic: true)
    #expect(try await town.record().statistics == Statistics())
    let denied = try await town.ask(by: "person:eve")
    town.now = town.now + Duration(seconds: 3_600)
    try await town.deny(denied, by: "person:ana")
    let asked = try await town.ask()
    try await town.answer(.case(asked.id), by: "person:bob")
    try await town.say(.accept, about: town.use, by: "person:bob")
    town.pass(days: 8)
    try await town.approve(asked, by: "person:ana")
    _ = try await town.ask(by: "person:bob", "More.")
    #expect(
      try await town.record().statistics
        == Statistics(
          requests: 3,
          approved: 1,
          denied: 1,
          overdue: 1,
          median: Duration(seconds: (3_600 + 8 * 86_400) / 2),
          ninetieth: Duration(seconds: 8 * 86_400)
        )
    )
  }

  @Test func `has no personal datum outside rosters and described memberships`() async throws {
    var town = try await Town.settled(isPublic: true)
    try await town.invite("person:bob", ["sector": "press", "region": "Europe"])
    try await town.invite("person:eve", ["sector": "academia", "region": "Asia"])
    try await town.say(.leave("person:eve"), by: "person:eve")
    try await town.receive(as: "person:bob")
    _ = try await town.grantEmergency()
    _ = try await town.warn()
    let denied = try await town.ask(by: "person:eve", "Eve wants it for herself.")
    try await town.deny(denied, by: "person:ana")
    let record = try await town.record()
    #expect(
      record.groups.map(\.members) == [
        [["region": "Asia", "sector": "academia"], ["region": "Europe", "sector": "press"]]
      ]
    )
    let text = record.json.text
    for word in [
      "bob", "person:eve", "\"eve\"", "Robert Roe", "To measure", "herself", "An outage", "forum",
      "192.0",
    ] {
      #expect(!text.contains(word), "\(word)")
    }
    // ben is shown as somebody else, so nothing gives the other name.
    #expect(!text.contains("person:ben") && !text.contains("\"ben\""))
  }

  @Test func `has the policy, the texts and the questions of every version`() async throws {
    var town = try await Town.settled(isPublic: true)
    let filed = try await town.file(try town.nextAmendment, by: "person:ana")
    for head in ["person:ben", "person:cho", "person:dee"] as [Principal.ID] {
      try await town.approve(filed, by: head)
    }
    let record = try await town.record()
    #expect(record.versions.map(\.rosterVersion) == [1, 2])
    #expect(record.versions.map(\.case) == [1, filed.number])
    #expect(record.versions.map { $0.terms.map(\.text) } == [["Be kind.\n"], ["Be kind.\n"]])
    let json = record.json.text
    #expect(json.contains("It is not ours to give."))
    #expect(json.contains(#""id":"findings""#))
  }
}

extension PublicRecordTests {
  private static var page: String {
    get throws {
      try String(
        contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
          .appending(path: "../../../Docs/Formats/public-record.md").standardizedFileURL,
        encoding: .utf8
      )
    }
  }

  @Test func `is described member by member`() async throws {
    let town = try await Town.settled(isPublic: true)
    let page = try Self.page
    for name in try #require(try await town.record().json.objectValue).names {
      #expect(page.contains("\n| `\(name)` |"), "\(name)")
    }
    let example = try #require(page.split(separator: "\n").first { $0.hasPrefix("{\"event\"") })
    let line = try JSONValue(canonical: Array(example.utf8), format: "opening").objectValue
    let event = try JSONValue(
      canonical: Array((line?["event"]?.stringValue ?? "").utf8),
      format: "event"
    ).objectValue
    #expect(event?["seq"] == line?["index"] && event?["seq"] != nil)
  }
}

extension Town {
  func record() async throws -> PublicRecord {
    try #require(try await ledger.publicRecord(of: Self.release))
  }
}
