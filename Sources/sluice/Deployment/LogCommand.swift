import ArgumentParser
import SluiceEncoding
import SluiceLedger
import SluiceProof

/// `sluice log`: the tamper-evident log.
struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Look at the tamper-evident log.",
    discussion: "Example: sluice log checkpoint",
    subcommands: [LogCheckpoint.self, LogKey.self]
  )
}

/// `sluice log checkpoint`: the signed head, as a C2SP signed note.
struct LogCheckpoint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Print the signed size and root of the log.",
    discussion: "Example: sluice log checkpoint > checkpoint.txt"
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  func run() async throws {
    try place.tellWhere(rendering)
    let note = try await place.openLocal().ledger.checkpoint(at: Clock.now())
    rendering.show(file: note, json: .object(["checkpoint": .string(note)]))
  }
}

/// `sluice signers`: whose keys count, as a file for `ssh-keygen`.
struct Signers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Export the allowed signers file for ssh-keygen.",
    discussion: "Example: sluice signers export",
    subcommands: [SignersExport.self]
  )
}

/// `sluice signers export`.
struct SignersExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print one line a key ever enrolled, with its time and its namespaces.",
    discussion: """
      Example: sluice signers export > allowed_signers
      Then: ssh-keygen -Y verify -f allowed_signers -I ana -n approval@sluice -s F.sig < F
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  func run() async throws {
    try place.tellWhere(rendering)
    let text = try await place.openLocal().ledger.allowedSigners().text
    rendering.show(file: text, json: .object(["allowed_signers": .string(text)]))
  }
}
