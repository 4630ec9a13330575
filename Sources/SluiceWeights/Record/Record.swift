public import SluiceEncoding

/// What a model computes, written down when it is published: `sluice-record.json`.
///
/// There is no floating-point number in the file. Each is decimal text that reads back to the same
/// bits, so that the file has one meaning everywhere:
///
///     {"format":"sluice/record/1","contract":"SLUICE-F32-1",
///      "probes":[{"ids":[…],"rows":"last"|"all","logits_sha256":"…",
///                 "top":[[id,"logit"],…16],"hidden_sha256":["…"]}],
///      "tolerance":{"rms":"…","max":"…"}}
///
/// A model that could not be run has no `probes`, no `tolerance`, and a `reason`. Unknown members are
/// refused: a file that holds more has another `format`.
public struct Record: Hashable, Sendable {
  /// One run of the model: its tokens and what came out.
  public struct Probe: Hashable, Sendable {
    /// The tokens.
    public let ids: [Int]
    /// Whether the digest covers every position, or the last only.
    public let coversAllRows: Bool
    /// The digest of the logits.
    public let logits: SHA256Digest
    /// The likeliest tokens of the last position, the likeliest first.
    public let top: [Candidate]
    /// Digests of the hidden states after the embedding and after each layer; may be empty.
    public let hidden: [SHA256Digest]
  }

  /// A token and its logit.
  public struct Candidate: Hashable, Sendable {
    /// The token.
    public let id: Int
    /// Its logit.
    public let logit: Float
  }

  /// How far logits may lie from the recorded ones and still be `close`.
  public struct Tolerance: Hashable, Sendable {
    /// The root of the mean square of all differences.
    public let rms: Float
    /// The largest difference.
    public let max: Float
  }

  /// The arithmetic contract under which it was made.
  public let contract: String
  /// The runs; empty where the publisher's version could not run the model.
  public let probes: [Probe]
  /// How far is close; `nil` where there are no runs.
  public let tolerance: Tolerance?
  /// Why there are no runs.
  public let reason: String?

  /// The name under which it lies beside the weights.
  public static let fileName = "sluice-record.json"

  static let format = "sluice/record/1"
  static let topCount = 16

  init(contract: String, probes: [Probe], tolerance: Tolerance?, reason: String?) {
    self.contract = contract
    self.probes = probes
    self.tolerance = tolerance
    self.reason = reason
  }

  /// Records that this version cannot run the model.
  public init(notExecutable reason: NotExecutable) {
    self.init(
      contract: Kernels.contract,
      probes: [],
      tolerance: nil,
      reason: reason.description
    )
  }
}
