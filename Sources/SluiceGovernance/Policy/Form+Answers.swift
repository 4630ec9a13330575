public import SluiceEncoding

extension Form {
  /// Why an answer does not satisfy its field.
  public struct Problem: Hashable, Sendable {
    /// What can be wrong with an answer.
    public enum Reason: Hashable, Sendable {
      /// It must be given and is not, or is blank.
      case missing
      /// The form does not ask it.
      case unknown
      /// It is not text.
      case notText
      /// It is longer than so many Unicode scalars.
      case tooLong(most: Int)
      /// It is none of these.
      case noOption([String])
      /// It must be `true`.
      case notTicked
      /// It is neither `true` nor `false`.
      case noTick
      /// It is not a country's two capital letters.
      case noCountry
      /// The policy keeps the country out.
      case excluded(String)
      /// It is not a day written YYYY-MM-DD.
      case noDate
      /// It is not an address.
      case noEmail
    }

    /// The field, or the name of an answer to no field.
    public let field: String
    /// What is wrong.
    public let reason: Reason

    /// Names what is wrong with the answer to a field.
    public init(field: String, reason: Reason) {
      self.field = field
      self.reason = reason
    }
  }

  /// The most Unicode scalars of a text whose field has no `max`.
  public static let longestText = 10_000

  /// Whether answers, field → text, satisfy the form.
  ///
  /// A tick is the text `true` or `false`; one that is not optional must be `true`.
  ///
  /// - Returns: Every problem, in the order of the fields, answers to no field last; empty if the
  ///   answers satisfy the form.
  public func check(answers: JSONObject) -> [Problem] {
    let unknown = answers.names.filter { name in
      !fields.contains { $0.id.utf8.elementsEqual(name.utf8) }
    }
    return fields.compactMap { field in
      field.problem(with: answers[field.id]).map { Problem(field: field.id, reason: $0) }
    } + unknown.map { Problem(field: $0, reason: .unknown) }
  }

  /// Whether a text is two capital letters, as ISO 3166-1 writes countries.
  static func isCountry(_ text: String) -> Bool {
    text.utf8.count == 2
      && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }
}

extension Form.Field {
  fileprivate func problem(with answer: JSONValue?) -> Form.Problem.Reason? {
    guard let answer else { return isOptional ? nil : .missing }
    guard let text = answer.stringValue else { return .notText }
    guard text.contains(where: { !$0.isWhitespace }) else { return isOptional ? nil : .missing }
    switch type {
    case .text:
      let most = max ?? Form.longestText
      return text.unicodeScalars.count <= most ? nil : .tooLong(most: most)
    case .choice: return options.contains { isSame($0, text) } ? nil : .noOption(options)
    case .tick:
      if text == "true" { return nil }
      return text == "false" ? (isOptional ? nil : .notTicked) : .noTick
    case .country:
      guard Form.isCountry(text) else { return .noCountry }
      return deny.contains(text) || !allow.isEmpty && !allow.contains(text) ? .excluded(text) : nil
    case .date:
      return text.utf8.count == 10 && (try? Instant("\(text)T00:00:00Z")) != nil ? nil : .noDate
    case .email: return isAddress(text) ? nil : .noEmail
    }
  }

  private func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }

  /// One `@` between a name and a domain with a dot, and nothing that a header could be made of.
  private func isAddress(_ text: String) -> Bool {
    let halves = text.split(separator: "@", omittingEmptySubsequences: false)
    guard halves.count == 2, text.unicodeScalars.count <= 254, !halves[0].isEmpty else {
      return false
    }
    let labels = halves[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.value > 0x20 && scalar.value != 0x7F && !scalar.properties.isWhitespace
          && !",;:<>()[]\\\"".unicodeScalars.contains(scalar)
      }
  }
}

extension Form.Problem: CustomStringConvertible {
  /// Which answer, and what to do about it.
  public var description: String {
    let what =
      switch reason {
      case .missing: "an answer is needed"
      case .unknown: "the form does not ask this"
      case .notText: "the answer must be text"
      case .tooLong(let most): "at most \(most) characters"
      case .noOption(let options): "must be \(Shape.Scalar.choice(of: options))"
      case .notTicked: "must be agreed to: true"
      case .noTick: "must be true or false"
      case .noCountry: "must be a country's two capital letters, such as NO"
      case .excluded(let country): "not offered to \(country)"
      case .noDate: "must be a day, YYYY-MM-DD"
      case .noEmail: "must be an e-mail address"
      }
    return "\(MarkedText.printable(field)): \(what)"
  }
}
