public import SluiceAPI
internal import SluiceEncoding
public import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// A stage with what its gates ask for and how far its opening has come.
  ///
  /// Who decides an opening, and what they have said so far, is shown to those with a role; everybody
  /// else sees what the gate asks for, and later what came of it.
  public func stage(_ id: Stage.ID, of release: Release.ID) async throws -> StagePage {
    let seat = try await seat(in: release)
    guard let rules = Rules(seat.release), let stage = rules.policy.stage(id) else {
      throw Refusal.stale("\(release) has no stage \(id)")
    }
    let opening = seat.release.cases.values.filter { $0.kind == .open && $0.stage == id }
      .max { $0.number < $1.number }
    var line: CaseLine?
    var view: CaseView?
    if let opening, seat.sight(of: opening) >= .page {
      let seen = try await self.view(of: opening.id, in: release)
      line = seen.line(for: seat)
      view = seen
    }
    let admission = rules.policy.demands(of: stage)
    return StagePage(
      release: release,
      stage: seat.release.line(stage),
      manifests: seat.release.openings[id]?.manifests ?? [:],
      forms: admission.forms,
      terms: admission.terms,
      opening: line,
      explanation: view?.explanation,
      text: view?.text ?? seat.release.words(on: stage, under: rules.policy, opening: opening),
      holds: seat.closings { subject in
        subject == .stage(id) || stage.offers.contains { subject == .tier($0) }
      }
    )
  }
}

extension Policy {
  /// The forms and the texts that some way through the admission to a stage asks for, in file order.
  fileprivate func demands(of stage: Stage) -> (forms: [Form.ID], terms: [Terms.ID]) {
    guard case .gate(let gate) = stage.admits else { return ([], []) }
    let wanted = branches(of: gate).flatMap(\.parts).map(\.requirement)
    return (
      forms.map(\.id).filter { wanted.contains(.answer($0)) },
      terms.map(\.id).filter { wanted.contains(.accept($0)) }
    )
  }
}

extension Release {
  /// How a stage stands, for somebody who may not see persons.
  fileprivate func words(on stage: Stage, under policy: Policy, opening: Case?) -> String {
    if let opened = openings[stage.id] { return "stage \(stage.id) opened at \(opened.at)" }
    let asked =
      opening.map { asked in
        guard isPublic else { return "" }
        return asked.isOpen ? "; case \(asked.number) asks that it open" : ""
      } ?? ""
    let lines = policy.branches(of: stage.opens).enumerated().flatMap { index, branch in
      [" way \(index + 1):"] + branch.parts.map { "  \($0.requirement.words)" }
    }
    return (["stage \(stage.id) has not opened\(asked)"] + lines).joined(separator: "\n")
  }
}

extension Plain {
  /// What is asked for, in a few words.
  fileprivate var words: String {
    switch self {
    case .approve(let approve): "\(approve.count) of \(approve.role)"
    case .evidence(let wanted):
      "evidence \(wanted.kind)" + (wanted.of.map { " of \($0)" } ?? "")
    case .accept(let terms): "acceptance of terms \(terms)"
    case .answer(let form): "answers to form \(form)"
    case .credential(let wanted): "credential \(wanted.type)"
    case .member(let group): "membership in \(group)"
    case .after(.instant(let instant)): "from \(instant)"
    case .after(.opening(let stage, let plus)): "\(plus) after stage \(stage) opened"
    case .wait(let duration): "\(duration) open for comment"
    }
  }
}
