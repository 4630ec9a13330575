import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import Testing

@Suite("Proofs of entries")
struct ProvingTests {
  @Test func `hold under the key of the log alone, for every entry`() async throws {
    let (world, _) = try await World.asked()
    let log = try LogVerifier(vkey: world.ledger.verifierKey)
    let size = try await world.ledger.head().size
    for index in 0..<size {
      let opened = try await world.ledger.proof(of: index, opening: true, at: world.now)
      let proof = try OfflineProof(bytes: Array(opened.proof.utf8))
      let event = try #require(opened.event)
      #expect(try proof.verify(event: event, in: log).size >= size)
      #expect(throws: OfflineProof.Fault.notIncluded) {
        try proof.verify(event: event + [0x20], in: log)
      }
      let sealed = try await world.ledger.proof(of: index, opening: false, at: world.now)
      let isPublic = sealed.entry.starts(with: "sluice/v1 public".utf8)
      #expect((sealed.event != nil) == isPublic)
      let closed = try OfflineProof(bytes: Array(sealed.proof.utf8))
      #expect(closed.salt == nil && closed.index == index)
      #expect((proof.salt != nil) != isPublic)
    }
  }

  @Test func `are none of an entry that there is not, nor of what was erased`() async throws {
    let (world, _) = try await World.asked()
    let size = try await world.ledger.head().size
    for index in [-1, size] {
      await #expect(throws: Refusal.unfit("the log has no entry \(index), only 0 to \(size - 1)")) {
        try await world.ledger.proof(of: index, opening: false, at: world.now)
      }
    }
    let last = size - 1
    try await world.ledger.database.write { db in
      try db.execute(sql: "UPDATE event SET body = NULL, salt = NULL WHERE seq = \(last)")
    }
    await #expect(throws: Refusal.stale("entry \(last) was erased")) {
      try await world.ledger.proof(of: last, opening: true, at: world.now)
    }
    #expect(try await world.ledger.proof(of: last, opening: false, at: world.now).event == nil)
  }
}
