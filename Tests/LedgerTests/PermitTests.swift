import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("Permits")
struct PermitTests {
  @Test func `are live while grant and token are`() async throws {
    var depot = try await Depot()
    let now = depot.world.now
    let token = try await depot.world.token(of: "person:bob", lasts: Duration(seconds: 60))
    let own = try await depot.permit(with: "token:\(token)")
    let keyed = try await depot.permit(with: "key:SHA256:bob")
    let others = try await depot.permit(with: "token:\(token)", of: "person:ana")
    let never = try await depot.permit(with: "token:none")
    let all: Set = [own, keyed, others, never]
    #expect(try await depot.ledger.live(all, at: now) == [own, keyed])
    let end = now + Duration(seconds: 60)
    #expect(try await depot.ledger.live(all, at: end) == [keyed])
    try await depot.revoke(own.grant)
    #expect(try await depot.ledger.live(all, at: now) == [])
  }

  @Test func `end with the token that was revoked, and with no other`() async throws {
    let depot = try await Depot()
    let token = try await depot.world.token(of: "person:bob")
    let own = try await depot.permit(with: "token:\(token)")
    let keyed = try await depot.permit(with: "key:SHA256:bob")
    try await depot.ledger.revokeToken(token, at: depot.world.now)
    #expect(try await depot.ledger.live([own, keyed], at: depot.world.now) == [keyed])
  }
}

extension Depot {
  /// What a delivery of the weights rests on.
  fileprivate func permit(
    with credential: String,
    of principal: Principal.ID = "person:bob"
  ) async throws -> Permit {
    let grants = try await ledger.grants(heldBy: "person:bob")
    guard let grant = grants.first else { throw World.Surprise.noCase }
    return Permit(grant: grant.id, principal: principal, credential: credential)
  }
}
