import ArgumentParser
import SluiceAPI
import SluiceGovernance
import SluiceLedger

/// `sluice key retire`: a key that is not used any more.
struct KeyRetire: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retire",
    abstract: "End a key; what it signed before stands, and nothing later counts.",
    discussion: """
      Any key of the same person can sign that, the retired one too.
      Example: sluice key retire SHA256:lbmsoA0yIEcEiVDRnMWuzm+nV+3ZEEpVIURqFoeSspg
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The key's fingerprint, as `sluice person show` has it.")
  var fingerprint: Fingerprint

  func run() async throws {
    let local = try await place.openLocal()
    let key = try await local.enrolled(fingerprint)
    if let until = key.until { throw Refusal.keyEnded(fingerprint: key.fingerprint, at: until) }
    let act = try await local.beginKeychange(who, of: key.principal)
    guard act.speaker.principal == key.principal else {
      throw ValidationError("the key is \(key.principal.name)'s, who alone can retire it")
    }
    let last = try await local.ledger.lastKeychange(of: key.principal)
    let submitted = try await act.submit([act.draft.change(.end, key: key.line, after: last)])
    let left = try await local.ledger.keys(of: key.principal).filter { $0.until == nil }
    if left.isEmpty {
      rendering.tell("\(key.principal.name) has no key left that counts; a roster can list another")
    }
    rendering.show(
      """
      retired \(key.fingerprint) of \(key.principal): what it signed before stands
      \(Where.Local.signersChanged)
      """,
      json: submitted.json(about: key.fingerprint, of: key.principal)
    )
  }
}
