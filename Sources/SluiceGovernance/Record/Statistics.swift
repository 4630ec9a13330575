public import SluiceEncoding

/// How the requests for access to a release went: numbers only, for everybody (governance-domain 11).
public struct Statistics: Hashable, Sendable {
  /// How many were filed.
  public let requests: Int
  /// How many of them were granted.
  public let approved: Int
  /// How many were denied.
  public let denied: Int
  /// How many of all were not decided in time, whatever became of them.
  public let overdue: Int
  /// How long it took from the filing to the decision, in the middle.
  public let median: Duration?
  /// How long at most it took nine in ten.
  public let ninetieth: Duration?

  /// Composes the numbers; the ledger counts them.
  public init(
    requests: Int = 0,
    approved: Int = 0,
    denied: Int = 0,
    overdue: Int = 0,
    median: Duration? = nil,
    ninetieth: Duration? = nil
  ) {
    self.requests = requests
    self.approved = approved
    self.denied = denied
    self.overdue = overdue
    self.median = median
    self.ninetieth = ninetieth
  }

  /// How many were decided.
  public var decided: Int { approved + denied }
}

extension Statistics {
  /// The numbers as the public record has them; hours with one decimal, absent while none is decided.
  public var json: JSONValue {
    var members: JSONObject = [
      "approved": .integer(approved), "decided": .integer(decided), "denied": .integer(denied),
      "overdue": .integer(overdue), "requests": .integer(requests),
    ]
    members["median_hours"] = median.map { .string($0.hours) }
    members["p90_hours"] = ninetieth.map { .string($0.hours) }
    return .object(members)
  }
}

extension Duration {
  /// In hours, rounded half up to one decimal.
  var hours: String {
    let tenths = (seconds + 180) / 360
    return "\(tenths / 10).\(tenths % 10)"
  }
}
