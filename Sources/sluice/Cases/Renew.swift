import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice renew`: ask for a grant that follows yours.
struct Renew: Speaking {
  static let configuration = CommandConfiguration(
    abstract: "Ask for a grant that follows yours.",
    discussion: """
      The next grant begins where this one ends, so renewing early costs nothing.
      Example: sluice renew 9c2e1f0b7a64 --answers answers.yaml --accept use
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The grant: at least six digits of its id, as `sluice grants` shows them.")
  var grant: String

  @Option(help: "Why you still need it.")
  var purpose = ""

  @Option(
    help: "A YAML file: field: value for each question of the forms.",
    completion: .file()
  )
  var answers: String?

  @Option(help: "Terms that you have read and agree to, by name; may be given more than once.")
  var accept: [Terms.ID] = []

  func instruction(at place: Where.Place) async throws -> Instruction {
    let line = try await place.deployment.grant(grant)
    let page = try await place.deployment.release(line.release)
    let policy = try page.rules(of: line.release)
    let gate = line.stage.flatMap { policy.stage($0)?.renews?.gate }
    let forms = gate.map { policy.forms(askedBy: $0) } ?? []
    let given = try Answers(file: answers)
    let gift = Verb.Gift(
      answers: JSONObject(
        try forms.map { form in
          .init(name: form.id.rawValue, value: .object(try given.answers(to: form, of: forms)))
        }
      ),
      accepts: accept
        + (gate.map { Agreeing.asked(by: $0, of: policy, besides: accept, on: page) } ?? [])
    )
    return Instruction(.renew(grant: grant, purpose: purpose, gift), release: line.release)
  }
}

extension Policy {
  /// The forms that some way through a gate asks to be answered, in file order.
  func forms(askedBy gate: Gate.ID) -> [Form] {
    let wanted = branches(of: gate).flatMap(\.parts).map(\.requirement)
    return forms.filter { wanted.contains(.answer($0.id)) }
  }
}
