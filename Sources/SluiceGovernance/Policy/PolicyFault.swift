/// One thing that is wrong with a policy or a roster, or that its author should know.
public struct PolicyFault: Hashable, Sendable {
  /// `P…` for an error, `W…` for a warning (governance-domain 15.1 and 15.2).
  public let code: String
  /// The file, as the reader of the text named it.
  public let source: String
  /// From 1.
  public let line: Int
  /// From 1, in Unicode scalars.
  public let column: Int
  /// Where in the document, such as `gates.ship.require[0].approve.role`; empty for all of it.
  public let path: String
  /// What is wrong and what to do.
  public let message: String

  /// Whether the document is refused because of it.
  public var isError: Bool { code.hasPrefix("P") }
}

extension PolicyFault: CustomStringConvertible {
  /// `file:line:column: P004 path: message`, as editors understand it.
  public var description: String {
    let place = path.isEmpty ? "" : "\(path): "
    return "\(source):\(line):\(column): \(code) \(place)\(message)"
  }
}

/// Why a policy or a roster is refused: every error at once, in the order of the file.
public struct PolicyFaults: Error, Hashable, Sendable {
  /// At least one.
  public let faults: [PolicyFault]

  /// Puts faults together.
  public init(faults: [PolicyFault]) { self.faults = faults }
}

extension PolicyFaults: CustomStringConvertible {
  /// One line a fault.
  public var description: String { faults.map(\.description).joined(separator: "\n") }
}
