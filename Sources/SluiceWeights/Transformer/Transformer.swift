/// The reference transformer: runs a checkpoint under the arithmetic contract `SLUICE-F32-1`.
///
/// It is there to verify, not to serve: one sequence, binary32, on the processor. The same weights and
/// tokens give the same bits on every machine, on every path, on any number of threads, and whether
/// a token came with the others or one by one.
public struct Transformer: Sendable {
  /// What the caller asked for that the model has not.
  public enum Fault: Error, Hashable, Sendable {
    /// No token at all.
    case empty
    /// More tokens than positions.
    case tooLong(count: Int, positions: Int)
    /// A token that the vocabulary does not have.
    case unknownToken(Int, vocabulary: Int)
    /// The model's own numbers got out of hand: NaN or infinity in the logits of a position.
    case nonFinite(position: Int)
  }

  /// The positions whose logits are wanted.
  public enum Rows: Hashable, Sendable {
    /// Every position.
    case all
    /// The last positions, at most so many.
    case last(Int)

    func count(of total: Int) -> Int {
      switch self {
      case .all: total
      case .last(let count): min(max(count, 1), total)
      }
    }
  }

  let model: GPT2
  let engine: Engine

  /// Checks and packs the weights: every number is widened to binary32 once.
  ///
  /// - Parameters:
  ///   - checkpoint: The open model.
  ///   - path: How to compute; must be available.
  ///   - threads: How many threads share the work, at least 1.
  /// - Throws: `NotExecutable`; a `WeightsFault` if the tensors disagree with the configuration;
  ///   `CancellationError`.
  public init(
    _ checkpoint: Checkpoint,
    path: Kernels.Path = .best,
    threads: Int = Transformer.availableThreads
  ) throws {
    let shape = try checkpoint.executableShape()
    if let comparison = checkpoint.inventory?.compare(with: checkpoint.tensors.values),
      !comparison.isEqual
    {
      throw WeightsFault(Configuration.fileName, .inventory(comparison))
    }
    engine = Engine(path: path, threads: threads)
    model = try GPT2(shape, checkpoint, on: engine)
  }

  /// Tokens in the vocabulary.
  public var vocabulary: Int { model.shape.vocabulary }

  /// The longest sequence that the model was trained for.
  public var positions: Int { model.shape.positions }

  /// Runs a whole sequence.
  ///
  /// - Parameters:
  ///   - ids: The tokens, at least one.
  ///   - rows: The positions whose logits are wanted.
  ///   - keepingHidden: Whether the hidden states are returned too.
  /// - Returns: Logits, and hidden states where they were asked for.
  /// - Throws: A `Fault`, or `CancellationError` between two layers.
  public func run(
    _ ids: [Int],
    rows: Rows = .all,
    keepingHidden: Bool = false
  ) throws -> Output {
    var session = session(capacity: ids.count)
    return try session.append(ids, rows: rows, keepingHidden: keepingHidden)
  }

  /// Begins an empty sequence that will take at most `capacity` tokens.
  public func session(capacity: Int) -> Session {
    Session(model, engine, capacity: max(1, min(capacity, positions)))
  }
}

extension Transformer {
  /// What a run gives.
  public struct Output: Sendable {
    /// The logits of the positions that were asked for.
    public let logits: Logits
    /// Hidden states, if they were asked for: after the embedding and after each layer, before the
    /// final norm; in each, a row of the model's width for each position.
    public let hidden: [[Float]]
    /// The rows of the last hidden state that became logits, after the final norm.
    public let normed: [Float]
    /// The model's width: numbers in a row of a hidden state.
    public let width: Int

    /// The last position's hidden state after the embedding and after each layer, the final one after
    /// the final norm; empty if hidden states were not asked for.
    public var hiddenLast: [[Float]] {
      let rows = (hidden.dropLast() + [normed]).map { Array($0.suffix(width)) }
      return hidden.isEmpty ? [] : rows
    }
  }
}

extension Transformer.Fault: CustomStringConvertible {
  /// The fault in words.
  public var description: String {
    switch self {
    case .empty: "no token"
    case .tooLong(let count, let positions): "\(count) tokens, the model has \(positions) positions"
    case .unknownToken(let id, let vocabulary):
      "token \(id), the vocabulary has 0 to \(vocabulary - 1)"
    case .nonFinite(let position): "NaN or infinity in the logits of position \(position)"
    }
  }
}
