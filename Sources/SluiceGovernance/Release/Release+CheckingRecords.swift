internal import SluiceEncoding

extension Release {
  func checkBinding(_ statement: Statement) throws(Refusal) {
    guard let adoption, hasRole(statement.by) else { throw .notEligible(statement.by) }
    let tier = statement.boundTier
    guard let declared = adoption.policy.tier(tier) else {
      throw .unfit("the policy has no tier \(tier)")
    }
    guard declared.kind != .service else {
      throw .unfit("tier \(tier) is a service: it has no bytes")
    }
    guard case .bind(let manifest) = statement.body else { return }
    if let pinned = pinned(tier), pinned != manifest {
      throw .stale(
        "a stage that offers tier \(tier) has opened; a corrected checkpoint is a new tier"
      )
    }
  }

  /// Evidence is about what some tier stands for, or stood for; of a service about its name.
  func checkEvidence(_ statement: Statement) throws(Refusal) {
    guard let adoption else { throw .unknownRelease(id) }
    let digest = statement.subject.digest
    let bound = Set(bindings.values).union(openings.values.flatMap(\.manifests.values))
    if bound.contains(digest) { return }
    let services = adoption.policy.tiers.filter { $0.kind == .service }.map(\.id)
    guard services.contains(where: { nameDigest(of: $0) == digest }) else {
      throw .stale("no tier of \(id) stands for the manifest \(digest.hex.prefix(12))")
    }
  }

  /// Whoever checked a measurement is not who made it (S4).
  func checkConfirmation(_ statement: Statement) throws(Refusal) {
    let about = Statement.ID(statement.subject.digest.hex)
    // First who asks: a report of a leak is nobody's business but theirs who have a role.
    guard hasRole(statement.by) else { throw .notEligible(statement.by) }
    guard let evidence = evidence.first(where: { $0.id == about }) else {
      throw .unknownStatement(about)
    }
    guard evidence.by != statement.by else {
      throw .unfit("nobody confirms their own evidence")
    }
    guard !evidence.confirmations.contains(where: { $0.by == statement.by }) else {
      throw .stale("you have confirmed it before")
    }
  }

  func checkRetraction(_ statement: Statement) throws(Refusal) {
    let about = Statement.ID(statement.subject.digest.hex)
    let authors =
      evidence.filter { $0.id == about }.map(\.by)
      + evidence.flatMap(\.confirmations).filter { $0.statement == about }.map(\.by)
      + credentials.filter { $0.id == about }.map(\.issuer)
    guard let author = authors.first else { throw .unknownStatement(about) }
    guard author == statement.by else {
      throw shows(about, to: statement.by)
        ? .notEligible(statement.by) : .unknownStatement(about)
    }
  }

  /// Whether somebody may know what was measured, reported, confirmed or vouched for.
  private func shows(_ said: Statement.ID, to reader: Principal.ID) -> Bool {
    let isMeasured = evidence.contains { evidence in
      evidence.id == said && (!evidence.isReport || hasRole(reader))
        || evidence.confirmations.contains { $0.statement == said }
    }
    let isVouched = credentials.contains { $0.id == said && $0.holder == reader }
    return isMeasured || isVouched || isSteward(reader)
  }

  /// Whether some gate lists a principal as an issuer, or it holds a role.
  public func isIssuer(_ principal: Principal.ID) -> Bool {
    if hasRole(principal) { return true }
    let listed = adoption?.policy.gates.flatMap(\.requirements).flatMap(\.issuers) ?? []
    return listed.contains { principal.isMeant(by: $0) }
  }

  func checkCredential(_ statement: Statement, at now: Instant) throws(Refusal) {
    guard isIssuer(statement.by) else { throw .notEligible(statement.by) }
    guard statement.subject.name != statement.by.rawValue else {
      throw .unfit("nobody vouches for themselves")
    }
    guard case .credential(let claim) = statement.body else { return }
    if let end = claim.expiresAt, end <= now { throw .stale("expires_at: \(end) has passed") }
  }

  func checkJoining(
    _ statement: Statement,
    _ member: Principal.ID,
    _ fields: [String: String]
  ) throws(Refusal) {
    let group = try managed(statement)
    guard member.kind == .person else { throw .unfit("member: \(member) is not a person") }
    for name in fields.keys.sorted() where !group.describe.contains(name) {
      let known = group.describe.joined(separator: ", ")
      throw .unfit("fields.\(name): group \(group.id) describes its members by \(known)")
    }
    if let sector = fields["sector"], !group.sectors.isEmpty, !group.sectors.contains(sector) {
      let known = group.sectors.joined(separator: ", ")
      throw .unfit("fields.sector: \(sector) is none of \(known)")
    }
    guard !members(of: group.id).contains(where: { $0.member == member }) else {
      throw .stale("\(member) is in group \(group.id)")
    }
  }

  func checkLeaving(_ statement: Statement, _ member: Principal.ID) throws(Refusal) {
    let id = Group.ID(statement.subject.name(after: "group:"))
    let isMember = members(of: id).contains { $0.member == member }
    if statement.by != member { _ = try managed(statement) }
    guard isMember else { throw .stale("\(member) is not in group \(id)") }
  }

  /// The group that is the subject, which the signer manages.
  private func managed(_ statement: Statement) throws(Refusal) -> Group {
    let id = Group.ID(statement.subject.name(after: "group:"))
    guard manages(statement.by, id) else { throw .notEligible(statement.by) }
    guard let group = adoption?.policy.group(id) else {
      throw .unfit("the policy has no group \(id)")
    }
    return group
  }
}

extension Requirement {
  /// Whose word is asked for, in itself or in its alternatives.
  fileprivate var issuers: [String] {
    switch self {
    case .plain(.credential(let wanted)): wanted.from
    case .any(let alternatives): alternatives.joined().flatMap(\.issuers)
    case .plain, .gate: []
    }
  }
}
