public import SluiceEncoding
public import SluiceGovernance

/// A deployment behind HTTP, over whatever carries the requests.
public struct RemoteDeployment: Deployment {
  /// The most bytes that an answer may have; a release of many files is the longest.
  public static let maximumReply = 64 << 20

  private let transport: Transport
  private let token: String?

  /// Speaks over `transport`, as the person whose token it is; without one as a stranger.
  public init(transport: Transport, token: String? = nil) {
    self.transport = transport
    self.token = token
  }

  /// What the deployment says of itself, and as whom it takes the token.
  public func standing() async throws -> Standing { try await ask(Path.keys) }

  /// A release as it stands.
  public func release(_ id: Release.ID) async throws -> ReleasePage {
    try await ask(Path.release(id))
  }

  /// A text that a release names by digest, as it came; ``Drafts`` compares it with the digest.
  public func document(_ sha256: SHA256Digest, of release: Release.ID) async throws -> [UInt8] {
    try await send(.get, Path.document(sha256, of: release)).body
  }

  /// Sends statements and documents in one call.
  public func submit(
    _ envelopes: [Envelope],
    documents: [SHA256Digest: [UInt8]]
  ) async throws -> Submitted {
    let parcel = Parcel(envelopes, documents: documents)
    return try await read(send(.post, Path.statements, body: parcel.json.canonical))
  }

  /// The cases that the reader may see.
  public func cases(_ filter: CaseFilter) async throws -> [CaseLine] {
    let list: Listing<CaseLine> = try await ask(Path.cases + filter.query.text)
    return list.items
  }

  /// A case.
  public func `case`(_ reference: String) async throws -> CasePage {
    try await ask(Path.case(reference))
  }

  /// Whether somebody may obtain a tier.
  public func access(
    of principal: Principal.ID?,
    to release: Release.ID,
    tier: Tier.ID,
    at: Instant?
  ) async throws -> AccessPage {
    let question = AccessQuestion(principal: principal, release: release, tier: tier, at: at)
    return try await ask(Path.access + question.query.text)
  }

  /// Why a case stands where it stands.
  public func explanation(of reference: String, at: Instant?) async throws -> ExplanationPage {
    var query = Query()
    query.add("at", at)
    return try await ask(Path.explanation(reference) + query.text)
  }

  /// The grants that the reader may see.
  public func grants(_ filter: GrantFilter) async throws -> [GrantLine] {
    let list: Listing<GrantLine> = try await ask(Path.grants + filter.query.text)
    return list.items
  }

  /// Who received which weights.
  public func possessions(_ question: PossessionQuestion) async throws -> [Possession] {
    let list: Listing<Possession> = try await ask(Path.deliveries + question.query.text)
    return list.items
  }

  private func ask<Answer: Body>(_ target: String) async throws -> Answer {
    try await read(send(.get, target))
  }

  private func read<Answer: Body>(_ reply: HTTPReply) throws -> Answer {
    let rules = JSONRules.document.limited(to: Self.maximumReply)
    return try Answer(json: JSONValue(parsing: reply.body, rules, format: "answer"))
  }

  private func send(
    _ method: HTTPCall.Method,
    _ target: String,
    body: [UInt8] = []
  ) async throws -> HTTPReply {
    var headers = [HTTPHeader("accept", "application/json")]
    if method == .post { headers.append(HTTPHeader("content-type", "application/json")) }
    if let token { headers.append(HTTPHeader("authorization", "Bearer \(token)")) }
    let call = HTTPCall(method, target, headers: headers, body: body)
    let reply = try await transport.send(call)
    guard reply.status == 200 else { throw RemoteRefusal(reply) }
    return reply
  }
}
