import SluiceGovernance
import SluiceServer
import Testing

@Suite("Open transfers")
struct OpenTransfersTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch(of: 10) }

  @Test func `are limited for all, and for each principal`() async throws {
    let transfers = OpenTransfers(limit: 3, parallel: 1)
    let first = try transfer(for: "person:ana")
    #expect(await transfers.admit(first) == .free)
    #expect(await transfers.room(for: "person:ana") == .full(limit: 1))
    #expect(await transfers.admit(try transfer(for: "person:ana")) == .full(limit: 1))
    #expect(await transfers.admit(try transfer(for: "person:bob")) == .free)
    #expect(await transfers.admit(try transfer(for: nil)) == .free)
    #expect(await transfers.admit(try transfer(for: nil)) == .full(limit: 3))
    await transfers.end(first)
    #expect(await transfers.count == 2)
    #expect(await transfers.admit(try transfer(for: "person:ana")) == .free)
  }

  @Test func `are stopped when their grant is revoked`() async throws {
    let transfers = OpenTransfers(limit: 3, parallel: 3)
    let one = try transfer(for: "person:ana", on: "g1")
    let two = try transfer(for: "person:ana", on: "g2")
    _ = await transfers.admit(one)
    _ = await transfers.admit(two)
    #expect(await transfers.grants == ["g1", "g2"])
    await transfers.revoke("g1")
    #expect(one.stopped == .revoked)
    #expect(two.stopped == nil)
    await transfers.drain()
    #expect(one.stopped == .revoked)
    #expect(two.stopped == .drained)
  }

  @Test func `begin no more once the daemon is stopping`() async throws {
    let transfers = OpenTransfers(limit: 3, parallel: 3)
    let open = try transfer(for: nil)
    _ = await transfers.admit(open)
    await transfers.refuseMore()
    #expect(await transfers.admit(try transfer(for: nil)) == .draining)
    #expect(open.stopped == nil)
  }

  private func transfer(
    for principal: Principal.ID?,
    on grant: Grant.ID? = nil
  ) throws -> Transfer {
    Transfer(0..<10, of: try BlobFile(at: scratch.path), for: principal, on: grant)
  }
}
