import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice statement`: the exact bytes of an act, to be signed on another machine.
struct StatementCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement",
    abstract: "Write the bytes that an act would sign, instead of signing them here.",
    discussion: """
      Takes the words of the command itself, before --out or after it; over HTTP it is the token's
      person who will sign. Sign the file anywhere and hand it in with
      `sluice submit`; the namespace to sign in is printed. A file that goes with the statement is
      written beside it, under its digest.
      Example: sluice statement --out approval.json return 4 --reason "Say more." --as ana
      """
  )

  @Option(help: "Where the statement is written; of several, with a number.", completion: .file())
  var out: String?

  @OptionGroup var rendering: Rendering

  @Argument(parsing: .captureForPassthrough, help: "The command, such as: return 4 --reason WHY")
  var words: [String]

  func run() async throws {
    // What is taken as it stands takes the flag for help along.
    if let first = words.first, ["--help", "-h"].contains(first) {
      throw CleanExit.helpRequest(Self.self)
    }
    let (words, after) = Self.parted(words)
    guard let out = out ?? after else {
      throw ValidationError("say where the statement is written: --out FILE")
    }
    guard let command = try Sluice.parseAsRoot(words) as? any Stating else {
      throw ValidationError("\(words.first ?? ""): says nothing that could be signed elsewhere")
    }
    if (command as? any Speaking)?.isClerks == true {
      throw ValidationError("the clerk's key signs here: leave --clerk out")
    }
    let place = try await command.place.open()
    let by = try await Self.signer(command.who, at: place)
    let reading = place.local == nil ? place.deployment : try place.reading(as: by)
    let instruction = try await command.instruction(at: place)
    let drafted = try await reading.drafted(
      Instruction(instruction.verb, release: instruction.release, by: by)
    )
    let documents = drafted.documents.merging(try command.attachments()) { first, _ in first }
    for (digest, bytes) in documents {
      let file = Files.url(out).deletingLastPathComponent().appending(path: digest.hex)
      try Data(bytes).write(to: file, options: .atomic)
    }
    let files = try drafted.statements.enumerated().map { number, statement in
      let path = number == 0 ? out : "\(out).\(number + 1)"
      try Data(statement.canonical).write(to: Files.url(path), options: .atomic)
      return (path, statement)
    }
    let shown = rendering.json || !command.rendering.json ? rendering : command.rendering
    shown.show(
      files.map { path, statement in
        """
        \(statement.words)
        next: ssh-keygen -Y sign -f KEY -n \(statement.type.namespace) \(Typed.quoted(path))
        """
      }.joined(separator: "\n"),
      json: drafted.json
    )
  }

  /// Who will sign: whom the flag names, over HTTP whoever the token is of.
  private static func signer(_ who: Who, at place: Where.Place) async throws -> Principal.ID {
    guard place.local == nil else {
      guard let named = who.principal?.id else {
        throw ValidationError("say who will sign: --as NAME")
      }
      return named
    }
    guard let principal = try await place.deployment.standing().principal else {
      throw Refusal.noToken
    }
    if let named = who.principal?.id, named != principal {
      throw ValidationError("the token is \(principal.name)'s, not \(named.name)'s")
    }
    return principal
  }

  /// The words of the command, and the file that an `--out` among them names.
  ///
  /// What stands after the command's name is the command's, so this option is looked for there too.
  static func parted(_ words: [String]) -> (words: [String], out: String?) {
    let typed = Typed(words: words)
    guard let out = typed.value(of: "--out") else { return (words, nil) }
    return (typed.without("--out").words, out)
  }
}

/// `sluice submit`: hand in what was signed elsewhere.
struct Submit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hand in a statement that was signed elsewhere.",
    discussion: """
      Files that the statement names by digest are found beside it.
      Example: sluice submit approval.json approval.json.sig
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "The statement, as it was written.", completion: .file())
  var file: String

  @Argument(help: "Its signature, as ssh-keygen wrote it.", completion: .file())
  var signature: String

  func run() async throws {
    let bytes = try Files.bytes(at: file)
    let statement = try Self.statement(of: bytes, from: file)
    let envelope = Envelope(statement: bytes, signature: try Files.bytes(at: signature))
    let submitted = try await place.open().deployment.submit(
      [envelope],
      documents: try documents(of: statement)
    )
    var lines = submitted.cases.map(Approve.outcome)
    lines += submitted.events.map { "entry \($0.index): \($0.kind)" }
    if !submitted.undermined.isEmpty { lines += Undermining.lines(submitted.undermined) }
    rendering.show(lines.joined(separator: "\n"), json: submitted.json)
  }

  /// Reads a statement; what is none is refused as a deployment refuses it.
  private static func statement(of bytes: [UInt8], from file: String) throws(Refused) -> Statement {
    do throws(Malformed) { return try Statement(canonical: bytes) } catch {
      throw Refused(
        problem: Problem(
          code: Refusal.unfit("").code,
          detail: "\(file) is no statement as one is written: \(error).",
          next: [
            "Take the file that was written and signed, unchanged",
            "Or compose it anew: sluice statement --out \(Typed.quoted(file)) COMMAND",
          ]
        )
      )
    }
  }

  /// The files beside the statement that are called by a digest which it names.
  private func documents(of statement: Statement) throws -> [SHA256Digest: [UInt8]] {
    let folder = Files.url(file).deletingLastPathComponent()
    let text = String(decoding: statement.canonical, as: UTF8.self)
    var documents: [SHA256Digest: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.typed)
    where text.contains("\"\(name)\"") {
      guard let digest = try? SHA256Digest(hex: name) else { continue }
      documents[digest] = Array(try Data(contentsOf: folder.appending(path: name)))
    }
    return documents
  }
}
