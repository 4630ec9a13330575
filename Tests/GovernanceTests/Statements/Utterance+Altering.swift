import SluiceEncoding
import SluiceGovernance

extension Utterance {
  /// The statement's bytes with a member of the body exchanged, or left out.
  func bytes(body name: String, _ value: JSONValue?) -> [UInt8] {
    bytes(at: ["predicate", "body", name], value)
  }

  /// The statement's bytes with the member at `path` exchanged, or left out.
  func bytes(at path: [String], _ value: JSONValue?) -> [UInt8] {
    Self.replacing(statement.json, path[...], with: value)?.canonical ?? []
  }

  /// The statement's bytes about another subject.
  func bytes(about subject: Statement.Subject) -> [UInt8] {
    Self.statement(body, about: subject).canonical
  }

  private static func replacing(
    _ value: JSONValue,
    _ path: ArraySlice<String>,
    with new: JSONValue?
  ) -> JSONValue? {
    guard let name = path.first else { return new }
    guard case .object(var object) = value else { return value }
    object[name] = replacing(object[name] ?? [:], path.dropFirst(), with: new)
    return .object(object)
  }
}
