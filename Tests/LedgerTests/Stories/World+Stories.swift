import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

/// Plays a story in which every act fails at several of its writes before it is done; in the end an
/// audit is clean.
func play(
  at location: SourceLocation = #_sourceLocation,
  _ story: (inout World) async throws -> Void
) async throws {
  var world = try await World.council()
  world.isSabotaged = true
  try await story(&world)
  try await world.expectClean(at: location)
}

extension World {
  /// A world under the council's policy, in which the stages are open that need no measurement; bob,
  /// cho and eve are known, and the registrar vouches for people.
  static func council() async throws -> World {
    var world = try await World(nil, .council)
    for name in ["cho", "eve"] {
      let person = Registration(id: Principal.ID("person:\(name)"), organisation: "org:press")
      try await world.ledger.add(person, keys: [key(name).publicKey], at: world.now)
    }
    let registrar = Registration(id: "org:registrar")
    try await world.ledger.add(registrar, keys: [key("registrar").publicKey], at: world.now)
    let filed = try await world.file(world.amendment, by: "service:clerk")
    try await world.approve(filed, by: ["person:ana", "person:ben"])
    for tier in ["code", "weights"] as [Tier.ID] { try await world.bind(tier) }
    for (stage, tiers) in stages {
      try await world.open(stage, tiers)
    }
    return world
  }

  private static let stages: [(Stage.ID, [Tier.ID])] = [
    ("public", ["code"]), ("gated", ["weights"]), ("early", ["weights"]), ("club", ["weights"]),
    ("desk", []), ("easy", []),
  ]

  /// Opens a stage by the clerk's filing and the approval of ana and, where it is asked for, of ben.
  mutating func open(_ stage: Stage.ID, _ tiers: [Tier.ID]) async throws {
    let manifests = try tiers.reduce(into: [:]) { $0[$1] = try manifest($1) }
    let filed = try await file(.open(stage, manifests: manifests), by: "service:clerk")
    try await approve(filed, by: "person:ana")
    if stage == "gated" { try await approve(filed, by: "person:ben") }
  }

  /// What an audit finds is nothing.
  func expectClean(at location: SourceLocation = #_sourceLocation) async throws {
    let report = try await ledger.verify(at: now)
    #expect(report.faults == [], "\(report.text)", sourceLocation: location)
  }

  /// Lets time pass, and what is due happen.
  mutating func wait(days: Int = 0, seconds: Int = 0) async throws {
    now = now + Duration(seconds: days * 86_400 + seconds)
    try await settle()
  }

  mutating func approve(_ asked: Case, by heads: [Principal.ID]) async throws {
    for head in heads { try await say(.approve(try await verdict(on: asked)), by: head) }
  }

  /// A request of bob's to which he has answered and agreed.
  mutating func asked(
    for person: Principal.ID = "person:bob",
    purpose: String = "",
    salt: UInt8 = 7
  ) async throws -> Case {
    let filed = try await file(request(purpose, for: person), by: person)
    try await answer(filed, by: person, salt: salt)
    try await say(.accept, about: use, by: person)
    return filed
  }

  /// A grant to bob through the gate of the stage `gated`.
  mutating func granted(
    to person: Principal.ID = "person:bob",
    purpose: String = "",
    salt: UInt8 = 7
  ) async throws -> Grant {
    let filed = try await asked(for: person, purpose: purpose, salt: salt)
    try await approve(filed, by: ["person:ana", "person:ben"])
    guard let grant = try await ledger.grants(heldBy: person).last else { throw Surprise.noCase }
    return grant
  }

  /// The case as it stands.
  func state(of asked: Case) async throws -> Case {
    guard let found = try await ledger.release(Self.release).cases[asked.id] else {
      throw Surprise.noCase
    }
    return found
  }

  /// The grant as it stands.
  func state(of grant: Grant) async throws -> Grant {
    guard let found = try await ledger.release(Self.release).grants[grant.id] else {
      throw Surprise.noCase
    }
    return found
  }
}

extension Grant {
  /// As the subject of a statement.
  var subject: Statement.Subject {
    get throws { .init(name: "grant", digest: try SHA256Digest(hex: id.rawValue)) }
  }
}

extension Case {
  /// As the subject of a statement.
  var subject: Statement.Subject {
    get throws { .init(name: "case", digest: try SHA256Digest(hex: id.rawValue)) }
  }
}

extension Statement.Subject {
  /// A name of the release of these tests.
  static func named(_ name: String) -> Self { .init(name: name, in: World.release) }
}

extension World {
  /// Says something by session.
  @discardableResult
  mutating func say(
    _ body: Statement.Body,
    about subject: Statement.Subject? = nil,
    by speaker: Principal.ID,
    with token: String
  ) async throws -> Receipt {
    let statement = try await statement(body, about: subject, by: speaker)
    let proof = Submission.Proof.session(speaker, token: token)
    return try await perform([Submission(statement: statement.canonical, proof: proof)])
  }
}
