import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// A command whose words become statements: a verb with its arguments.
///
/// The statements are composed from what the deployment shows, by the code that also answers
/// `POST /sluice/v1/drafts`; `sluice statement` writes them down to be signed elsewhere.
protocol Stating: AsyncParsableCommand {
  var place: Where { get }
  var who: Who { get }
  var rendering: Rendering { get }

  /// What is said, from the flags and the files that they name.
  func instruction(at place: Where.Place) async throws -> Instruction

  /// Files that go with it, by their digests.
  func attachments() throws -> [SHA256Digest: [UInt8]]
}

extension Stating {
  func attachments() throws -> [SHA256Digest: [UInt8]] { [:] }
}

/// A command that says something and nothing else: it composes, shows, has signed and hands in.
protocol Speaking: Stating {
  /// What the person is asked before it is said, also where a session is enough; `nil` where only a
  /// signature is asked for.
  var question: String? { get }

  /// Whether the clerk says it, whom the operator alone can let speak.
  var isClerks: Bool { get }

  /// What has come of it, in words.
  func outcome(_ submitted: Submitted, of drafted: Drafted) -> String
}

extension Speaking {
  func run() async throws {
    if isClerks, place.server != nil { throw ValidationError("--clerk goes with --home") }
    let local = isClerks ? try await place.openHome() : nil
    let place = if let local { local.place } else { try await place.open() }
    let instruction = try await instruction(at: place)
    var act =
      if let local, let release = instruction.release {
        try await Act.clerk(at: local, release: release)
      } else { try await Act.begin(who, at: place, saying: instruction) }
    act.question = question
    let drafted = try await act.compose(instruction.verb)
    let submitted = try await act.submit(
      drafted.statements,
      documents: drafted.documents.merging(try attachments()) { first, _ in first }
    )
    rendering.show(outcome(submitted, of: drafted), json: submitted.json)
  }

  var question: String? { nil }

  var isClerks: Bool { false }

  func outcome(_ submitted: Submitted, of drafted: Drafted) -> String {
    let isFiled = drafted.statements.contains { $0.type == .file }
    let cases = submitted.touched(by: drafted.statements)
      .map(isFiled ? Approve.filed : Approve.outcome)
    let grants = submitted.grants.map { line in
      "grant \(line.id.rawValue.prefix(12)) of \(line.audience.text): \(line.status.rawValue)"
    }
    // What is referred to later by its digest is named; a verdict is not, and its case is.
    let said = zip(drafted.statements, submitted.events).filter { statement, _ in
      cases.isEmpty || !statement.isAboutCase
    }.map { statement, event in
      "\(event.kind) \(statement.id.rawValue.prefix(12)) is entry \(event.index)"
    }
    return (said + cases + grants.filter { _ in cases.isEmpty }).joined(separator: "\n")
  }
}

extension Submitted {
  /// The cases that the statements are about, and those that they brought to an end.
  ///
  /// A statement about a release can be noted in many of its cases; of those nothing has to be said.
  fileprivate func touched(by statements: [Statement]) -> [CaseLine] {
    let named = Set(statements.flatMap { [$0.id.rawValue, $0.subject.digest.hex] })
    let judged = Set(statements.compactMap(\.judgedCase))
    let since = statements.map(\.at).min()
    return cases.filter { line in
      if named.contains(line.id.rawValue) || judged.contains(line.id) { return true }
      guard let ended = line.endedAt, let since else { return false }
      return ended >= since
    }
  }
}

extension Statement {
  /// The case that it judges or answers for, where its subject does not say it.
  fileprivate var judgedCase: Case.ID? {
    switch body {
    case .approve(let verdict), .deny(let verdict, _): verdict.case
    case .return(let id, _, _): id
    case .answer(.case(let id), _): id
    default: nil
    }
  }

  /// Whether it begins, words or judges a case, which is known by its number.
  fileprivate var isAboutCase: Bool {
    switch body {
    case .file, .revise, .withdraw, .return, .approve, .deny, .recuse, .answer(.case, _), .accept:
      true
    default: false
    }
  }
}

extension Act {
  /// Begins the act of whoever says `instruction`, in the release that it or its subject names.
  static func begin(
    _ who: Who,
    at place: Where.Place,
    saying instruction: Instruction
  ) async throws -> Act {
    if let release = instruction.release {
      return try await begin(who, at: place, release: release)
    }
    let pages = try await place.deployment.pages(of: instruction.verb, in: nil)
    guard let release = pages.named else { throw Refusal.unfit("name the release: OWNER/NAME") }
    return try await begin(who, at: place, release: release)
  }

  /// Composes a statement of a verb; a refusal says on which part of the policy it rests.
  func telling(_ verb: Verb, _ compose: () throws -> Statement) async throws -> Statement {
    do {
      return try compose()
    } catch let refusal as Refusal {
      let instruction = Instruction(verb, release: release, by: speaker.principal)
      throw try await reading.told(refusal, of: instruction)
    }
  }

  /// The statements of a verb, from what the deployment shows the speaker.
  func compose(_ verb: Verb) async throws -> Drafted {
    try await reading.drafted(Instruction(verb, release: release, by: speaker.principal))
  }
}

extension Deployment {
  /// The statements of an instruction; a refusal says on which part of the policy it rests.
  func drafted(_ instruction: Instruction) async throws -> Drafted {
    do {
      return try await compose(
        instruction,
        at: Clock.now(),
        random: { count in (0..<count).map { _ in UInt8.random(in: .min ... .max) } }
      )
    } catch let refusal as Refusal {
      throw await told(refusal, of: instruction)
    }
  }
}
