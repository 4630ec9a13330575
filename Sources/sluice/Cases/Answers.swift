import SluiceEncoding
import SluiceGovernance
import Foundation

/// Answers to forms: from a file, or asked for on a terminal.
struct Answers {
  private let given: JSONObject?

  /// Reads a file of `field: value` lines; without one, people are asked.
  init(file: String?) throws {
    given = try file.map {
      try Form.answers(text: Files.text(at: $0), source: $0)
    }
  }

  /// What is given to one form.
  func answers(to form: Form) throws -> JSONObject {
    if let given { return given }
    guard Terminal.isInteractive else {
      let fields = form.fields.map(\.id).joined(separator: ", ")
      throw Refusal.unfit("form \(form.id) asks for \(fields): give them with --answers FILE")
    }
    var answers: JSONObject = [:]
    for field in form.fields {
      let hint = field.options.isEmpty ? "" : " (\(field.options.joined(separator: ", ")))"
      let mark = field.isOptional ? " [may be empty]" : ""
      let answer = Terminal.ask("\(field.ask ?? field.id)\(hint)\(mark) ") ?? ""
      if !answer.isEmpty || !field.isOptional { answers[field.id] = .string(answer) }
    }
    return answers
  }
}
