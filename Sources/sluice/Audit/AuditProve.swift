import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceProof

/// `sluice audit prove`: show that an entry is in the log, without opening it.
struct AuditProve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Print a proof that an entry is in the log, as a .tlog-proof file.",
    discussion: """
      A sealed entry stays sealed. The proof is checked before it is printed.
      Example: sluice audit prove 17 > 17.tlog-proof
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "The entry: its index in the log, from 0.")
  var event: Int

  @Option(help: "The log's verifier key that you trust; the deployment's word, if not given.")
  var logKey: String?

  func run() async throws {
    let deployment = try await place.open().deployment
    let page = try await deployment.proof(of: event)
    try page.check(entry: event, under: try await logKey(of: deployment))
    rendering.show(file: page.proof, json: page.json)
  }

  private func logKey(of deployment: any Deployment) async throws -> String {
    if let logKey { return logKey }
    return try await deployment.standing().vkey
  }
}

/// `sluice audit disclose`: open one sealed entry, with its salt and its proof.
struct AuditDisclose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disclose",
    abstract: "Open one sealed entry of the log: its event, with its salt in the proof.",
    discussion: """
      Whoever has both can check that the event is what the log commits to, and learns of no other. \
      That it was opened is on record.
      Example: sluice audit disclose 17 --out 17.json
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "The entry: its index in the log, from 0.")
  var event: Int

  @Option(help: "The log's verifier key that you trust; the deployment's word, if not given.")
  var logKey: String?

  @Option(
    help: "Also write the event here, byte for byte, and the proof beside it as .tlog-proof.",
    completion: .file()
  )
  var out: String?

  func run() async throws {
    let deployment = try await place.open().deployment
    let page = try await deployment.disclosure(of: event)
    var key = logKey
    if key == nil { key = try await deployment.standing().vkey }
    try page.check(entry: event, under: key ?? "")
    guard let text = page.event else { throw Malformed("proof", "the entry was not opened") }
    if let out {
      try Data(text.utf8).write(to: Files.url(out), options: .atomic)
      try Data(page.proof.utf8).write(to: Files.url(out + ".tlog-proof"), options: .atomic)
    }
    rendering.show(file: "\(text)\n\n\(page.proof)", json: page.json)
  }
}

extension ProofPage {
  /// Checks that the entry that was asked for is in the log of that key, and says what the page says.
  fileprivate func check(entry asked: Int, under vkey: String) throws {
    let log = try LogVerifier(vkey: vkey)
    let offline = try OfflineProof(bytes: Array(proof.utf8))
    guard index == asked, offline.index == asked else {
      throw Malformed("proof", "is of another entry than \(asked)")
    }
    guard let event else {
      let checkpoint = try log.verify(offline.note)
      let path = InclusionProof(index: asked, size: checkpoint.size, hashes: offline.hashes)
      guard path.proves(try SealedEntry(bytes: entry).leaf, in: checkpoint.root) else {
        throw Malformed("proof", "the entry is not in the log of \(log.origin)")
      }
      return
    }
    _ = try offline.verify(event: Array(event.utf8), in: log)
    let said = try JSONValue(canonical: Array(event.utf8), format: "event").objectValue
    guard said?["seq"] == .integer(asked) else {
      throw Malformed("event", "says that it is another entry than \(asked)")
    }
  }
}
