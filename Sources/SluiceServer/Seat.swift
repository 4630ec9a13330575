internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

/// What a reader may see of one release, from who they are and nothing else.
struct Seat: Sendable {
  let reader: LocalDeployment.Reader
  /// Folded at least as far as concerns all of it and the reader.
  let release: Release

  private var principal: Principal.ID? { reader.principal }

  private var isOperator: Bool { reader == .operator }

  /// Whether the release exists for the reader.
  var knowsRelease: Bool {
    isOperator || release.isPublic || principal.map(release.hasBusiness) ?? false
  }

  /// Whether the reader holds a role, in the roster in force or in a proposed one.
  var hasRole: Bool {
    guard let principal else { return isOperator }
    return release.rosters.contains { !$0.roles(of: principal).isEmpty }
  }

  /// Whether the reader may end grants.
  var isSteward: Bool {
    guard let principal, let adoption = release.adoption else { return isOperator }
    return adoption.roster.heads(of: adoption.policy.governance.stewards).contains(principal)
  }

  /// Whether the case exists for the reader: for its parties, for those who can decide it, for
  /// stewards.
  func knows(_ row: CaseRow) -> Bool {
    guard !isOperator, let principal else { return isOperator }
    if row.requester == principal || row.beneficiary == principal { return true }
    guard let policy = policy(of: row), let roster = roster(of: row) else { return false }
    let roles = policy.approvers(of: row.gate).union([policy.governance.stewards])
    return roles.contains { roster.members(of: $0).contains(principal) }
  }

  /// Whether the reader can decide the case: a head whose role its gate asks for, and not a party.
  func decides(_ row: CaseRow) -> Bool {
    guard let principal, row.requester != principal, row.beneficiary != principal,
      let policy = policy(of: row), let roster = roster(of: row)
    else { return false }
    return policy.approvers(of: row.gate).contains { roster.heads(of: $0).contains(principal) }
  }

  /// The answers that the reader may see: all of them those who decide the case and the beneficiary
  /// whose they are, all but private ones the operator, nobody else any (governance-domain 11).
  func visible(_ answers: [Form.ID: JSONObject], of row: CaseRow) -> JSONObject? {
    let isOwn = principal != nil && row.beneficiary == principal
    guard isOperator || isOwn || decides(row), let policy = policy(of: row) else { return nil }
    let shown = answers.map { id, fields in
      let form = policy.form(id)
      let members = fields.members.filter { member in
        let field = form?.fields.first { $0.id.utf8.elementsEqual(member.name.utf8) }
        return isOwn || decides(row) || field?.isPrivate == false
      }
      return JSONObject.Member(name: id.rawValue, value: .object(JSONObject(members)))
    }
    return JSONObject(shown)
  }

  private func policy(of row: CaseRow) -> Policy? { release.library.policies[row.policy] }

  private func roster(of row: CaseRow) -> Roster? {
    release.adoption?.roster ?? release.cases[row.id].flatMap(release.roster)
  }
}
