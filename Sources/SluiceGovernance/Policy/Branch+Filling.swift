extension Branch {
  /// The role of each slot, in file order.
  var slots: [Role.ID] {
    parts.flatMap { part -> [Role.ID] in
      guard case .approve(let approve) = part.requirement else { return [] }
      return Array(repeating: approve.role, count: approve.count)
    }
  }

  /// Who of the roster could fill the slots, if one person is not there.
  ///
  /// A role with as many heads as there are slots can always fill its own, so no more are asked.
  func matching(with roster: Roster, without absent: Principal.ID? = nil) -> Matching {
    let slots = slots
    let members = Set(slots).map { role in
      (role, Array(roster.heads(of: role).lazy.filter { $0 != absent }.prefix(slots.count)))
    }
    return Matching(slots: slots, members: Dictionary(uniqueKeysWithValues: members))
  }

  /// Whether the roster has a head for each slot, if one person is not there.
  func isFilled(by roster: Roster, without absent: Principal.ID? = nil) -> Bool {
    matching(with: roster, without: absent).isComplete
  }
}

extension Policy {
  /// The roles of which a way through a gate needs somebody who approves nothing: to confirm
  /// evidence, or to have let members into a group.
  func helpers(of branch: Branch) -> [Role.ID] {
    branch.parts.compactMap { part in
      switch part.requirement {
      case .evidence(let evidence): evidence.confirm
      case .member(let group): self.group(group)?.managers
      case .approve, .accept, .answer, .credential, .after, .wait: nil
      }
    }
  }
}
