package import HTTPTypes

extension HTTPField.Name {
  /// The number under which the daemon's own log has a request.
  package static let requestID = known("X-Request-Id")
  /// A hint that Hub clients print, `TOPIC; TEXT`.
  package static let hubWarning = known("X-HF-Warning")

  /// A name that is written in the source, and right.
  static func known(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else { preconditionFailure("a field name: \(name)") }
    return name
  }
}
