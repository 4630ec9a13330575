/// A part of a policy on which something rests, and where the text that was adopted has it.
public struct Clause: Hashable, Sendable {
  /// Such as `stages.full.opens` or `gates.ship.require[0]`, as explanations name it.
  public let path: String
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in Unicode scalars.
  public let column: Int

  /// Names a part of a policy.
  public init(path: String, line: Int, column: Int) {
    self.path = path
    self.line = line
    self.column = column
  }
}

extension Policy {
  /// The part at a path; where the file has nothing there, the nearest part around it.
  ///
  /// - Returns: The part; `nil` where the file has nothing of it.
  public func clause(at path: String) -> Clause? {
    var around = Substring(path)
    while places.marks[String(around)] == nil {
      guard let cut = around.lastIndex(where: { ".[".contains($0) }) else { return nil }
      around = around[..<cut]
    }
    return places.marks[String(around)].map {
      Clause(path: String(around), line: $0.line, column: $0.column)
    }
  }
}

extension Clause: CustomStringConvertible {
  /// Such as `stages.full.opens, line 31`.
  public var description: String { "\(path), line \(line)" }
}
