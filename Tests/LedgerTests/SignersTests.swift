import Foundation
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

/// What is exported is read by the real `ssh-keygen`.
@Suite("Allowed signers")
struct SignersTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  @Test func `verify an approval, at its log time`() async throws {
    var (world, asked) = try await World.asked()
    let verdict = try await world.verdict(on: asked)
    let approval = try await world.signed(world.statement(.approve(verdict), by: "person:ana"))
    try await world.perform([approval])
    #expect(try await verifies(approval, as: "ana", for: "approval@sluice", in: world))
    #expect(try await !verifies(approval, as: "ben", for: "approval@sluice", in: world))
    #expect(try await !verifies(approval, as: "ana", for: "request@sluice", in: world))
    let before = Instant(seconds: World.noon.seconds - 1)
    #expect(
      try await !verifies(approval, as: "ana", for: "approval@sluice", at: before, in: world)
    )
  }

  @Test func `let a key of the registry ask and not approve`() async throws {
    var world = try await World.opened()
    let request = try await world.signed(
      world.statement(.file(world.request()), by: "person:bob")
    )
    #expect(try await verifies(request, as: "bob", for: "request@sluice", in: world))
    let bob = try World.key("bob")
    let approval = try await world.signed(
      world.statement(.accept, about: world.use, by: "person:bob"),
      by: bob,
      for: "approval@sluice"
    )
    #expect(try await !verifies(approval, as: "bob", for: "approval@sluice", in: world))
  }

  @Test func `keep the signatures of a key that was ended, until then`() async throws {
    var world = try await World.opened()
    let key = try World.key("bob")
    let request = try await world.signed(
      world.statement(.file(world.request()), by: "person:bob")
    )
    world.now = World.noon + Duration(seconds: 60)
    let end = Statement.KeyChange(action: .end, key: key.publicKey.line, previous: nil)
    try await world.say(.keychange(end), by: "person:bob")
    let after = World.noon + Duration(seconds: 61)
    #expect(try await verifies(request, as: "bob", for: "request@sluice", in: world))
    #expect(try await !verifies(request, as: "bob", for: "request@sluice", at: after, in: world))
  }

  /// Asks the real tool.
  private func verifies(
    _ submission: Submission,
    as principal: String,
    for namespace: String,
    at instant: Instant = World.noon,
    in world: World
  ) async throws -> Bool {
    guard case .signature(let armor, _) = submission.proof else { return false }
    let text = try await world.ledger.allowedSigners().text
    let files = ["signers": Array(text.utf8), "sig": armor, "said": submission.statement]
    for (name, bytes) in files { try Data(bytes).write(to: folder.url.appending(path: name)) }
    let time = instant.description.filter { $0.isNumber || $0 == "Z" }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/ssh-keygen")
    process.currentDirectoryURL = folder.url
    process.arguments = [
      "-Y", "verify", "-f", "signers", "-I", principal, "-n", namespace, "-s", "sig",
      "-Overify-time=\(time)",
    ]
    process.standardInput = try FileHandle(forReadingFrom: folder.url.appending(path: "said"))
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
