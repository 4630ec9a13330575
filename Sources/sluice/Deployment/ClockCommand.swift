import ArgumentParser
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// `sluice clock`: whether what the clock says makes things happen.
struct ClockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clock",
    abstract: "Look at the clock's state, and say that the clock is right.",
    discussion: "Example: sluice clock show",
    subcommands: [ClockShow.self, ClockConfirm.self],
    defaultSubcommand: ClockShow.self
  )
}

/// `sluice clock show`: whether the clock is believed.
struct ClockShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Say whether the clock is believed; a jump ahead by more than an hour is not.",
    discussion: """
      The daemon notices a jump. Until it is confirmed nothing is decided, overdue or given up because
      time has passed; deliveries and what people say go on.
      Example: sluice clock show
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  func run() async throws {
    let state = try await place.openLocal().ledger.clockState()
    let now = Clock.now()
    rendering.show(Self.text(state, now), json: Self.json(state, now))
  }

  private static func text(_ state: ClockState, _ now: Instant) -> String {
    switch state {
    case .running: "running: the clock shows \(now)"
    case .paused(let since, let jump):
      """
      in doubt since \(since): the clock jumped ahead by \(readable(seconds: jump)), to show \(now) now
      Nothing is decided, overdue or given up because time has passed.
      next: if the clock is right: sluice clock confirm
      """
    }
  }

  private static func json(_ state: ClockState, _ now: Instant) -> JSONValue {
    var members: JSONObject = ["now": .string(now.description), "state": "running"]
    if case .paused(let since, let jump) = state {
      members["jump"] = .integer(jump)
      members["since"] = .string(since.description)
      members["state"] = "paused"
    }
    return .object(members)
  }
}

/// `sluice clock confirm`: what was held up happens.
struct ClockConfirm: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Say that a clock which jumped is right; what it held up happens at once.",
    discussion: """
      It is an entry of the log. If the clock is wrong, set it right first and confirm it then.
      Example: sluice clock confirm
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  func run() async throws {
    let ledger = try await place.openLocal().ledger
    let before = try await ledger.head().size
    let now = Clock.now()
    try await ledger.confirmClock(at: now)
    let further = try await ledger.head().size - before - 1
    rendering.show(
      """
      confirmed: the clock shows \(now)
      \(further == 0 ? "Nothing was held up." : "What was held up made \(further) entries.")
      """,
      json: .object([
        "confirmed_at": .string(now.description), "entries": .integer(further),
      ])
    )
  }
}
