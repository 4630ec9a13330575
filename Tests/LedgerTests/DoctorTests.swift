import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("The doctor")
struct DoctorTests {
  @Test func `finds nothing in a sound deployment`() async throws {
    let world = try await World.lived()
    #expect(try await world.ledger.examine(at: world.now) == [])
    let depot = try await Depot.busy()
    #expect(try await depot.ledger.examine(at: depot.world.now) == [])
    try depot.remove()
  }

  @Test(arguments: Malady.allCases)
  func `names the invariant and the row`(malady: Malady) async throws {
    var world = try await World.lived()
    let (invariant, place) = try await malady.strike(&world)
    let findings = try await world.ledger.examine(at: world.now)
    #expect(
      findings.contains { $0.invariant == invariant && $0.place == place },
      "\(findings.map(\.description).joined(separator: "\n"))"
    )
  }

  @Test func `has a word for every invariant, and a malady`() {
    #expect(Invariant.allCases.map(\.rawValue) == (1...16).map { "I\($0)" })
    #expect(Set(Invariant.allCases.map(\.words)).count == 16)
    #expect(Set(Malady.allCases.map(\.breaks)) == Set(Invariant.allCases))
  }

  @Test func `says where in one line`() {
    let finding = Finding(.holds, .row(table: "hold", key: "ab"), "is gone, and nothing ended it")
    #expect(finding.description == "I12 hold ab: is gone, and nothing ended it")
  }
}

extension World {
  /// A world in which there were a grant with a delivery, a denial, a hold, an emergency that was
  /// ratified, and one that was not.
  static func lived() async throws -> World {
    var world = try await council()
    _ = try await world.granted()
    let log = DeliveryLog(world.ledger)
    _ = try await log.admit(world.query(by: "person:bob"), at: world.now)
    try await log.closeAbandoned(at: world.now)
    let denied = try await world.asked(purpose: "more", salt: 9)
    try await world.deny(denied, by: "person:ben")
    _ = try await world.hold(.named("tier:query"))
    let first = try await world.emergency(for: "person:cho")
    try await world.approve(first, by: "person:cleo")
    try await world.approve(try await world.review(of: first), by: "person:ben")
    let second = try await world.emergency(for: "person:eve", by: "person:fay")
    try await world.approve(second, by: "person:ana")
    try await world.wait(seconds: 60)
    try await world.deny(try await world.review(of: second), by: "person:ben")
    return world
  }
}
