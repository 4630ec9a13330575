import SluiceAPI

/// What went wrong outside of the rules, together with what to do about it.
protocol Advised: Error {
  /// One sentence, or a line a fault.
  var detail: String { get }
  /// The acts that help, as ``Problem/next``.
  var next: [String] { get }
}

/// A command that knows names which the acts of a problem leave open.
protocol Naming {
  /// What it was given.
  var names: [Problem.Placeholder: String] { get }
}
