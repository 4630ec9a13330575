import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import SluiceServer

/// A deployment in memory whose release is brought from state to state through the contract alone.
///
/// ana and cho manage, ben reviews, hal is steward and files, pia publishes and decides nothing; bob
/// asks; eve has a token and no business here; ida is auditor. Every key follows from its owner's name.
struct Deployed {
  static let release: Release.ID = "ana/tiny"
  static let noon = Instant(seconds: 1_550_145_600)
  static let terms = Array("Be kind.\n".utf8)
  /// Who registered themself, where they have a token.
  static let unvetted = "una"

  let ledger: Ledger
  /// The bearer tokens by NAME.
  let tokens: [String: String]
  var now = noon

  /// A deployment in which the release's name is set aside; in memory, unless a ledger is given.
  init(over ledger: Ledger? = nil, readers: [String]? = nil) async throws {
    self = try await Deployed.empty(over: ledger, readers: readers ?? Texts.tiny.readers)
    try await self.ledger.reserve(Self.release, at: now)
  }

  private init(_ ledger: Ledger, tokens: [String: String]) {
    self.ledger = ledger
    self.tokens = tokens
  }

  /// A deployment that knows people and no release.
  static func empty(over ledger: Ledger? = nil, readers: [String]) async throws -> Deployed {
    let ledger = try ledger ?? .inMemory(origin: "localhost/test", at: noon)
    var tokens: [String: String] = [:]
    for name in readers {
      if name == unvetted {
        let applicant = try Applicant(
          name: name,
          email: "\(name)@b.example",
          key: key(name).publicKey.line
        )
        tokens[name] = try await ledger.register(applicant, confirmedAt: { $0 }, at: noon).token
        continue
      }
      let person = Registration(id: person(name), isAuditor: name == "ida")
      if name != "clerk" { try await ledger.add(person, keys: [key(name).publicKey], at: noon) }
      tokens[name] = try await ledger.issueToken(for: person.id, name: "t", lasts: nil, at: noon)
    }
    return Deployed(ledger, tokens: tokens)
  }

  /// A deployment in which the rules are proposed.
  static func proposed(over ledger: Ledger? = nil, _ rules: Texts? = nil) async throws -> Deployed {
    let rules = try rules ?? .tiny
    let deployed = try await Deployed(over: ledger, readers: rules.readers)
    let policy = try Policy(text: rules.policy)
    let roster = try Roster(text: rules.roster)
    let texts: [Terms.ID: [UInt8]] = ["use": terms]
    let filed = try await deployed.draft("hal")
      .amendment(policy: policy, roster: roster, terms: texts)
    let documents = Draft.documents(policy: policy, roster: roster, terms: texts)
    try await deployed.say([filed], as: "hal", documents: documents)
    return deployed
  }

  /// A deployment in which the rules are in force and both tiers bound.
  static func adopted() async throws -> Deployed {
    let deployed = try await proposed()
    try await deployed.approve(1, as: "ana")
    try await deployed.approve(1, as: "ben")
    for tier in ["code", "weights"] as [Tier.ID] { try await deployed.bind(tier) }
    return deployed
  }

  /// A deployment in which the code is everybody's; `gated` too, the weights can be asked for.
  static func opened(gated: Bool = true) async throws -> Deployed {
    let deployed = try await adopted()
    try await deployed.open("public")
    if gated { try await deployed.open("gated") }
    return deployed
  }

  /// A deployment in which bob asks for the weights, in case 4.
  static func asked() async throws -> Deployed {
    let deployed = try await opened()
    let (statements, documents) = try await deployed.request("bob")
    try await deployed.say(statements, as: "bob", documents: documents)
    return deployed
  }

  /// A deployment in which bob has the weights.
  static func granted() async throws -> Deployed {
    let deployed = try await asked()
    try await deployed.grant()
    return deployed
  }
}

extension Deployed {
  /// The deployment as somebody sees it; `nil` is the operator.
  func local(_ name: String?, after seconds: Int = 0) async throws -> LocalDeployment {
    let instant = now + Duration(seconds: seconds)
    return LocalDeployment(ledger, reader: try await reader(name)) { instant }
  }

  func reader(_ name: String?) async throws -> LocalDeployment.Reader {
    guard let name else { return .operator }
    let token = try await ledger.tokens(of: Self.person(name)).first
    return .principal(Self.person(name), token: token?.id ?? "none")
  }

  /// Begins a statement; `number` tells those of one call apart.
  func draft(_ name: String, _ number: Int = 0) async throws -> Draft {
    let standing = try await local(nil).standing()
    let seed = "\(name) \(number) \(standing.head.size)"
    return Draft(
      by: Self.person(name),
      at: now,
      nonce: Array(SHA256Digest(of: Array(seed.utf8)).bytes.prefix(16)),
      release: Self.release,
      standing: standing
    )
  }

  func envelope(_ statement: Statement, as name: String) throws -> Envelope {
    let bytes = statement.canonical
    let signature = try signer(name).sign(message: bytes, namespace: statement.type.namespace)
    return Envelope(statement: bytes, signature: Array(signature.armor.utf8))
  }

  /// Has done what somebody at their own command line would do.
  @discardableResult
  func act(
    _ name: String,
    _ verb: Verb,
    release: Release.ID? = Deployed.release
  ) async throws -> Submitted {
    let drafted = try await local(name).drafts(
      Instruction(verb, release: release, by: Self.person(name))
    )
    return try await say(drafted.statements, as: name, documents: drafted.documents)
  }

  /// Has statements taken in, signed with their speaker's key.
  @discardableResult
  func say(
    _ statements: [Statement],
    as name: String,
    documents: [SHA256Digest: [UInt8]] = [:]
  ) async throws -> Submitted {
    let envelopes = try statements.map { try envelope($0, as: name) }
    return try await local(nil).submit(envelopes, documents: documents)
  }

  @discardableResult
  func approve(_ number: Int, as name: String) async throws -> Submitted {
    let page = try await local(name).case(String(number))
    return try await say([draft(name).approve(page)], as: name)
  }

  /// Has a stage opened.
  func open(_ stage: Stage.ID) async throws {
    let page = try await local("hal").release(Self.release)
    let filed = try await draft("hal").opening(stage, on: page)
    let number = try await say([filed], as: "hal").cases[0].number
    try await approve(number, as: "ana")
    try await approve(number, as: "ben")
  }

  /// Approves bob's case by all who must.
  func grant() async throws {
    for name in ["ana", "cho", "ben"] { try await approve(4, as: name) }
  }

  /// A request for the weights with its answers and its agreement.
  func request(
    _ name: String,
    purpose: String = ""
  ) async throws -> ([Statement], [SHA256Digest: [UInt8]]) {
    let asking = try Asking(for: ["weights"], on: await local(name).release(Self.release))
    let filed = try await draft(name).access(asking, purpose: purpose)
    let answers = try AnswerDocument(
      ["name": .string(name), "purpose": "To measure."],
      to: asking.forms[0],
      salt: SHA256Digest(of: Array("\(name) \(purpose)".utf8)).bytes
    )
    let answer = try await draft(name, 1).answer(answers, for: Case.ID(filed.id.rawValue))
    let accept = try await draft(name, 2).accept(asking.terms[0], text: Self.terms)
    return ([filed, answer, accept], [answers.commitment: answers.document])
  }

  private func bind(_ tier: Tier.ID) async throws {
    let content = SHA256Digest(of: Array(tier.rawValue.utf8))
    let file = Manifest.Resource(path: "\(tier).bin", sha256: content, size: 4)
    try await bind(tier, to: [file], signedWith: .make())
  }

  /// Has a tier bound to files that are in the blobs, where there are blobs.
  func bind(
    _ tier: Tier.ID,
    to files: [Manifest.Resource],
    signedWith key: ReleaseKey
  ) async throws {
    let manifest = try Manifest(
      model: "tiny",
      resources: files,
      binding: .init(
        release: Self.release.rawValue,
        tier: tier.rawValue,
        audience: ledger.origin
      )
    )
    let statement = try await draft("hal").bind(tier, to: manifest.digest)
    let bytes = statement.canonical
    let armor = try Self.key("hal").sign(message: bytes, namespace: statement.type.namespace).armor
    _ = try await ledger.perform(
      [Submission(statement: bytes, proof: .signature(armor: Array(armor.utf8)))],
      manifests: [ModelBundle(manifest, signedWith: key)],
      at: now
    )
  }

  static func person(_ name: String) -> Principal.ID {
    name == "clerk" ? "service:clerk" : Principal.ID("person:\(name)")
  }

  /// Whoever signs as NAME; the clerk's key is the deployment's.
  private func signer(_ name: String) throws -> Ed25519Signer {
    name == "clerk" ? ledger.keys.clerk : try Self.key(name)
  }

  static func key(_ name: String) throws -> Ed25519Signer {
    try Ed25519Signer(seed: SHA256Digest(of: Array("key of \(name)".utf8)).bytes)
  }
}
