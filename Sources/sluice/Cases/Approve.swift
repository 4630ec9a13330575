import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice approve`: consent to a case with one's key.
struct Approve: Stating {
  static let configuration = CommandConfiguration(
    abstract: "Approve a case, signed with your SSH key.",
    discussion: """
      Shows the case and what will be signed before asking.
      Example: sluice approve 4 --reason "known to us"
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The case: its number, its id or at least six digits of the id.")
  var `case`: String

  @Option(help: "Why; it becomes part of what is signed.")
  var reason = ""

  @Option(
    help: "Also write the signed statement here, and its signature beside it as .sig.",
    completion: .file()
  )
  var out: String?

  func run() async throws {
    let place = try await place.open()
    let found = try await place.deployment.case(`case`)
    let act = try await Act.begin(who, at: place, release: found.case.release)
    let page = try await act.reading.case(`case`)
    try page.requireUnsaid(.approve, by: act.speaker.principal, reason: reason)
    if !who.yes {
      let proposal = try await act.reading.proposal(by: page)
      rendering.tell(Show.text(page, proposal) + "\n")
      if let changes = try page.changes(sinceVerdictOf: act.speaker.principal) {
        rendering.tell(changes + "\n")
      }
    }
    let verdict = try await act.telling(.approve(case: `case`, reason: reason)) {
      try act.draft.approve(page, reason: reason)
    }
    let line = try await act.judge(verdict, out: out)
    rendering.show(Self.outcome(line), json: .object(["case": line.json]))
  }

  func instruction(at place: Where.Place) async throws -> Instruction {
    Instruction(.approve(case: `case`, reason: reason))
  }

  /// What has become of a case, in one line.
  static func outcome(_ line: CaseLine) -> String {
    switch line.state {
    case .open:
      "case \(line.number): \(line.summary): open; see what is missing: "
        + Typed.command("explain", "case", "\(line.number)")
    case .returned:
      (["case \(line.number): \(line.summary): returned"] + Show.wayOn(line))
        .joined(separator: "\n")
    default: "case \(line.number): \(line.summary): \(line.state.rawValue)"
    }
  }

  /// What has become of a case that was just filed: nobody can have denied it yet, so it is denied
  /// only where nobody is left who could approve it.
  static func filed(_ line: CaseLine) -> String {
    guard line.state == .denied else { return outcome(line) }
    return "\(outcome(line)) at once, because its gate cannot be met; who is missing: "
      + Typed.command("explain", "case", "\(line.number)")
  }
}

/// `sluice deny`: refuse a case with one's key.
struct Deny: Stating {
  static let configuration = CommandConfiguration(
    abstract: "Deny a case, signed with your SSH key.",
    discussion: """
      The code and the reason go to the requester.
      Example: sluice deny 5 --code purpose --reason "The purpose says nothing."
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The case: its number, its id or at least six digits of the id.")
  var `case`: String

  @Option(help: "One of: \(ReasonCode.allCases.map(\.rawValue).joined(separator: ", ")).")
  var code: ReasonCode

  @Option(help: "Why; the requester reads it.")
  var reason: String

  @Option(
    help: "Also write the signed statement here, and its signature beside it as .sig.",
    completion: .file()
  )
  var out: String?

  func run() async throws {
    let place = try await place.open()
    let found = try await place.deployment.case(`case`)
    let act = try await Act.begin(who, at: place, release: found.case.release)
    let page = try await act.reading.case(`case`)
    try page.requireUnsaid(.deny, by: act.speaker.principal, reason: reason)
    if !who.yes {
      let proposal = try await act.reading.proposal(by: page)
      rendering.tell(Show.text(page, proposal) + "\n")
      if let changes = try page.changes(sinceVerdictOf: act.speaker.principal) {
        rendering.tell(changes + "\n")
      }
    }
    let verdict = try await act.telling(.deny(case: `case`, code, reason: reason)) {
      try act.draft.deny(page, code, reason: reason)
    }
    let line = try await act.judge(verdict, out: out)
    rendering.show(Approve.outcome(line), json: .object(["case": line.json]))
  }

  func instruction(at place: Where.Place) async throws -> Instruction {
    Instruction(.deny(case: `case`, code, reason: reason))
  }
}

extension CasePage {
  /// Refuses a verdict that its speaker gave before on the wording as it stands, without a new reason.
  func requireUnsaid(
    _ type: StatementType,
    by principal: Principal.ID,
    reason: String
  ) throws(Refused) {
    let verdicts = [StatementType.approve, .deny].map(\.rawValue)
    let worded = history.lastIndex { line in
      line.kind == StatementType.revise.rawValue
        || line.statement.map { $0.rawValue == `case`.revision.rawValue } ?? false
    }
    let said = history[(worded ?? 0)...].last { verdicts.contains($0.kind) && $0.by == principal }
    guard `case`.state == .open, let said, isAboutWording(said), said.kind == type.rawValue,
      reason.isEmpty || reason.utf8.elementsEqual((said.reason ?? "").utf8)
    else { return }
    let word = type == .approve ? "approved" : "denied"
    throw Refused(
      problem: Problem(
        code: Refusal.stale("").code,
        detail: "You \(word) case \(`case`.number) at \(said.at) already; nothing was filed.",
        next: [
          "What is missing: sluice explain case \(`case`.number)",
          "To say it again for another reason: the same command with --reason WHY",
        ]
      )
    )
  }

  /// Whether something was said when the case was worded as it is.
  ///
  /// An appeal and an adoption word a case anew without an entry of its history: what stands in the
  /// same second may be older.
  private func isAboutWording(_ said: HistoryLine) -> Bool {
    switch wording.steps.last {
    case .revised, .answered, nil: said.at >= `case`.revisedAt
    case .appealed, .restarted: said.at > `case`.revisedAt
    }
  }
}
