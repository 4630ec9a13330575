import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer

extension Town {
  /// What a case is about: each kind, and the two kinds of hold that a `lift` can end.
  ///
  /// What is about a person, the requester files for the beneficiary, or the beneficiary; what is about
  /// the release, the filer.
  enum Affair: String, CaseIterable {
    case access, amend, open, lift
    case personLift = "lift-of-a-person"
    case appeal, emergency, review, renew

    /// Whether the public record has it (`Docs/Formats/visibility.md` 3).
    var isOnRecord: Bool { [.amend, .open, .lift, .emergency, .review].contains(self) }
  }

  /// How a case stands; `held` is one that is open and touched by a hold.
  enum Stand: String, CaseIterable {
    case open, held, returned, approved, denied, withdrawn, lapsed
  }

  /// A deployment with a case.
  struct Pending {
    var deployed: Deployed
    let number: Int
    let deciders: [String]
    let requester: String

    /// Who alone can deny it.
    var denier: String { deciders.last ?? "" }
  }

  /// Whether a case can stand so: what was never said cannot be worded anew or taken back.
  static func isPossible(_ affair: Affair, _ stand: Stand) -> Bool {
    affair != .review || ![.returned, .withdrawn].contains(stand)
  }

  /// A deployment in which a case stands where it is wanted, before or after the record began.
  static func pending(_ affair: Affair, _ stand: Stand, isPublic: Bool) async throws -> Pending {
    var pending = try await filed(affair, in: deployed(isPublic ? .public : .adopted))
    let deployed = pending.deployed
    let reference = String(pending.number)
    switch stand {
    case .open: break
    case .held:
      let order = Statement.Order(code: .misuse, text: "Wait.")
      try await deployed.act("hal", .hold(.case(reference), order))
    case .returned:
      try await deployed.act(
        pending.denier,
        .return(case: reference, reason: "Say more."),
        release: nil
      )
    case .approved:
      for name in pending.deciders { try await deployed.approve(pending.number, as: name) }
    case .denied:
      let denial = Verb.deny(case: reference, .purpose, reason: "Too vague.")
      try await deployed.act(pending.denier, denial, release: nil)
    case .withdrawn:
      try await deployed.act(
        pending.requester,
        .withdraw(case: reference, reason: ""),
        release: nil
      )
    case .lapsed:
      pending.deployed.now = deployed.now + Duration(seconds: 61 * 86_400)
      try await deployed.ledger.settle(at: pending.deployed.now)
    }
    return pending
  }

  private static func filed(_ affair: Affair, in deployed: Deployed) async throws -> Pending {
    let bea = String(bea)
    switch affair {
    case .access:
      return Pending(deployed: deployed, number: Self.bea, deciders: ["ana"], requester: "clerk")
    case .amend:
      return try await file(.adopt(.init(policy: nextPolicy)), as: "cho", in: deployed)
    case .open: return try await file(.open("preview"), as: "cho", in: deployed)
    case .lift:
      let hold = try await hold(on: .tier("extra"), in: deployed)
      return try await file(.lift(hold: hold, purpose: "Reviewed."), as: "cho", in: deployed)
    case .personLift:
      let hold = try await hold(on: .principal("person:mia"), in: deployed)
      return try await file(.lift(hold: hold, purpose: "purpose-of-mia"), as: "cho", in: deployed)
    case .appeal:
      try await deployed.act("ana", .deny(case: bea, .purpose, reason: "No."), release: nil)
      let appeal = Verb.appeal(case: bea, reason: "purpose-of-bea")
      return try await file(appeal, as: "bea", by: ["cho", "ben"], in: deployed)
    case .emergency: return try await file(emergency, as: "cho", in: deployed)
    case .review:
      let asked = try await file(emergency, as: "cho", in: deployed)
      for name in asked.deciders { try await deployed.approve(asked.number, as: name) }
      return Pending(
        deployed: deployed,
        number: asked.number + 1,
        deciders: ["hal"],
        requester: "cho"
      )
    case .renew:
      try await deployed.approve(Self.bea, as: "ana")
      let held = GrantFilter(holder: "person:bea")
      let grant = try await deployed.local(nil).grants(held).first?.id.rawValue ?? ""
      let gift = Verb.Gift(
        answers: ["request": .object(Deployed.answers(of: "bea"))],
        accepts: ["use"]
      )
      let renewal = Verb.renew(grant: grant, purpose: "purpose-of-bea", gift)
      return try await file(renewal, as: "bea", by: ["ana"], in: deployed)
    }
  }

  /// The version that an amendment proposes.
  static var nextPolicy: String {
    get throws {
      let digest = try Policy(text: policy).digest
      return policy.replacing("version: 1\ntitle", with: "version: 2\nprevious: \(digest)\ntitle")
    }
  }

  private static let emergency = Verb.emergency(
    ["late"],
    to: "person:bea",
    purpose: "purpose-of-bea"
  )

  private static func hold(
    on subject: Hold.Subject,
    in deployed: Deployed
  ) async throws -> String {
    try await deployed.local(nil).holds(HoldFilter(subject: subject)).first?.id.rawValue ?? ""
  }

  private static func file(
    _ verb: Verb,
    as name: String,
    by deciders: [String] = ["ana", "ben"],
    in deployed: Deployed
  ) async throws -> Pending {
    let number = try await deployed.act(name, verb).cases.map(\.number).max() ?? 0
    return Pending(deployed: deployed, number: number, deciders: deciders, requester: name)
  }
}
