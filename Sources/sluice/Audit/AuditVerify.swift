import ArgumentParser
import SluiceEncoding
import SluiceLedger

/// `sluice audit verify`: recompute everything from the stored bodies.
struct AuditVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Recompute every commitment, leaf, signature, decision, delivery and blob.",
    discussion: """
      Exit status 1 and a line for each fault if anything does not agree. Of a home that was copied or \
      restored the files are no longer those that were imported, so nothing is served until \
      --accept-restored has read them and taken those whose content is right. It goes with --home, or \
      with a copy of one: what a server says of itself would prove nothing. Over HTTP, `sluice audit \
      decision` and `sluice audit prove` check one decision and one entry.
      Example: sluice audit verify
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  @Flag(help: "Do not read the weights again, only compare what they are on disk.")
  var skipBlobs = false

  @Flag(help: "Take files that were restored from a copy, if their content is right.")
  var acceptRestored = false

  func validate() throws {
    guard !(skipBlobs && acceptRestored) else {
      throw ValidationError(
        "--accept-restored reads the weights, so --skip-blobs has no place here"
      )
    }
  }

  func run() async throws {
    try Self.requireHere(place)
    // Nothing is settled and nothing is refused first: an auditor wants to see the file as it is.
    let ledger = try await Ledger.openUnchecked(try place.localHome())
    let progress = rendering.progress("audit verify", total: 0)
    let report = try await ledger.verify(
      at: Clock.now(),
      blobs: !skipBlobs,
      acceptsRestored: acceptRestored
    ) { step in
      guard case .bytes(let done, let all) = step else { return }
      Task { await progress.reach(done, of: all) }
    }
    await progress.end()
    rendering.show(report.text, json: report.json)
    if !acceptRestored, report.faults.contains(where: { $0.what.contains("--accept-restored") }) {
      rendering.tell("next: \(Typed.current.adding("--accept-restored").text)")
    }
    if !report.faults.isEmpty { throw ExitCode(1) }
  }
}
