internal import Foundation
public import SluiceEncoding

extension Record {
  /// Runs a model on probes of its own choosing and writes down what came out.
  ///
  /// The probes are: one of about 40 tokens, whose hidden states are recorded too; one of a single
  /// token; one as long as the model allows; and at least five of 32 to 64 tokens, more where that
  /// is needed to touch 512 different tokens. The first and the last token are among them. A model
  /// that cannot be run gets no probes, but the reason.
  ///
  /// - Parameters:
  ///   - checkpoint: The open model.
  ///   - seed: What decides the tokens: a digest of what is published, so that neither can be chosen
  ///     to fit the other.
  ///   - further: The ids of probes that somebody wants recorded besides.
  ///   - threads: How many threads share the work.
  /// - Throws: A `WeightsFault`, a `Transformer.Fault` or `CancellationError`.
  public init(
    of checkpoint: Checkpoint,
    seed: SHA256Digest,
    beside further: [[Int]] = [],
    threads: Int = Transformer.availableThreads
  ) throws {
    let transformer: Transformer
    do {
      transformer = try Transformer(checkpoint, threads: threads)
    } catch let reason as NotExecutable {
      self.init(notExecutable: reason)
      return
    }
    let prompts = Self.prompts(
      vocabulary: transformer.vocabulary,
      positions: transformer.positions,
      seed: seed
    )
    var (probes, logits) = ([Probe](), [Logits]())
    for ids in prompts + further {
      let output = try transformer.run(ids, rows: .last(1), keepingHidden: probes.isEmpty)
      probes.append(Probe(ids: ids, coversAllRows: false, output))
      logits.append(output.logits)
    }
    self.init(
      contract: Kernels.contract,
      probes: probes,
      tolerance: Tolerance(for: logits),
      reason: nil
    )
  }

  /// The tokens of all probes, a function of the seed.
  static func prompts(vocabulary: Int, positions: Int, seed: SHA256Digest) -> [[Int]] {
    var deck = Deck(vocabulary: vocabulary, seed: seed)
    let longest = min(positions, 64)
    func length() -> Int { min(longest, 32 + deck.number(below: 33)) }
    var prompts = [deck.draw(min(40, longest)), [0], deck.draw(positions)]
    while prompts.count < 8 || Set(prompts.joined()).count < min(512, vocabulary) {
      prompts.append(deck.draw(length()))
    }
    prompts[0][0] = vocabulary - 1
    return prompts
  }

  /// The vocabulary, shuffled, and shuffled anew whenever it runs out: few draws touch many tokens.
  private struct Deck {
    private let vocabulary: Int
    private var generator: SplitMix64
    private var cards: [Int] = []

    init(vocabulary: Int, seed: SHA256Digest) {
      self.vocabulary = vocabulary
      generator = SplitMix64(state: seed.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    mutating func number(below limit: Int) -> Int { Int(generator.next() % UInt64(limit)) }

    mutating func draw(_ count: Int) -> [Int] {
      (0..<count).map { _ in
        if cards.isEmpty {
          cards = Array(0..<vocabulary)
          for place in cards.indices.dropFirst() { cards.swapAt(place, number(below: place + 1)) }
        }
        return cards.removeLast()
      }
    }
  }
}

extension Record.Probe {
  init(ids: [Int], coversAllRows: Bool, _ output: Transformer.Output) {
    self.ids = ids
    self.coversAllRows = coversAllRows
    logits = output.logits.digest
    top = output.logits.top(Record.topCount).map { .init(id: $0.id, logit: $0.logit) }
    hidden = output.hidden.map { SHA256Digest(ofFloats: $0) }
  }
}

extension Record.Tolerance {
  // A hundredth of the logits' deviation, and six times that for a single one. A marked copy of
  // weights moves logits by a tenth of it or less, another model by a hundred times as much.
  fileprivate init(for logits: [Logits]) {
    var (count, sum, squares) = (0.0, 0.0, 0.0)
    for value in logits.lazy.flatMap(\.values) {
      count += 1
      sum += Double(value)
      squares += Double(value) * Double(value)
    }
    let variance = Swift.max(0, squares / count - sum / count * (sum / count))
    rms = Float(variance.squareRoot() / 100)
    max = 6 * rms
  }
}
