import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice hold`: refuse, at once, whatever touches somebody or something.
struct HoldCommand: Speaking {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Refuse, at once, whatever touches somebody or something; one steward can.",
    discussion: """
      Grants that touch it serve nothing and cases cannot be approved until it ends, by itself or by
      `sluice lift`. A hold on a key also discounts what it signed since --since; the approvals that rest
      on that are listed.
      Example: sluice hold tier:weights --code safety "A defect was found." --release ana/tiny
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(
    help: "What: person:NAME, org:NAME, key:SHA256:…, tier:NAME, stage:NAME, grant:ID, case:4."
  )
  var subject: Topic

  @Argument(help: "Why, in words.")
  var text: String

  @Option(help: "One of: \(ReasonCode.allCases.map(\.rawValue).joined(separator: ", ")).")
  var code: ReasonCode

  @Option(help: "The release, OWNER/NAME; needed where the subject does not say it.")
  var release: Release.ID?

  @Option(help: "When it ends by itself; without it, when it is lifted.")
  var until: Instant?

  @Option(help: "Of a key: from when on what it signed is doubtful.")
  var since: Instant?

  func instruction(at place: Where.Place) async throws -> Instruction {
    try await place.requireKnown(subject, in: release)
    if until == nil, let release { try await warn(of: release, at: place) }
    return Instruction(
      .hold(subject, Statement.Order(code: code, text: text, until: until, since: since)),
      release: release
    )
  }

  func outcome(_ submitted: Submitted, of drafted: Drafted) -> String {
    let id = drafted.statements.first?.id.rawValue.prefix(12) ?? ""
    let end = until.map { "it ends by itself at \($0), or before by a case" } ?? "it ends by a case"
    let lines = [
      "hold \(id) on \(subject) is in force",
      "next: \(end): \(Typed.command("lift", String(id), "--reason", "WHY"))",
    ]
    let resting = since == nil ? [] : Undermining.lines(submitted.undermined)
    return (lines + resting).joined(separator: "\n")
  }

  /// Tells the only steward, before it is signed, that nobody could lift the hold.
  private func warn(of release: Release.ID, at place: Where.Place) async throws {
    let page = try await place.deployment.release(release)
    let policy = try page.rules(of: release)
    // Who may not read the roster may not hold either, which is said when it is handed in.
    guard let bytes = try? await place.deployment.document(page.rosterSHA256, of: release),
      let roster = try? Roster(text: String(decoding: bytes, as: UTF8.self)),
      let steward = roster.heads(of: policy.governance.stewards).first,
      roster.heads(of: policy.governance.stewards).count == 1,
      !policy.canLift(with: roster, without: steward)
    else { return }
    let adopt = Typed(words: ["policy", "adopt", release.rawValue, "--roster", "FILE", "--clerk"])
    rendering.tell(
      """
      warning: \(steward.name) is the only steward, and whoever places a hold does not count when it is \
      lifted: nobody could lift this one.
        next: let it end by itself: --until INSTANT
        next: or appoint another steward, who files or approves its end: \(adopt.atSamePlace().text)
      """
    )
  }
}

extension Policy {
  /// Whether the approvals that end a hold could be given without somebody.
  fileprivate func canLift(with roster: Roster, without absent: Principal.ID) -> Bool {
    branches(of: governance.lift).contains { branch in
      branch.parts.allSatisfy { part in
        guard case .approve(let wanted) = part.requirement else { return true }
        return roster.heads(of: wanted.role).count { $0 != absent } >= wanted.count
      }
    }
  }
}
