public import SluiceEncoding

/// What a level of verification found.
public enum Verdict: String, CaseIterable, Hashable, Sendable {
  /// Exactly what was registered.
  case exact
  /// Not the same bits, but within the recorded tolerance; never taken for `exact`.
  case close
  /// Something else, or nothing that is well formed.
  case different
  /// This version cannot tell: an outcome of its own, never a failure.
  case notExecutable = "not executable"
  /// What the level needs is not there.
  case notRun = "not run"
}

/// One line of a verification report.
public struct LevelReport: Hashable, Sendable {
  /// The number of the level, 0 to 5.
  public let level: Int
  /// What the level is about.
  public let name: String
  /// What was found.
  public let verdict: Verdict
  /// The figures, or the reason.
  public let detail: String

  /// Makes a line; the name follows from the level.
  public init(level: Int, _ verdict: Verdict, _ detail: String) {
    precondition(Self.names.indices.contains(level), "a level that does not exist")
    self.level = level
    name = Self.names[level]
    self.verdict = verdict
    self.detail = detail
  }

  /// The names of the levels, 0 to 5.
  public static let names = ["container", "bytes", "inventory", "values", "function", "quality"]

  /// The line as `sluice verify --json` prints it.
  public var json: JSONValue {
    [
      "level": .integer(level), "name": .string(name), "verdict": .string(verdict.rawValue),
      "detail": .string(detail),
    ]
  }
}
