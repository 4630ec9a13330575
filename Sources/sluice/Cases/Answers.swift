import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// Answers to forms: from a file, or asked for on a terminal.
struct Answers {
  private let given: JSONObject?

  /// Reads a file of `field: value` lines; without one, people are asked.
  init(file: String?) throws {
    given = try file.map {
      try Form.answers(text: Files.text(at: $0), source: $0)
    }
  }

  /// What is given to one of the forms that a request asks to be answered.
  ///
  /// A file answers all of them: each form takes its own fields, and the first also what is no
  /// field of any, so that it is found.
  func answers(to form: Form, of forms: [Form]) throws -> JSONObject {
    guard let given else {
      guard Terminal.isInteractive else { throw Self.missing(form.fields, of: form) }
      return try Questions(form).ask()
    }
    let others = forms.filter { $0.id != form.id }.flatMap(\.fields)
    let own = form.fields
    return JSONObject(
      given.members.filter { answer in
        let isAsked = { (field: Form.Field) in field.id.utf8.elementsEqual(answer.name.utf8) }
        return own.contains(where: isAsked)
          || form == forms.first && !others.contains(where: isAsked)
      }
    )
  }

  /// There is nobody who could be asked, or the input ended before everything was.
  static func missing(_ fields: [Form.Field], of form: Form) -> Refused {
    let needed = fields.map { $0.isOptional ? "\($0.id) (may be left out)" : $0.id }
    return Refused(
      problem: Problem(
        code: Refusal.unfit("").code,
        detail:
          "Form \(form.id) asks for what is not answered yet: \(needed.joined(separator: ", ")).",
        next: [
          "Write a file with a line for each, such as \(fields.first?.id ?? "name"): TEXT",
          "Give it: the same command with --answers FILE.yaml",
        ]
      )
    )
  }
}

/// The questions of a form, asked one by one on a terminal until each has an answer that satisfies.
struct Questions {
  private let form: Form

  init(_ form: Form) { self.form = form }

  /// Asks them all.
  ///
  /// - Throws: What is missing, if the input ends before.
  func ask() throws -> JSONObject {
    var answers: JSONObject = [:]
    for (index, field) in form.fields.enumerated() {
      while true {
        guard let line = Terminal.ask(question(field)) else {
          throw Answers.missing(Array(form.fields[index...]), of: form)
        }
        let answer = field.type == .tick ? Self.tick(line) : line
        if answer.isEmpty, field.isOptional { break }
        guard let problem = problem(with: answer, to: field) else {
          answers[field.id] = .string(answer)
          break
        }
        Terminal.notice("  \(problem)")
      }
    }
    return answers
  }

  /// The question in words, with what may be answered.
  private func question(_ field: Form.Field) -> String {
    let kind: String? =
      switch field.type {
      case .text: field.max.map { "at most \($0) characters" }
      case .choice: field.options.joined(separator: ", ")
      case .tick: "yes or no"
      case .country: "a country's two capital letters"
      case .date: "YYYY-MM-DD"
      case .email: "an e-mail address"
      }
    let hints = [
      kind, field.isOptional ? "may be empty" : nil,
      field.isPrivate ? "shown to those who decide" : nil,
    ].compactMap { $0 }
    let ask = field.ask ?? field.id
    guard hints.isEmpty else { return "\(ask) (\(hints.joined(separator: "; "))): " }
    return ask.hasSuffix("?") ? "\(ask) " : "\(ask): "
  }

  private func problem(with answer: String, to field: Form.Field) -> String? {
    let problems = form.check(answers: [field.id: .string(answer)])
    guard let problem = problems.first(where: { $0.field.utf8.elementsEqual(field.id.utf8) }) else {
      return nil
    }
    guard case .noOption(let options) = problem.reason else { return "\(problem)" }
    return "\(problem); \(Spelling.advice(on: answer, among: options))"
  }

  /// A tick is answered as people answer: yes or no.
  private static func tick(_ line: String) -> String {
    if Terminal.isYes(line) { return "true" }
    return ["n", "no"].contains(line.lowercased()) ? "false" : line
  }
}
