/// One thing that does not agree with the rest, and where it is.
public struct AuditFault: Hashable, Sendable {
  /// What the fault is in.
  public enum Place: Hashable, Sendable {
    /// The entry with that index, its body or its salt.
    case event(Int)
    /// A statement, by its SHA-256.
    case statement(String)
    /// A policy, a roster or terms, by the digest that names it.
    case document(String)
    /// Answers, by their commitment.
    case answer(String)
    /// A manifest, by the SHA-256 of its statement.
    case manifest(String)
    /// A file, by its SHA-256.
    case blob(String)
    /// The checkpoint of that size.
    case checkpoint(Int)
    /// A row of a table that is read off the log.
    case row(table: String, key: String)
    /// The SQLite file as such.
    case database
  }

  /// Where it is.
  public let place: Place
  /// What is wrong there.
  public let what: String
  /// What does not hold because of it.
  public let breaks: Invariant

  init(_ place: Place, _ what: String, breaks: Invariant) {
    self.place = place
    self.what = what
    self.breaks = breaks
  }
}

extension AuditFault: CustomStringConvertible {
  /// One line: the place, then what is wrong there.
  public var description: String { "\(place): \(what)" }
}

extension AuditFault.Place: CustomStringConvertible {
  /// The place in words, such as `event 12` or `coverage 17/0`.
  public var description: String {
    switch self {
    case .event(let index): "event \(index)"
    case .statement(let digest): "statement \(digest)"
    case .document(let digest): "document \(digest)"
    case .answer(let digest): "answer \(digest)"
    case .manifest(let digest): "manifest \(digest)"
    case .blob(let digest): "blob \(digest)"
    case .checkpoint(let size): "checkpoint \(size)"
    case .row(let table, let key): "\(table) \(key)"
    case .database: "database"
    }
  }
}
