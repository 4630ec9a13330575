public import SluiceEncoding

/// Which statement of the log is meant (`audit statement`).
public enum StatementReference: Hashable, Sendable {
  /// The one that the entry with that index is about.
  case entry(Int)
  /// The one whose SHA-256 begins with these six or more digits.
  case digits(String)

  /// No log has an index of so many digits, so a longer text is the beginning of a digest.
  private static let mostDigits = 11

  /// Reads what people type: an index, or digits of the statement's SHA-256.
  ///
  /// - Throws: `Malformed` for a text that is neither.
  public init(parsing text: String) throws(Malformed) {
    if text.utf8.count <= Self.mostDigits, let index = Int(text), index >= 0,
      "\(index)".utf8.elementsEqual(text.utf8)
    {
      self = .entry(index)
    } else if Query.isReference(text) {
      self = .digits(text)
    } else {
      throw Malformed(
        "statement",
        "must be the index of its entry, or six to 64 lower-case digits of its SHA-256"
      )
    }
  }

  /// What ``init(parsing:)`` reads.
  public var text: String {
    switch self {
    case .entry(let index): "\(index)"
    case .digits(let digits): digits
    }
  }
}
