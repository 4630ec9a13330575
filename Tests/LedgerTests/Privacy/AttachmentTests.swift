import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import Testing

@Suite("Attachments of evidence")
struct AttachmentTests {
  static let curve: [UInt8] = [0, 255, 10, 13, 0]
  static let digest = SHA256Digest(of: curve)

  typealias Reading = (viewer: Viewer, publishes: Bool, isPublic: Bool, canRead: Bool)
  static let readings: [Reading] = [
    (.stranger, true, true, true), (.stranger, false, true, false), (.stranger, true, false, false),
    (.principal("person:bob"), true, true, true), (.principal("person:bob"), false, true, false),
    (.principal("person:bob"), true, false, false),
    (.principal("person:bob", isAuditor: true), false, true, false),
    (.principal("person:fay"), false, false, true), (.principal("person:hal"), false, true, true),
    (.principal("person:eve"), false, false, true), (.operator, false, false, true),
  ]

  @Test(arguments: readings)
  func `are read by roles, their author and, if published, by everybody`(
    reading: Reading
  ) async throws {
    var town = try await Town.settled(isPublic: reading.isPublic)
    try await town.measure(["roc.png": Self.curve], publishes: reading.publishes)
    let read = try await town.ledger.attachment(
      Self.digest,
      of: Town.release,
      for: reading.viewer
    )
    #expect(read == (reading.canRead ? Self.curve : nil))
  }

  @Test func `are no longer read when the evidence was taken back`() async throws {
    var town = try await Town.settled(isPublic: true)
    let said = try await town.measure(["roc.png": Self.curve], publishes: true)
    try await town.say(.retract(reason: ""), about: said.asSubject, by: "person:eve")
    let read = try await town.ledger.attachment(Self.digest, of: Town.release, for: .stranger)
    #expect(read == nil)
    let faults = try await town.faults()
    #expect(faults == [])
  }

  @Test func `never show what is not attached, such as a roster`() async throws {
    let town = try await Town.settled(isPublic: true)
    let roster = try Roster(text: Town.roster(for: town.ledger)).digest
    let read = try await town.ledger.attachment(roster, of: Town.release, for: .operator)
    #expect(read == nil)
  }

  @Test func `must come with the evidence, whole and not too long`() async throws {
    var town = try await Town.settled(isPublic: true)
    let long = Array(repeating: UInt8(1), count: 1 << 20 | 1)
    await #expect(throws: Refusal.self) {
      try await town.measure(["long.bin": long])
    }
    try await town.measure(["long.bin": Array(long.dropLast())])
    let finding = Statement.Finding(
      kind: "detectability",
      metrics: [:],
      method: "",
      attachments: ["roc.png": Self.digest]
    )
    let subject = Statement.Subject(name: "manifest", digest: try town.manifest("weights"))
    for documents in [[:], [Self.digest: Array(Self.curve.dropLast())]] as [[SHA256Digest: [UInt8]]]
    {
      await #expect(throws: Refusal.self) {
        try await town.say(
          .evidence(finding),
          about: subject,
          by: "person:eve",
          documents: documents
        )
      }
    }
    try await town.say(
      .evidence(finding),
      about: subject,
      by: "person:eve",
      documents: [Self.digest: Self.curve]
    )
  }

  /// Digests of both are part of the record; what is behind them is not (README join 19).
  @Test func `are not had by naming the digest of what others stored`() async throws {
    var town = try await Town.settled(isPublic: true)
    try await town.measure(["roc.png": Self.curve])
    let roster = try Roster(text: Town.roster(for: town.ledger)).digest
    let subject = Statement.Subject(name: "manifest", digest: try town.manifest("weights"))
    for digest in [Self.digest, roster] {
      let copied = Statement.Body.evidence(
        .init(kind: "k", metrics: [:], method: "", attachments: ["a": digest], publishes: true)
      )
      let absent = Refusal.unfit("the attachment with the digest \(digest) was not sent")
      await #expect(throws: absent) {
        try await town.say(copied, about: subject, by: "person:bob")
      }
      let read = try await town.ledger.attachment(
        digest,
        of: Town.release,
        for: .principal("person:bob")
      )
      #expect(read == nil)
    }
    // Whoever may read it may name it.
    let own = Statement.Finding(
      kind: "k",
      metrics: [:],
      method: "",
      attachments: ["a": Self.digest]
    )
    try await town.say(.evidence(own), about: subject, by: "person:hal")
  }

  @Test func `are missed by an audit when they are gone`() async throws {
    var town = try await Town.settled(isPublic: true)
    let said = try await town.measure(["roc.png": Self.curve])
    var faults = try await town.faults()
    #expect(faults == [])
    try await town.ledger.database.write { db in
      try db.execute(sql: "DELETE FROM document WHERE kind = 'attachment'")
    }
    faults = try await town.faults()
    #expect(
      faults == ["document \(Self.digest): is missing, and statement \(said.id) names it"]
    )
  }
}
