import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice answer`: answer a form for a case, or what is owed after a grant.
struct Answer: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Answer a form for a case, or what is owed after a grant.",
    discussion: """
      Without --answers you are asked on the terminal.
      Example: sluice answer ana/tiny attestation --grant 9c2e1f0b7a64 --answers answers.yaml
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The form, by name.")
  var form: Form.ID

  @Option(help: "The grant after which it is owed: at least six digits of its id.")
  var grant: String?

  @Option(help: "The case to which it belongs: its number or its id.")
  var `case`: String?

  @Option(help: "A YAML file: field: value for each question.", completion: .file())
  var answers: String?

  func validate() throws {
    guard (grant == nil) != (`case` == nil) else {
      throw ValidationError("say for what: --grant GRANT or --case CASE")
    }
  }

  func instruction(at place: Where.Place) async throws -> Instruction {
    let policy = try await policy(at: place)
    guard let asked = policy.form(form) else {
      throw Known.refusal(of: "form", form.rawValue, among: policy.forms.map(\.id), in: release)
    }
    let given = try Answers(file: answers).answers(to: asked, of: [asked])
    let occasion: Verb.Occasion = grant.map { .grant($0) } ?? .case(`case` ?? "")
    return Instruction(.answer(occasion, form: form, answers: given), release: release)
  }

  /// The policy that the case or the grant keeps, which need not be the one in force.
  private func policy(at place: Where.Place) async throws -> Policy {
    let digest: SHA256Digest
    if let grant {
      digest = try await place.deployment.grant(grant, in: release).policy
    } else {
      digest = try await place.deployment.case(`case` ?? "").case.policy
    }
    let text = try await place.deployment.document(digest, of: release)
    return try Policy(text: String(decoding: text, as: UTF8.self))
  }
}
