/// What always holds of a deployment (governance-domain 20).
public enum Invariant: String, CaseIterable, Hashable, Sendable {
  case projections = "I1"
  case log = "I2"
  case signatures = "I3"
  case decisions = "I4"
  case grants = "I5"
  case deliveries = "I6"
  case heads = "I7"
  case verdicts = "I8"
  case manifests = "I9"
  case versions = "I10"
  case uniqueness = "I11"
  case holds = "I12"
  case reviews = "I13"
  case erasures = "I14"
  case privacy = "I15"
  case publicity = "I16"

  /// What holds, in a sentence.
  public var words: String {
    switch self {
    case .projections: "every table that is read off the log is what the log makes it"
    case .log: "the log has no gap, never goes back in time, and has the root of every checkpoint"
    case .signatures: "every statement is signed by a key that counted for its speaker then"
    case .decisions: "every decision follows from the entries before it, byte for byte"
    case .grants: "every grant has its decision, and every decision that grants has its grant"
    case .deliveries: "every delivery was allowed at its place in the log"
    case .heads:
      "every approval counts as many different heads as it has slots, no party among them"
    case .verdicts: "nobody judges what is decided or was returned"
    case .manifests: "what a tier stands for does not change once a stage that offers it has opened"
    case .versions: "versions of policy and roster form one chain each"
    case .uniqueness: "the same is not asked for twice at once, and a grant has one successor"
    case .holds: "a hold ends by its own instant or by a lift that was approved, and no other way"
    case .reviews: "every emergency was reviewed in time, or ended"
    case .erasures: "an answer that is gone was erased on record, and is still counted"
    case .privacy: "the public record names no person outside the rosters"
    case .publicity: "the texts and forms of a public release are there for everybody"
    }
  }
}
