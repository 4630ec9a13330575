import ArgumentParser
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// `sluice erase`: take away what somebody has a right to have forgotten.
struct EraseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Erase the answers of a case, or a person; the log still verifies.",
    discussion: """
      What will go is shown first. Copies of the deployment are not reached: let them go too.
      Example: sluice erase answers 4 --basis "Art. 17 GDPR, at the request of the person concerned"
      """,
    subcommands: [EraseAnswers.self, ErasePerson.self]
  )
}

/// On what ground something is erased, and whether to ask first.
struct Ground: ParsableArguments {
  @Option(help: "On what ground. Everybody can read it in the log, so it must not say who it is.")
  var basis: String

  @Flag(help: "Erase without asking.")
  var yes = false

  /// Shows what will go and asks; where nobody can be asked, nothing goes.
  func confirm(_ words: String) throws {
    guard !yes else { return }
    Terminal.notice(words)
    guard Terminal.confirms("Erase this for good?") else { throw Kept() }
  }

  /// Nothing was erased.
  struct Kept: Advised {
    let detail =
      Terminal.isInteractive
      ? "nothing was erased" : "nothing was erased: there is no terminal to ask on"

    var next: [String] {
      Terminal.isInteractive
        ? [] : ["Erase without being asked: \(Typed.current.adding("--yes").text)"]
    }
  }
}

/// `sluice erase answers`.
struct EraseAnswers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answers",
    abstract: "Erase the answers of a case, and those that were owed after its grants.",
    discussion: """
      The case, its decision and every number stay as they are: nothing is computed from answers.
      Example: sluice erase answers 4 --basis "Art. 17 GDPR"
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering
  @OptionGroup var ground: Ground

  @Argument(help: "The case: its number or its id.")
  var `case`: String

  func run() async throws {
    let ledger = try await place.openLocal().ledger
    guard let row = try await ledger.case(`case`) else {
      throw Refusal.unknownCase(Case.ID(`case`))
    }
    let erasable = try await ledger.erasable(answersOf: row.id)
    try ground.confirm("Of case \(row.number) will go:\n\(erasable.text)")
    let erasure = try await ledger.eraseAnswers(
      of: row.id,
      basis: ground.basis,
      expecting: erasable.entries,
      at: Clock.now()
    )
    rendering.show(
      "erased of case \(row.number):\n\(erasable.text)\n\(erasure.text)",
      json: erasure.json(of: erasable, ["case": .integer(row.number)])
    )
  }
}

/// `sluice erase person`.
struct ErasePerson: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person",
    abstract: "Erase a person: what they said and what was said about them alone.",
    discussion: """
      What was handed out stays on record without a name. Refused for whoever is or was in a roster,
      and where the public record or a decision about others rests on what they said.
      Example: sluice erase person bob --basis "Art. 17 GDPR"
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering
  @OptionGroup var ground: Ground

  @Argument(help: "The person, as person:NAME or NAME.")
  var person: PersonName

  func run() async throws {
    let local = try await place.openLocal()
    try await local.requireKnown(person.id)
    let erasable = try await local.ledger.erasable(person.id)
    try ground.confirm("Of \(person.id) will go:\n\(erasable.text)")
    let erasure = try await local.ledger.erasePerson(
      person.id,
      basis: ground.basis,
      expecting: erasable.entries,
      at: Clock.now()
    )
    rendering.show(
      "erased of a person:\n\(erasable.text)\n\(erasure.text)",
      json: erasure.json(of: erasable, [:])
    )
  }
}

extension Erasable {
  /// What goes, and what stays, a line each.
  fileprivate var text: String {
    let kinds = counts.map { "\($0.number) \($0.kind)" }.joined(separator: ", ")
    var lines = [
      "  \(entries.count) \(entries.count == 1 ? "entry" : "entries")\(kinds.isEmpty ? "" : ": \(kinds)")"
    ]
    if !cases.isEmpty {
      lines.append("  cases \(cases.map(String.init).joined(separator: ", ")), \(grants) granted")
    }
    if !keys.isEmpty { lines.append("  keys \(keys.joined(separator: ", "))") }
    if tokens > 0 { lines.append("  tokens: \(tokens)") }
    if deliveries > 0 { lines.append("  deliveries that stay on record, nameless: \(deliveries)") }
    return lines.joined(separator: "\n")
  }
}

extension Erasure {
  /// What says so in the log, and what is left to do.
  fileprivate var text: String {
    let entries = entries.map(String.init).joined(separator: ", ")
    let said = entries.isEmpty ? "no entry named them" : "the log says so in entry \(entries)"
    let wiped =
      isWiped ? "" : "\nA reader was in the way: the write-ahead log is emptied with its next use."
    return """
      \(said)\(wiped)
      next: let copies of the deployment go that are older than this
      """
  }

  fileprivate func json(of erasable: Erasable, _ more: JSONObject) -> JSONValue {
    var members = more
    members["counts"] = .object(
      JSONObject(erasable.counts.map { .init(name: $0.kind, value: .integer($0.number)) })
    )
    members["deliveries"] = .integer(erasable.deliveries)
    members["entries"] = .array(entries.map { .integer($0) })
    members["erased"] = .array(erased.map { .integer($0) })
    members["wiped"] = .bool(isWiped)
    return .object(members)
  }
}
