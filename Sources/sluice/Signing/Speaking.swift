import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// A command that says something: a verb with its arguments, made into statements that a person signs.
///
/// The statements are composed from what the deployment shows, by the code that also answers
/// `POST /sluice/v1/drafts`, and shown in words before they are signed.
protocol Speaking: AsyncParsableCommand {
  var place: Where { get }
  var who: Who { get }
  var rendering: Rendering { get }

  /// What is said, from the flags and the files that they name.
  func instruction(at place: Where.Place) async throws -> Instruction

  /// Files that go with it, by their digests.
  func attachments() throws -> [SHA256Digest: [UInt8]]

  /// What has come of it, in words.
  func outcome(_ submitted: Submitted, of drafted: Drafted) -> String
}

extension Speaking {
  func run() async throws {
    let place = try await place.open()
    let instruction = try await instruction(at: place)
    let act = try await Act.begin(who, at: place, saying: instruction)
    let drafted = try await act.compose(instruction.verb)
    let submitted = try await act.submit(
      drafted.statements,
      documents: drafted.documents.merging(try attachments()) { first, _ in first }
    )
    rendering.show(outcome(submitted, of: drafted), json: submitted.json)
  }

  func attachments() throws -> [SHA256Digest: [UInt8]] { [:] }

  func outcome(_ submitted: Submitted, of drafted: Drafted) -> String {
    let cases = submitted.cases.map(Approve.outcome)
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

extension Statement {
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

  /// The statements of a verb, from what the deployment shows the speaker.
  func compose(_ verb: Verb) async throws -> Drafted {
    try await reading.compose(
      Instruction(verb, release: release, by: speaker.principal),
      at: Clock.now(),
      random: { count in (0..<count).map { _ in UInt8.random(in: .min ... .max) } }
    )
  }
}
