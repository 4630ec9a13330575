import SluiceEncoding
import SluiceGovernance
import SluiceLedger

extension Town {
  /// bob asks for the weights.
  mutating func ask(by name: Principal.ID = "person:bob", _ purpose: String = "") async throws
    -> Case
  {
    try await file(
      .access("gated", tiers: ["weights"], beneficiary: .principal(name), purpose: purpose),
      by: name
    )
  }

  /// Somebody asks, answers, agrees, and is granted the weights.
  @discardableResult
  mutating func grant(to name: Principal.ID = "person:bob") async throws -> Grant {
    let asked = try await ask(by: name)
    try await answer(.case(asked.id), by: name)
    try await say(.accept, about: use, by: name)
    try await approve(asked, by: "person:ana")
    return try await grant(of: asked.id)
  }

  func grant(of id: Case.ID) async throws -> Grant {
    let grants = try await ledger.release(Self.release).grants.values
    guard let grant = grants.first(where: { $0.terms.case == id }) else { throw Surprise.nothing }
    return grant
  }

  /// An emergency for bob, which nobody has decided yet.
  mutating func emergency() async throws -> Case {
    try await file(
      .emergency(
        ["weights": try manifest("weights")],
        beneficiary: "person:bob",
        purpose: "An outage."
      ),
      by: "person:cho"
    )
  }

  mutating func grantEmergency() async throws -> Grant {
    let asked = try await emergency()
    try await approve(asked, by: "person:ana")
    return try await grant(of: asked.id)
  }

  mutating func hold(_ subject: Statement.Subject) async throws -> Hold.ID {
    let order = Statement.Order(code: .misuse, text: "Look at this first.")
    let said = try await say(.hold(order), about: subject, by: "person:hal")
    return Hold.ID(said.id.rawValue)
  }

  @discardableResult
  mutating func measure(
    _ attachments: [String: [UInt8]] = [:],
    publishes: Bool = false,
    by author: Principal.ID = "person:eve"
  ) async throws -> Statement {
    let digests = attachments.mapValues { SHA256Digest(of: $0) }
    return try await say(
      .evidence(
        .init(
          kind: "detectability",
          metrics: ["accuracy": "0.94"],
          method: "held out",
          attachments: digests,
          publishes: publishes
        )
      ),
      about: .init(name: "manifest", digest: try manifest("weights")),
      by: author,
      documents: Dictionary(
        attachments.values.map { (SHA256Digest(of: $0), $0) },
        uniquingKeysWith: { first, _ in first }
      )
    )
  }

  mutating func warn(by name: Principal.ID = "person:eve") async throws -> Statement {
    try await say(.report(.leak, text: "On a forum."), about: subject("tier:weights"), by: name)
  }

  /// bob fetches the weights, whole unless they are cut off.
  @discardableResult
  mutating func fetch(
    _ tier: String = "weights",
    as name: Principal.ID = "person:bob",
    upTo bytes: Int? = nil
  ) async throws -> Admission {
    let token = try await token(of: name)
    let admission = try await log.admit(query(tier, as: name, token: token), at: now)
    let size = bytes ?? Self.files[tier]?.count ?? 0
    try await log.end(
      admission,
      as: bytes == nil ? .complete : .partial,
      handed: 0..<size,
      acked: 0..<size,
      evidence: .tcp,
      at: now
    )
    return admission
  }

  func query(_ tier: String, as name: Principal.ID? = nil, token: String = "") -> DeliveryQuery {
    DeliveryQuery(
      release: Self.release,
      tier: Tier.ID(tier),
      path: "a.bin",
      sha256: Self.digest(of: tier),
      principal: name,
      credential: name == nil ? "" : "token:\(token)",
      peer: "192.0.2.7",
      agent: "curl"
    )
  }

  /// The id of somebody's token, which is made at the first use.
  func token(of name: Principal.ID) async throws -> String {
    if let known = try await ledger.tokens(of: name).first { return known.id }
    _ = try await ledger.issueToken(for: name, name: "laptop", lasts: nil, at: now)
    guard let made = try await ledger.tokens(of: name).first else { throw Surprise.nothing }
    return made.id
  }

  mutating func pass(days: Int) { now = now + Duration(seconds: days * 86_400) }
}
