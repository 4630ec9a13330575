import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

/// `sluice person`: the people whom the operator knows.
struct PersonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person",
    abstract: "Enrol people, vouch for them, list them, show one.",
    discussion: "Example: sluice person list",
    subcommands: [PersonAdd.self, PersonVet.self, PersonList.self, PersonShow.self]
  )
}

/// `sluice person add`.
struct PersonAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Enrol a person, with keys to sign with and a token to ask and download with.",
    discussion: """
      Who holds a role needs no enrolment: the roster lists their keys.
      Example: sluice person add bob --email bob@example.org --token laptop
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  @Argument(help: "The person, as person:NAME or NAME.")
  var person: PersonName

  @Option(help: "The full name.")
  var name: String?

  @Option(help: "The e-mail address.")
  var email: String = ""

  @Option(help: "The organisation, as org:NAME.")
  var organisation: PersonName?

  @Option(
    name: .customLong("key"),
    help: "A public key file; may be given more than once.",
    completion: .file()
  )
  var keyFiles: [String] = []

  @Option(help: "Issue a token with this name at once; it is printed this one time.")
  var token: String?

  @Flag(help: "May read who received what; nothing else.")
  var auditor = false

  func run() async throws {
    let ledger = try await place.openLocal().ledger
    let keys = try keyFiles.map { path in
      let text = try Files.text(at: path)
      guard !text.contains("PRIVATE KEY-----") else {
        throw Malformed(path, "is a private key; give the public half, \(path).pub")
      }
      do {
        return try PublicKey(line: text.split(separator: "\n").first.map(String.init) ?? "")
      } catch let error as Malformed {
        throw Malformed(path, "is not a public key of SSH that counts here: \(error.what)")
      }
    }
    let registration = Registration(
      id: person.id,
      name: name,
      email: email,
      organisation: organisation?.id,
      isAuditor: auditor
    )
    do {
      try await ledger.add(registration, keys: keys, at: Clock.now())
    } catch let refusal as Refusal { throw Refused(problem: named(Problem(refusal))) }
    var secret: String?
    if let token {
      secret = try await ledger.issueToken(
        for: person.id,
        name: token,
        lasts: nil,
        at: Clock.now()
      )
    }
    var members: JSONObject = ["principal": .string(person.id.rawValue)]
    members["token"] = secret.map { .string($0) }
    rendering.show(
      "enrolled \(person.id) with \(keys.count) \(keys.count == 1 ? "key" : "keys")"
        + (secret.map { "\ntoken \($0)\n(printed this once; give it to \(person.id.name))" } ?? ""),
      json: .object(members)
    )
  }
}

extension PersonAdd {
  /// The problem with the token that was asked for in the place of any.
  fileprivate func named(_ problem: Problem) -> Problem {
    guard let token else { return problem }
    return Problem(
      code: problem.code,
      detail: problem.detail,
      next: problem.next.map { act in
        let usual = " --name laptop"
        return act.hasSuffix(usual)
          ? act.dropLast(usual.count) + " --name \(Typed.quoted(token))" : act
      }
    )
  }
}

/// `sluice person list`.
struct PersonList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List everybody who is enrolled, with their keys.",
    discussion: "Example: sluice person list --json"
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  func run() async throws {
    let ledger = try await place.openLocal().ledger
    let people = try await ledger.persons()
    let keys = Dictionary(grouping: try await ledger.keys(), by: \.principal)
    rendering.show(
      Table(
        headings: ["WHO", "NAME", "E-MAIL", "KEYS", ""],
        rows: people.map { person in
          [
            person.id.rawValue, person.name, person.email,
            (keys[person.id] ?? []).map { "\($0.fingerprint) (\($0.way.rawValue))" }
              .joined(separator: ", "),
            person.isAuditor ? "auditor" : "",
          ]
        }
      ).text,
      json: .object(["items": .array(people.map { Self.json($0, keys: keys[$0.id] ?? []) })])
    )
  }

  private static func json(_ person: Registration, keys: [Registration.Key]) -> JSONValue {
    .object([
      "auditor": .bool(person.isAuditor), "email": .string(person.email),
      "keys": .array(
        keys.map { key in
          .object([
            "fingerprint": .string(key.fingerprint), "from": .string(key.from.description),
            "until": key.until.map { .string($0.description) } ?? .null,
          ])
        }
      ),
      "name": .string(person.name), "principal": .string(person.id.rawValue),
    ])
  }
}
