public import SluiceEncoding

extension Form {
  /// Reads answers as people write them: a YAML map from fields to texts, read like a policy.
  ///
  /// - Parameters:
  ///   - text: The file.
  ///   - source: What faults call the file.
  /// - Returns: Field → text, as it stands there; ``check(answers:)`` judges it.
  /// - Throws: What is not readable as a map of texts (P001, P004).
  public static func answers(
    text: String,
    source: String = "answers"
  ) throws(PolicyFaults) -> JSONObject {
    let document = try MarkedText(text, source: source)
    guard case .map(let entries) = document.content else {
      throw fault("must be lines of field: value", at: document.mark, in: source)
    }
    var answers: JSONObject = [:]
    for entry in entries {
      guard case .text(let answer) = entry.value.content else {
        throw fault("\(entry.name): must be a text", at: entry.mark, in: source)
      }
      answers[entry.name] = .string(answer)
    }
    return answers
  }

  private static func fault(
    _ message: String,
    at mark: Places.Mark,
    in source: String
  ) -> PolicyFaults {
    PolicyFaults(
      faults: [
        PolicyFault(
          code: "P004",
          source: source,
          line: mark.line,
          column: mark.column,
          path: "",
          message: message
        )
      ]
    )
  }
}
