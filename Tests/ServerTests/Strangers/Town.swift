import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import SluiceServer

/// A release with somebody in every role, brought as far as a test wants it.
///
/// ana and cho manage, ben reviews, hal is steward, edi decides who gets the extras and nothing else, pia
/// invites readers, of whom mia is one; the clerk asks for bea, bob for himself; eve has a token and no
/// business here, una registered and has none either; ida is auditor.
enum Town {
  /// How far the release has come.
  ///
  /// In `ruled` its rules are in force and nothing is open; in `adopted` the weights can be asked for, in
  /// `public` its record has begun, and in `held` all of that is held.
  enum State: String, CaseIterable {
    case missing, reserved, proposed, ruled
    case adopted = "gated"
    case `public`, held

    /// The states in which it does not exist for strangers.
    static let hidden: [State] = [.reserved, .proposed, .ruled, .adopted]
  }

  /// The case by which the clerk asks for bea.
  static let bea = 3
  /// The case by which bob asks for himself, once the release is public.
  static let bob = 5

  static let readers = [
    "ana", "cho", "ben", "hal", "edi", "pia", "mia", "bea", "bob", "eve", "una", "ida", "clerk",
  ]

  static let policy = """
    sluice: policy/1
    id: town
    version: 1
    title: Somebody in every role
    roles: [managers, reviewers, stewards, editors, outreach]
    tiers:
      code: {kind: code}
      weights: {kind: weights}
      extra: {kind: data}
      late: {kind: data}
      raw: {kind: data}
    sealed:
      raw: It is not ours to give.
    terms:
      use: {file: terms/use.md}
    forms:
      request:
        - {id: name, type: text, max: 200, private: true}
        - {id: purpose, type: text, max: 2000}
    groups:
      readers: {managers: outreach, describe: [sector]}
    gates:
      pair:
        require:
          - approve: {role: managers}
          - approve: {role: reviewers}
        lapse: P60D
      requester:
        require:
          - answer: request
          - accept: use
          - approve: {role: managers, signature: session}
        due: P7D
        lapse: P60D
      extras:
        require:
          - member: readers
          - approve: {role: editors}
      invited:
        require:
          - accept: use
          - approve: {role: editors}
      look-back:
        require:
          - approve: {role: stewards}
        recuse: [deciders]
    stages:
      public: {offers: [code], opens: pair, admits: everyone}
      gated:
        offers: [weights]
        opens: pair
        admits: requester
        lasts: P365D
        renews: {gate: requester, window: P365D, grace: P7D}
      more: {offers: [extra], opens: pair, admits: extras, lasts: P30D}
      preview: {offers: [late], opens: pair, admits: invited, lasts: P30D}
    governance:
      stewards: stewards
      amend: pair
      lift: pair
      appeal: pair
      emergency: {gate: pair, lasts: PT24H, review: look-back, within: P3D}

    """

  static func roster(clerk: PublicKey) throws -> String {
    let people = try ["ana", "cho", "ben", "hal", "edi", "pia"].map { name in
      "  person:\(name): {keys: [\"\(try Deployed.key(name).publicKey.line)\"]}"
    }
    return """
      sluice: roster/1
      id: town
      version: 1
      principals:
      \(people.joined(separator: "\n"))
        service:clerk: {keys: ["\(clerk.line)"]}
      roles:
        managers: [person:ana, person:cho, service:clerk]
        reviewers: [person:ben]
        stewards: [person:hal]
        editors: [person:edi]
        outreach: [person:pia]

      """
  }

  /// The deployment with its release in a state; the cases that there are, are open.
  static func deployed(_ state: State) async throws -> Deployed {
    guard state != .missing else { return try await Deployed.empty(readers: readers) }
    guard state != .reserved else { return try await Deployed(readers: readers) }
    let ledger = try Ledger.inMemory(origin: "localhost/test", at: Deployed.noon)
    let texts = Deployed.Texts(
      policy: policy,
      roster: try roster(clerk: ledger.keys.clerk.publicKey),
      readers: readers
    )
    let deployed = try await Deployed.proposed(over: ledger, texts)
    guard state != .proposed else { return deployed }
    try await deployed.approve(1, as: "ana")
    try await deployed.approve(1, as: "ben")
    for tier in ["code", "weights", "extra", "late"] as [Tier.ID] {
      try await deployed.bindLarge(tier)
    }
    guard state != .ruled else { return deployed }
    try await deployed.open("gated")
    try await deployed.askForBea()
    try await deployed.fillRecord()
    guard state != .adopted else { return deployed }
    try await deployed.open("public")
    try await deployed.askForBob()
    guard state == .held else { return deployed }
    for subject in [.stage("public"), .stage("gated"), .tier("weights")] as [Topic] {
      try await deployed.act("hal", .hold(subject, .init(code: .safety, text: "Wait.")))
    }
    return deployed
  }

  /// The deployment in which both cases stand where they are wanted; before it is public only bea's.
  static func deployed(_ state: Case.State, isPublic: Bool) async throws -> Deployed {
    var deployed = try await deployed(isPublic ? .public : .adopted)
    for number in isPublic ? [bea, bob] : [bea] {
      let reference = String(number)
      switch state {
      case .open: break
      case .returned:
        try await deployed.act("ana", .return(case: reference, reason: "Say more."), release: nil)
      case .approved: try await deployed.approve(number, as: "ana")
      case .denied:
        try await deployed.act(
          "ana",
          .deny(case: reference, .purpose, reason: "Too vague."),
          release: nil
        )
      case .withdrawn:
        let name = number == bob ? "bob" : "clerk"
        try await deployed.act(name, .withdraw(case: reference, reason: ""), release: nil)
      case .lapsed: break
      }
    }
    if state == .lapsed {
      deployed.now = deployed.now + Duration(seconds: 61 * 86_400)
      try await deployed.ledger.settle(at: deployed.now)
    }
    return deployed
  }
}

extension Deployed {
  /// Has a tier bound to one file that is too large to be looked into.
  fileprivate func bindLarge(_ tier: Tier.ID) async throws {
    let content = SHA256Digest(of: Array(tier.rawValue.utf8))
    let file = Manifest.Resource(path: "\(tier).safetensors", sha256: content, size: 4)
    try await bind(tier, to: [file], signedWith: .make())
  }

  /// Measurements, a hold, a member, a credential.
  fileprivate func fillRecord() async throws {
    let finding = Statement.Finding(
      kind: "detectability",
      metrics: ["accuracy": "0.94"],
      method: "x"
    )
    try await act("cho", .evidence("weights", finding))
    try await act("hal", .hold(.tier("extra"), .init(code: .safety, text: "Under review.")))
    try await act(
      "hal",
      .hold(.principal("person:mia"), .init(code: .misuse, text: "Secret of mia."))
    )
    try await act("pia", .join("readers", "person:mia", fields: ["sector": "press"]))
    try await act("hal", .credential("person:bea", .init(type: "researcher")))
    try await act("pia", .flag(.tier("weights"), .leak, text: "Secret of pia."))
  }

  fileprivate func askForBea() async throws {
    let asking = try Asking(for: ["weights"], on: await local("clerk").release(Self.release))
    let filed = try await draft("clerk")
      .access(asking, for: .principal("person:bea"), purpose: "purpose-of-bea")
    try await say([filed], as: "clerk")
    try await act(
      "bea",
      .answer(.case(String(Town.bea)), form: "request", answers: Self.answers(of: "bea"))
    )
    try await act("bea", .accept("use"))
  }

  fileprivate func askForBob() async throws {
    let gift = Verb.Gift(
      answers: ["request": .object(Self.answers(of: "bob"))],
      accepts: ["use"]
    )
    try await act(
      "bob",
      .request(Verb.Wish(tiers: ["weights"], purpose: "purpose-of-bob", gift: gift))
    )
  }

  static func answers(of name: String) -> JSONObject {
    ["name": .string("private-of-\(name)"), "purpose": .string("open-of-\(name)")]
  }
}
