public import SluiceEncoding

extension Release {
  /// How much of a case a viewer sees.
  ///
  /// Private answers are for those who give them and for those who can decide the case; whoever decides
  /// an appeal can look at all that the denial was about. Of a case that nobody will decide any more,
  /// because it was withdrawn or lapsed, deciders see no private answers.
  ///
  /// - Parameters:
  ///   - asked: The case. Appeals against it and renewals of its grant open it only if they are folded.
  ///   - viewer: Who reads.
  ///   - now: Log time, at which a delegation can count.
  /// - Returns: The most that some place of the viewer's allows.
  public func sight(of asked: Case, for viewer: Viewer, at now: Instant) -> Sight {
    let listed = sight(of: outline(of: asked), for: viewer, at: now)
    guard case .principal(let principal, _) = viewer else {
      return viewer == .operator ? .answers : listed
    }
    if isAnswering(principal, for: asked) { return .everything }
    if decides(principal, asked, at: now) {
      let isGivenUp = asked.state == .withdrawn || asked.state == .lapsed
      return isGivenUp ? .answers : .everything
    }
    let looksAgain = cases.values.filter { $0.isOpen && decides(principal, $0, at: now) }
      .map { other -> Sight in
        switch other.filing {
        case .appeal(asked.id, _, _): .everything
        case .renew(let grant, _) where grants[grant]?.terms.case == asked.id: .page
        default: .nothing
        }
      }
    return max(listed, looksAgain.max() ?? .nothing)
  }

  /// How much of a case a list shows to a viewer, who may see more of it on its own page.
  public func sight(of asked: Case.Outline, for viewer: Viewer, at now: Instant) -> Sight {
    let recorded: Sight = asked.isOnRecord && isPublic ? .exists : .nothing
    switch viewer {
    case .stranger: return recorded
    case .operator: return .page
    case .principal(let principal, let isAuditor):
      let isParty = asked.requester == principal || asked.party == .principal(principal)
      if isParty || isAuditor || closes(principal, at: now) || sits(principal, at: asked, now) {
        return .page
      }
      if asked.isOnRecord, rosters.contains(where: { !$0.roles(of: principal).isEmpty }) {
        return .page
      }
      guard case .group(let group)? = asked.party else { return recorded }
      if manages(principal, group) { return .page }
      return groups(of: principal).contains(group) ? .exists : recorded
    }
  }

  /// What a list would know of a case.
  public func outline(of asked: Case) -> Case.Outline {
    Case.Outline(
      requester: asked.requester,
      party: asked.party,
      policy: asked.policy,
      gate: asked.gate,
      isOnRecord: isOnRecord(asked.filing)
    )
  }

  /// Whether a viewer may read a file that belongs to evidence: roles may, its author, and everybody if
  /// the author published it and the release is public (README join 19).
  public func shows(attachment digest: SHA256Digest, to viewer: Viewer) -> Bool {
    evidence.contains { evidence in
      guard evidence.attachments.values.contains(digest) else { return false }
      if evidence.publishes && isPublic || viewer == .operator { return true }
      guard let principal = viewer.principal else { return false }
      return evidence.by == principal || rosters.contains { !$0.roles(of: principal).isEmpty }
    }
  }

  /// Who gives the answers of a case: its beneficiary, of a group whoever manages it, else who filed it.
  private func isAnswering(_ principal: Principal.ID, for asked: Case) -> Bool {
    switch asked.party {
    case .principal(let beneficiary): beneficiary == principal
    case .group(let group): manages(principal, group)
    case nil: asked.requester == principal
    }
  }

  /// Whether a verdict of somebody would count in a case.
  private func decides(_ principal: Principal.ID, _ asked: Case, at now: Instant) -> Bool {
    (Authority.all(over: asked, in: self) ?? []).contains { authority in
      let electorate = authority.electorate(of: asked, in: self, at: now)
      return authority.policy.approvers(of: authority.gate).contains { role in
        electorate.seats(of: role).contains { seat in
          seat.exclusion == nil
            && (seat.holder == principal || stands(principal, for: seat.holder, in: role, at: now))
        }
      }
    }
  }

  private func stands(
    _ principal: Principal.ID,
    for holder: Principal.ID,
    in role: Role.ID,
    at now: Instant
  ) -> Bool {
    delegations.contains {
      $0.role == role && $0.holder == holder && $0.delegate == principal && $0.isActive(at: now)
    }
  }

  /// Whether somebody has a place in a role that the gate of a case asks for, whether it counts or not.
  private func sits(_ principal: Principal.ID, at asked: Case.Outline, _ now: Instant) -> Bool {
    let roles = library.policies[asked.policy]?.approvers(of: asked.gate) ?? []
    return roles.contains { role in
      rosters.contains { $0.heads(of: role).contains(principal) }
        || delegations.contains {
          $0.role == role && $0.delegate == principal && $0.isActive(at: now)
        }
    }
  }
}
