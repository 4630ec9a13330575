/// One file handed out under one grant with one credential; its id is the index of its `deliver`
/// entry.
///
/// It goes on over any number of transfers, until every byte is acknowledged or nothing happens for
/// ``longestPause`` seconds (README join 6).
public enum Delivery {
  /// How a delivery, or one transfer of it, ended (serving-and-storage 5.3).
  public enum Outcome: String, CaseIterable, Hashable, Sendable {
    case complete, partial, stalled, revoked, drained
    case ioError = "io_error"
    /// No end was seen, so it counts as the whole file.
    case unknown
  }

  /// What the acknowledged count rests on.
  public enum Evidence: String, CaseIterable, Hashable, Sendable {
    case tcp
    case tls = "tcp+tls"
  }

  /// How long a delivery may rest before it is closed, in seconds.
  public static let longestPause = 600

  /// Below how many bytes a file of a stage for everyone is only counted.
  public static let leastRecorded = 65_536

  /// How many ranges a `delivered` entry may name, so that it fits an entry however files are cut.
  package static let mostRanges = 1_000
}
