import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice audit statement`: take what somebody signed along, for tools that are not ours.
struct AuditStatement: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement",
    abstract: "Write a statement and its signature as two files that ssh-keygen verifies.",
    discussion: """
      An approval, a denial, a request: byte for byte as it was handed in. Says what it means and which \
      ssh-keygen command checks it. `sluice show` and `sluice audit decision` tell the digits. That \
      somebody else's was read is on record.
      Example: sluice audit statement 4f2e1d0c9b8a --to approvals
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "Its entry, by index in the log, or at least six digits of its SHA-256.")
  var statement: String

  @Option(help: "The folder for the files, which is made if need be.", completion: .directory)
  var to: String

  func run() async throws {
    let reference = try StatementReference(parsing: statement)
    let page = try await place.open().deployment.statement(reference)
    let kept = try KeptStatement(page, asked: reference)
    let folder = Files.url(to)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for file in kept.files {
      try Data(file.bytes).write(to: folder.appending(path: file.name), options: .atomic)
    }
    rendering.show(kept.text(in: to), json: kept.json(in: to))
  }
}
