import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice open`: ask that a stage open.
struct Open: Stating {
  static let configuration = CommandConfiguration(
    abstract: "Ask that a stage open, with its tiers as they are bound now.",
    discussion: """
      Files the case; it opens when its gate is met.
      Example: sluice open ana/tiny gated
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The stage.")
  var stage: Stage.ID

  @Flag(help: "File as service:clerk (only with --home).")
  var clerk = false

  func run() async throws {
    if clerk, place.server != nil { throw ValidationError("--clerk goes with --home") }
    let act =
      clerk
      ? try await Act.clerk(at: try await place.openHome(), release: release)
      : try await Act.begin(who, at: try await place.open(), release: release)
    let line = try await Self.file(stage, by: act)
    rendering.show(Approve.filed(line), json: .object(["case": line.json]))
  }

  func instruction(at place: Where.Place) async throws -> Instruction {
    if clerk { throw ValidationError("the clerk's key signs here: leave --clerk out") }
    return Instruction(.open(stage), release: release)
  }

  static func file(_ stage: Stage.ID, by act: Act) async throws -> CaseLine {
    let page = try await act.place.deployment.release(act.release)
    let filing = try await act.telling(.open(stage)) { try act.draft.opening(stage, on: page) }
    return try await act.submit([filing]).onlyCase
  }
}
