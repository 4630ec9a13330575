extension Scenario {
  /// What a file that is a scenario says of itself.
  public struct Label: Hashable, Sendable {
    /// The file of the policy that it is about; `nil` if it says none, or cannot be read.
    public let policy: String?

    /// Reads what a file says of itself.
    ///
    /// - Returns: `nil` for a file that is something else. One that cannot be read and speaks of scenarios
    ///   is taken for one, so that it is missed by nobody.
    public init?(of text: String) {
      guard let root = try? MarkedText(text) else {
        guard text.contains("scenario/") else { return nil }
        policy = nil
        return
      }
      guard case .map(let entries) = root.content else { return nil }
      func value(_ name: String) -> String? {
        for entry in entries where entry.name == name {
          if case .text(let text) = entry.value.content { return text }
        }
        return nil
      }
      guard value("sluice")?.hasPrefix("scenario/") == true else { return nil }
      policy = value("policy")
    }
  }
}
