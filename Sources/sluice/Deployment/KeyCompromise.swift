import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer

/// `sluice key compromise`: a key that may be in other hands.
struct KeyCompromise: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compromise",
    abstract: "Say since when a key may be in other hands: its owner ends it, a steward holds it.",
    discussion: """
      The owner's word ends the key everywhere. A steward's holds it in the releases where he is one, \
      and what it signed since then counts in no open case. Decisions stand; those that rest on it are \
      listed. Sign it with another key.
      Example: sluice key compromise SHA256:lbmsoA0yIEcEiVDRnMWuzm+nV+3ZEEpVIURqFoeSspg --since 2026-11-01T00:00:00Z
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The key's fingerprint, as `sluice person show` has it.")
  var fingerprint: Fingerprint

  @Option(help: "The earliest instant at which it may have been in other hands.")
  var since: Instant

  @Option(
    name: .customLong("release"),
    help: "Hold it there only; may be given more than once. Else wherever the signer is a steward."
  )
  var releases: [Release.ID] = []

  @Option(help: "Why, in words.")
  var text = "The key may be in other hands."

  func run() async throws {
    let local = try await place.openLocal()
    let key = try await local.enrolled(fingerprint)
    let act = try await local.beginKeychange(who)
    let isOwner = act.speaker.principal == key.principal
    let isOwnVoice = act.speaker.fingerprint == key.fingerprint
    let held = try await stewardships(of: act.speaker.principal, at: local)
    if isOwnVoice, !held.isEmpty {
      rendering.tell("the key cannot make itself doubtful: it is ended, and not held")
    }
    var statements = isOwnVoice ? [] : try await holds(in: held, by: act, at: local)
    // What was retired before can still be held.
    if isOwner, key.until == nil {
      let last = try await local.ledger.lastKeychange(of: key.principal)
      statements.append(try act.draft.change(.end, key: key.line, after: last))
    }
    guard !statements.isEmpty else {
      if let until = key.until, isOwner {
        throw Refusal.keyEnded(fingerprint: key.fingerprint, at: until)
      }
      throw Self.refusal(act.speaker.principal, of: key)
    }
    let submitted = try await act.submit(statements)
    let resting = try await resting(at: local)
    var members = submitted.json(about: key.fingerprint, of: key.principal).objectValue ?? [:]
    members["undermined"] = .array(resting.map(\.json))
    rendering.show(
      (zip(statements, submitted.events.filter { ["hold", "keychange"].contains($0.kind) })
        .map { "\(Self.words($0, key)): entry \($1.index)" } + Undermining.lines(resting))
        .joined(separator: "\n"),
      json: .object(members)
    )
  }

  /// The releases in which the key is to be held.
  private func stewardships(
    of principal: Principal.ID,
    at local: Where.Local
  ) async throws -> [Release.ID] {
    var found: [Release.ID] = []
    for id in try await local.ledger.releases() where releases.isEmpty || releases.contains(id) {
      let state = try await local.ledger.release(id, scope: .levelOnly)
      if state.closes(principal, at: Clock.now()) { found.append(id) }
    }
    if let missing = releases.first(where: { !found.contains($0) }) {
      throw Refused(
        problem: Problem(
          code: Refusal.notEligible(principal).code,
          detail: "\(principal) is no steward of \(missing).",
          next: ["Who is: sluice policy show \(missing)"]
        )
      )
    }
    return found
  }

  private func holds(
    in releases: [Release.ID],
    by act: Act,
    at local: Where.Local
  ) async throws -> [Statement] {
    let order = Statement.Order(code: .keyCompromise, text: text, until: nil, since: since)
    var statements: [Statement] = []
    for id in releases {
      let there = Act(
        place: act.place,
        standing: act.standing,
        release: id,
        speaker: act.speaker,
        isSure: act.isSure
      )
      let page = try await local.deployment.release(id)
      statements.append(try there.draft.hold(.key(fingerprint.text), order, on: page))
    }
    return statements
  }

  /// The decisions, in any release, that rest on what the key signed since.
  private func resting(
    at local: Where.Local
  ) async throws -> [UnderminedLine] {
    var found: [UnderminedLine] = []
    for id in try await local.ledger.releases() {
      found += try await local.ledger.undermined(by: fingerprint.text, since: since, in: id)
        .map { UnderminedLine($0, in: id) }
    }
    return found
  }

  private static func refusal(_ principal: Principal.ID, of key: Registration.Key) -> Refused {
    Refused(
      problem: Problem(
        code: Refusal.notEligible(principal).code,
        detail: "\(principal) neither has that key nor is a steward of a release.",
        next: [
          "Its owner says it: the same command with --as \(key.principal.name) --key FILE",
          "Or a steward: the same command with --as WHO --key FILE",
        ]
      )
    )
  }

  private static func words(_ statement: Statement, _ key: Registration.Key) -> String {
    statement.type == .hold
      ? "held \(key.fingerprint) in \(statement.release)"
      : "ended \(key.fingerprint) of \(key.principal)"
  }
}
