import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice request`: ask for access.
struct Request: Stating {
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

  @Option(
    name: .customLong("for"),
    help: "Ask for a group that you manage, by name; a service names a person, as person:NAME."
  )
  var party: PartyName?

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
    let wish = Verb.request(.init(tiers: tiers, stage: stage, beneficiary: party?.party))
    let asking: Asking
    do throws(Refusal) { asking = try Asking(for: tiers, through: stage, on: page) } catch {
      throw await place.deployment.told(error, of: Instruction(wish, release: release))
    }
    try checkNames(asking)
    let act = try await Act.begin(who, at: place, release: release)
    var documents: [SHA256Digest: [UInt8]] = [:]
    let earlier = try await act.reading.earlier(
      of: act.speaker.principal,
      asking: asking,
      for: party?.party,
      in: release
    )
    if let granted = try await granted(asking, by: act, earlier) { throw granted }
    let filing = try await act.telling(wish) {
      try act.draft.access(asking, for: party?.party, purpose: purpose, after: earlier)
    }
    var statements = [filing]
    for agreement in asking.terms {
      let text = try await place.deployment.document(agreement.sha256, of: release)
      guard accept.contains(agreement.id) || Agreeing.agrees(to: agreement.id, text) else {
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
    rendering.show(outcome(line), json: .object(["case": line.json]))
  }

  /// Refuses a misspelt name, which would otherwise leave the terms that were meant unaccepted.
  private func checkNames(_ asking: Asking) throws(Refusal) {
    if case .group(let group)? = party?.party, !asking.groups.contains(group) {
      let advice = Spelling.advice(on: group.rawValue, among: asking.groups.map(\.rawValue))
      throw .unfit("\(release) has no group \(group); \(advice)")
    }
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

  private func outcome(_ line: CaseLine) -> String {
    let next =
      switch line.state {
      case .approved: "receive it: \(Self.download(release, tiers))"
      default:
        "wait for the approvers; how far it has come: \(Typed.command("show", "\(line.number)"))"
      }
    return "\(Approve.outcome(line))\nnext: \(next)"
  }

  private static func download(_ release: Release.ID, _ tiers: [Tier.ID]) -> String {
    let words = ["download", release.rawValue, "--tier", tiers.first?.rawValue ?? "TIER"]
    return Typed(words: words).atSamePlace().text
  }

  /// What to say if the same was asked before and the grant that it led to still serves.
  private func granted(
    _ asking: Asking,
    by act: Act,
    _ earlier: Earlier
  ) async throws -> Refused? {
    let asker = act.speaker.principal
    let beneficiary = party?.party ?? .principal(asker)
    let same = earlier.cases.filter { line in
      line.kind == .access && line.state == .approved && line.stage == asking.stage
        && line.tiers == asking.tiers && line.party == beneficiary
        && line.purpose.utf8.elementsEqual(purpose.utf8)
    }
    guard !same.isEmpty else { return nil }
    let grants = try await act.reading.grants(GrantFilter(release: release))
    let live = grants.first { grant in
      grant.status == .live && same.contains { $0.id == grant.case }
    }
    guard let live else { return nil }
    let end = live.notAfter.map { ", until \($0)" } ?? ""
    return Refused(
      problem: Problem(
        code: Refusal.duplicate(0).code,
        detail: "The same is granted already, by grant \(live.id.rawValue.prefix(12))\(end).",
        next: [
          "Receive it: \(Typed(words: ["download", release.rawValue]).text)",
          "To ask for something else with it, say what for: the same command with --purpose TEXT",
        ]
      )
    )
  }

  /// The request with what its gate asks for, to be signed elsewhere: nothing is asked for here.
  func instruction(at place: Where.Place) async throws -> Instruction {
    let page = try await place.deployment.release(release)
    let asking = try Asking(for: tiers, through: stage, on: page)
    try checkNames(asking)
    let given = try answers.map { try Answers(file: $0) }
    let members = try asking.forms.compactMap { form -> JSONObject.Member? in
      guard let given else { return nil }
      let own = try given.answers(to: form, of: asking.forms)
      return .init(name: form.id.rawValue, value: .object(own))
    }
    let wish = Verb.Wish(
      tiers: tiers,
      stage: stage,
      beneficiary: party?.party,
      purpose: purpose,
      gift: Verb.Gift(answers: JSONObject(members), accepts: accept)
    )
    return Instruction(.request(wish), release: release)
  }
}
