import SluiceGovernance
import SluiceLedger
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
    #expect(await transfers.room(for: "person:ana", at: "192.0.2.9") == .full(limit: 1))
    #expect(await transfers.admit(try transfer(for: "person:ana")) == .full(limit: 1))
    #expect(await transfers.admit(try transfer(for: "person:bob")) == .free)
    #expect(await transfers.admit(try transfer(for: nil)) == .free)
    #expect(await transfers.admit(try transfer(for: nil, at: "192.0.2.2")) == .full(limit: 3))
    await transfers.end(first)
    #expect(await transfers.count == 2)
    #expect(await transfers.admit(try transfer(for: "person:ana")) == .free)
  }

  @Test func `without a name are limited for each address`() async throws {
    let transfers = OpenTransfers(limit: 9, parallel: 2)
    let first = try transfer(for: nil)
    #expect(await transfers.admit(first) == .free)
    // Whoever has a name is counted by it, wherever they come from.
    #expect(await transfers.admit(try transfer(for: "person:ana")) == .free)
    #expect(await transfers.admit(try transfer(for: nil)) == .free)
    #expect(await transfers.admit(try transfer(for: nil)) == .full(limit: 2))
    #expect(await transfers.room(for: nil, at: "192.0.2.1") == .full(limit: 2))
    #expect(await transfers.admit(try transfer(for: nil, at: "192.0.2.2")) == .free)
    #expect(await transfers.admit(try transfer(for: "person:ana")) == .free)
    await transfers.end(first)
    #expect(await transfers.admit(try transfer(for: nil)) == .free)
  }

  @Test func `are stopped when what they rest on no longer counts`() async throws {
    let transfers = OpenTransfers(limit: 4, parallel: 4)
    let first = Permit(grant: "g1", principal: "person:ana", credential: "token:a")
    let others = [
      Permit(grant: "g2", principal: "person:ana", credential: "token:a"),
      Permit(grant: "g1", principal: "person:ana", credential: "token:b"),
    ]
    let one = try transfer(for: "person:ana", on: first)
    let rest = try others.map { try transfer(for: "person:ana", on: $0) }
    for transfer in [one] + rest { _ = await transfers.admit(transfer) }
    #expect(await transfers.permits == Set([first] + others))
    await transfers.revoke(first)
    #expect(one.stopped == .revoked)
    #expect(rest.map(\.stopped) == [nil, nil])
    await transfers.drain()
    #expect(one.stopped == .revoked)
    #expect(rest.map(\.stopped) == [.drained, .drained])
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
    at peer: String = "192.0.2.1",
    on permit: Permit? = nil
  ) throws -> Transfer {
    Transfer(0..<10, of: try BlobFile(at: scratch.path), for: principal, at: peer, on: permit)
  }
}
