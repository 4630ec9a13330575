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

  /// The releases that the reader may know of.
  public func releases() async throws -> [ReleaseLine] { try await list(Path.releases) }

  /// A release as it stands.
  public func release(_ id: Release.ID) async throws -> ReleasePage {
    try await ask(Path.release(id))
  }

  /// A stage.
  public func stage(_ stage: Stage.ID, of release: Release.ID) async throws -> StagePage {
    try await ask(Path.stage(stage, of: release))
  }

  /// A text that a release names by digest, as it came; ``Draft`` compares it with the digest.
  public func document(_ sha256: SHA256Digest, of release: Release.ID) async throws -> [UInt8] {
    try await send(.get, Path.document(sha256, of: release)).body
  }

  /// A report about a release.
  public func report(
    _ kind: ReportPage.Kind,
    of release: Release.ID,
    at: Instant?
  ) async throws -> ReportPage {
    try await ask(Path.report(kind, of: release) + Query(at: at).text)
  }

  /// The past cases that another policy would have judged otherwise.
  public func replay(
    _ question: ReplayQuestion,
    of release: Release.ID
  ) async throws -> [ReplayLine] {
    let list: Listing<ReplayLine> = try await ask(Path.replay(of: release), with: question)
    return list.items
  }

  /// Has evidence computed, and recorded by the deployment's clerk.
  public func compute(
    _ question: ComputeQuestion,
    of release: Release.ID
  ) async throws -> ComputedPage {
    try await ask(Path.computing(in: release), with: question)
  }

  /// Sends statements and documents in one call.
  public func submit(
    _ envelopes: [Envelope],
    documents: [SHA256Digest: [UInt8]]
  ) async throws -> Submitted {
    try await ask(Path.statements, with: Parcel(envelopes, documents: documents))
  }

  /// Makes somebody known; only over HTTP, because at the operator's shell there is `person add`.
  public func register(_ form: RegistrationForm) async throws -> RegistrationPage {
    try await ask(Path.registrations, with: form)
  }

  /// The exact statements that an act needs; whoever signs reads them again first.
  public func drafts(_ instruction: Instruction) async throws -> Drafted {
    try await ask(Path.drafts, with: instruction)
  }

  /// A part of the cases that the reader may see.
  public func cases(_ filter: CaseFilter, _ slice: Slice) async throws -> Listing<CaseLine> {
    try await ask(Path.cases + slice.add(to: filter.query).text)
  }

  /// A case.
  public func `case`(_ reference: String) async throws -> CasePage {
    try await ask(Path.case(reference))
  }

  /// Why a case stands where it stands, or would stand.
  public func explanation(
    of reference: String,
    _ question: ExplanationQuestion
  ) async throws -> ExplanationPage {
    let path = Path.explanation(reference)
    guard question.supposing == .nothing else { return try await ask(path, with: question) }
    return try await ask(path + question.query.text)
  }

  /// The decisions of a case, each decided again; the bytes are compared here once more.
  public func decisions(of reference: String) async throws -> DecisionsPage {
    try await ask(Path.decisions(of: reference))
  }

  /// Whether somebody may obtain a tier, or would.
  public func access(_ question: AccessQuestion) async throws -> AccessPage {
    guard question.supposing == .nothing else { return try await ask(Path.access, with: question) }
    return try await ask(Path.access + question.query.text)
  }

  /// The grants that the reader may see.
  public func grants(_ filter: GrantFilter) async throws -> [GrantLine] {
    try await list(Path.grants + filter.query.text)
  }

  /// The holds that the reader may see.
  public func holds(_ filter: HoldFilter) async throws -> [HoldLine] {
    try await list(Path.holds + filter.query.text)
  }

  /// The places in groups that the reader may see.
  public func members(_ filter: MemberFilter) async throws -> [MemberLine] {
    try await list(Path.groups + filter.query.text)
  }

  /// What was measured.
  public func evidence(_ filter: EvidenceFilter) async throws -> [EvidenceLine] {
    try await list(Path.evidence + filter.query.text)
  }

  /// What others vouched for.
  public func credentials(_ filter: CredentialFilter) async throws -> [CredentialLine] {
    try await list(Path.credentials + filter.query.text)
  }

  /// A part of those who may obtain something.
  public func who(_ question: WhoQuestion, _ slice: Slice) async throws -> Listing<WhoLine> {
    try await ask(Path.who + slice.add(to: question.query).text)
  }

  /// A part of who received which weights.
  public func possessions(
    _ question: PossessionQuestion,
    _ slice: Slice
  ) async throws -> PossessionsPage {
    try await ask(Path.deliveries + slice.add(to: question.query).text)
  }

  /// An entry of the log with a proof that it is in it.
  public func proof(of index: Int) async throws -> ProofPage {
    try await ask(Path.proof(of: index))
  }

  /// The same with a sealed entry opened.
  public func disclosure(of index: Int) async throws -> ProofPage {
    try await ask(Path.event(index))
  }

  /// A statement as it was handed in.
  public func statement(_ reference: StatementReference) async throws -> StatementPage {
    try await ask(Path.statement(reference))
  }

  /// What left under a grant.
  public func exposure(of grant: Grant.ID, at: Instant?) async throws -> ExposurePage {
    try await ask(Path.exposure(of: grant) + Query(at: at).text)
  }

  /// All that the log says about a principal.
  public func person(_ principal: Principal.ID, at: Instant?) async throws -> PersonPage {
    try await ask(Path.person(principal) + Query(at: at).text)
  }

  private func list<Item: Body>(_ target: String) async throws -> [Item] {
    let list: Listing<Item> = try await ask(target)
    return list.items
  }

  private func ask<Answer: Body>(_ target: String, with body: some Body) async throws -> Answer {
    try await read(send(.post, target, body: body.json.canonical))
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
