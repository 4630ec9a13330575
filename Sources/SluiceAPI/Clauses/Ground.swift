internal import SluiceEncoding
public import SluiceGovernance

/// What was tried when something was refused, as far as it tells on which part of a policy that rests.
public struct Ground: Hashable, Sendable {
  /// What was said, if something was.
  public var type: StatementType?
  /// The stage that was asked for.
  public var stage: Stage.ID?
  /// The tiers that were asked for.
  public var tiers: [Tier.ID]
  /// The group whose members were to change, or for which something was asked.
  public var group: Group.ID?
  /// The form that was answered.
  public var form: Form.ID?
  /// The case that was judged, as people name it.
  public var `case`: String?
  /// The gate that decides that case.
  public var gate: Gate.ID?
  /// The grant that was meant, as people name it.
  public var grant: String?

  /// Names what is known.
  public init(
    type: StatementType? = nil,
    stage: Stage.ID? = nil,
    tiers: [Tier.ID] = [],
    group: Group.ID? = nil,
    form: Form.ID? = nil,
    case: String? = nil,
    grant: String? = nil
  ) {
    self.type = type
    self.stage = stage
    self.tiers = tiers
    self.group = group
    self.form = form
    self.`case` = `case`
    self.grant = grant
  }
}

extension Ground {
  /// What a statement that was refused had tried.
  public init(_ statement: Statement) {
    let subject = statement.subject
    self.init(type: statement.type)
    switch statement.body {
    case .file(let filing): tell(of: filing)
    case .approve(let verdict), .deny(let verdict, _): `case` = verdict.case.rawValue
    case .return(let id, _, _): `case` = id.rawValue
    case .revise, .withdraw, .recuse: `case` = subject.digest.hex
    case .answer(let occasion, _):
      form = Form.ID(String(subject.name.dropFirst("form:".count)))
      switch occasion {
      case .case(let id): `case` = id.rawValue
      case .grant(let id): grant = id.rawValue
      }
    case .revoke, .surrender: grant = subject.digest.hex
    case .join, .leave: group = Group.ID(String(subject.name.dropFirst("group:".count)))
    case .bind: tiers = [statement.boundTier]
    case .comment, .accept, .credential, .evidence, .confirm, .retract, .delegate, .hold, .report,
      .keychange:
      break
    }
  }

  private mutating func tell(of filing: Statement.Filing) {
    switch filing {
    case .open(let stage, let manifests):
      self.stage = stage
      tiers = manifests.keys.sorted { $0.rawValue < $1.rawValue }
    case .access(let stage, let tiers, let beneficiary, _):
      self.stage = stage
      self.tiers = tiers
      if case .group(let group) = beneficiary { self.group = group }
    case .renew(let id, _): grant = id.rawValue
    case .appeal(let id, _, _): `case` = id.rawValue
    case .emergency(let manifests, _, _):
      tiers = manifests.keys.sorted { $0.rawValue < $1.rawValue }
    case .amend, .lift, .review: break
    }
  }

  /// What a verb that was refused had tried.
  public init(_ verb: Verb) {
    self.init()
    switch verb {
    case .open(let stage): self = Ground(type: .file, stage: stage)
    case .request(let wish):
      self = Ground(type: .file, stage: wish.stage, tiers: wish.tiers)
      if case .group(let group) = wish.beneficiary { self.group = group }
    case .renew(let grant, _, _): self = Ground(type: .file, grant: grant)
    case .emergency(let tiers, _, _): self = Ground(type: .file, tiers: tiers)
    case .bind(let tier, _): self = Ground(type: .bind, tiers: [tier])
    case .appeal(let reference, _): self = Ground(type: .file, case: reference)
    case .revise(let reference, _, _, _, _): self = Ground(type: .revise, case: reference)
    case .withdraw(let reference, _): self = Ground(type: .withdraw, case: reference)
    case .approve(let reference, _): self = Ground(type: .approve, case: reference)
    case .deny(let reference, _, _): self = Ground(type: .deny, case: reference)
    case .return(let reference, _): self = Ground(type: .return, case: reference)
    case .recuse(let reference, _): self = Ground(type: .recuse, case: reference)
    case .answer(.case(let reference), let form, _):
      self = Ground(type: .answer, form: form, case: reference)
    case .answer(.grant(let reference), let form, _):
      self = Ground(type: .answer, form: form, grant: reference)
    case .join(let group, _, _): self = Ground(type: .join, group: group)
    case .leave(let group, _): self = Ground(type: .leave, group: group)
    case .delegate: type = .delegate
    case .hold: type = .hold
    case .revoke(let grant, _, _): self = Ground(type: .revoke, grant: grant)
    case .surrender(let grant): self = Ground(type: .surrender, grant: grant)
    case .adopt, .lift: type = .file
    case .comment, .flag, .accept, .credential, .evidence, .confirm, .retract: break
    }
  }
}
