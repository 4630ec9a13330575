import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice request`: ask for access.
struct Request: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask for access to tiers of a release.",
    discussion: """
      Shows which questions and which terms belong to it; asks for what is missing on a terminal.
      Example: sluice request ana/tiny --tier weights --answers answers.yaml --accept use
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Option(name: .customLong("tier"), help: "A tier that you want; may be given more than once.")
  var tiers: [Tier.ID]

  @Option(help: "The stage through which; needed only where several offer the tiers.")
  var stage: Stage.ID?

  @Option(help: "Why you ask, for the record of the case.")
  var purpose = ""

  @Option(help: "A YAML file: field: value for each question of the form.", completion: .file())
  var answers: String?

  @Option(help: "Terms that you have read and agree to, by name; may be given more than once.")
  var accept: [Terms.ID] = []

  @Flag(help: "Check what would be sent, and send nothing.")
  var dryRun = false

  func run() async throws {
    let place = try await place.open()
    let page = try await place.deployment.release(release)
    let asking = try Asking(for: tiers, through: stage, on: page)
    try checkAcceptances(asking)
    let act = try await Act.begin(who, at: place, release: release)
    var documents: [SHA256Digest: [UInt8]] = [:]
    let filing = try act.draft.access(asking, purpose: purpose)
    var statements = [filing]
    for agreement in asking.terms {
      let text = try await place.deployment.document(agreement.sha256, of: release)
      guard accept.contains(agreement.id) || agrees(to: agreement, text) else {
        throw Self.unaccepted(agreement.id)
      }
      statements.append(try act.draft.accept(agreement, text: text))
    }
    let given = try Answers(file: answers)
    for form in asking.forms {
      let salt = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
      let document = try AnswerDocument(
        try given.answers(to: form, of: asking.forms),
        to: form,
        salt: salt
      )
      documents[document.commitment] = document.document
      statements.append(
        try act.draft.answer(document, for: Case.ID(filing.id.rawValue))
      )
    }
    guard !dryRun else {
      rendering.show(
        "would file \(statements.count) statements; nothing was sent",
        json: .object(["statements": .array(statements.map(\.json))])
      )
      return
    }
    let line = try await act.submit(statements, documents: documents)
      .line(of: Case.ID(filing.id.rawValue))
    rendering.show(Self.outcome(line), json: .object(["case": line.json]))
  }

  private func agrees(to agreement: Asking.Agreement, _ text: [UInt8]) -> Bool {
    guard Terminal.isInteractive else { return false }
    Terminal.notice(String(decoding: text, as: UTF8.self))
    return Terminal.confirms("Do you agree to these terms (\(agreement.id))?")
  }

  /// Refuses a misspelt name, which would otherwise leave the terms that were meant unaccepted.
  private func checkAcceptances(_ asking: Asking) throws(Refusal) {
    let known = asking.terms.map(\.id.rawValue)
    for id in accept where !known.contains(id.rawValue) {
      let advice = Spelling.advice(on: id.rawValue, among: known)
      throw .unfit("\(release) asks for no terms \(id); \(advice)")
    }
  }

  private static func unaccepted(_ id: Terms.ID) -> Refused {
    Refused(
      problem: Problem(
        code: Refusal.unfit("").code,
        detail: "The terms \(id) must be agreed to, and were not.",
        next: ["Agree to them: \(Typed.current.adding("--accept").adding(id.rawValue).text)"]
      )
    )
  }

  private static func outcome(_ line: CaseLine) -> String {
    """
    \(Approve.outcome(line))
    next: wait for the approvers; how far it has come: \(Typed.command("show", "\(line.number)"))
    """
  }
}
