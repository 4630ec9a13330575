public import SluiceEncoding

/// Why a note does not prove what it should.
public enum NoteFault: Error, Hashable, Sendable {
  /// The signed text is not a checkpoint of the log whose key signed it.
  case malformed(Malformed)
  /// No line is of the key that was asked for.
  case unsigned(name: String)
  /// A line claims to be of the key and is not.
  case bad(name: String)
}
