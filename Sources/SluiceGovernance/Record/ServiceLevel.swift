public import SluiceEncoding

/// How long people wait for an answer: for those who answer, and for auditors (governance-domain 11).
public struct ServiceLevel: Hashable, Sendable {
  /// Requests for one tier; one that asks for several counts in each.
  public struct Line: Hashable, Sendable {
    /// The tier.
    public let tier: Tier.ID
    /// How the requests for it went.
    public let statistics: Statistics

    /// Composes a line.
    public init(tier: Tier.ID, statistics: Statistics) {
      self.tier = tier
      self.statistics = statistics
    }
  }

  /// How all requests for access went.
  public let all: Statistics
  /// The same by tier, in the order of the policy; without tiers that nobody asked for.
  public let tiers: [Line]
  /// How many are undecided now.
  public let waiting: Int
  /// How many of them are overdue.
  public let late: Int
  /// When the oldest of them was filed.
  public let oldest: Instant?

  /// Composes the report; the ledger counts.
  public init(all: Statistics, tiers: [Line], waiting: Int, late: Int, oldest: Instant?) {
    self.all = all
    self.tiers = tiers
    self.waiting = waiting
    self.late = late
    self.oldest = oldest
  }

  /// The report for programs.
  public var json: JSONValue {
    var members: JSONObject = [
      "all": all.json, "late": .integer(late),
      "tiers": .map(tiers.map { ($0.tier.rawValue, $0.statistics.json) }),
      "waiting": .integer(waiting),
    ]
    members["oldest"] = oldest.map { .string($0.description) }
    return .object(members)
  }
}
