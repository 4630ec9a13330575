import SluiceServer
import Testing

@Suite("Open transfers")
struct OpenTransfersTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch(of: 10) }

  @Test func `are limited for all, and for each principal`() async throws {
    let transfers = OpenTransfers(limit: 3)
    let first = try transfer(for: "person:ana")
    #expect(await transfers.admit(first, parallel: 1) == .admitted)
    #expect(
      await transfers.admit(try transfer(for: "person:ana"), parallel: 1) == .tooMany(limit: 1)
    )
    #expect(await transfers.admit(try transfer(for: "person:bob"), parallel: 1) == .admitted)
    #expect(await transfers.admit(try transfer(for: nil), parallel: 1) == .admitted)
    #expect(await transfers.admit(try transfer(for: nil), parallel: 1) == .tooMany(limit: 3))
    await transfers.end(first)
    #expect(await transfers.count == 2)
    #expect(await transfers.admit(try transfer(for: "person:ana"), parallel: 1) == .admitted)
  }

  @Test func `are stopped by the subject that was revoked`() async throws {
    let transfers = OpenTransfers(limit: 3)
    let one = try transfer(for: "person:ana", subjects: ["grant:1", "tier:weights"])
    let two = try transfer(for: "person:ana", subjects: ["grant:2", "tier:weights"])
    _ = await transfers.admit(one, parallel: 8)
    _ = await transfers.admit(two, parallel: 8)
    await transfers.revoke("grant:1")
    #expect(one.stopped == .revoked)
    #expect(two.stopped == nil)
    await transfers.drain()
    #expect(one.stopped == .revoked)
    #expect(two.stopped == .drained)
  }

  @Test func `begin no more once the daemon is stopping`() async throws {
    let transfers = OpenTransfers(limit: 3)
    let open = try transfer(for: nil)
    _ = await transfers.admit(open, parallel: 1)
    await transfers.refuseMore()
    #expect(await transfers.admit(try transfer(for: nil), parallel: 1) == .draining)
    #expect(open.stopped == nil)
  }

  private func transfer(
    for principal: String?,
    subjects: Set<String> = []
  ) throws -> Transfer {
    Transfer(0..<10, of: try BlobFile(at: scratch.path), for: principal, subjects: subjects)
  }
}
