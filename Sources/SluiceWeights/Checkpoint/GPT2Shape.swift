internal import SluiceEncoding

/// The numbers of a GPT-2, by the names of its `config.json`.
public struct GPT2Shape: Hashable, Sendable {
  /// Tokens in the vocabulary (`vocab_size`).
  public var vocabulary: Int
  /// Positions that were trained (`n_positions`, once `n_ctx`).
  public var positions: Int
  /// The width of a hidden state (`n_embd`).
  public var width: Int
  /// Layers (`n_layer`).
  public var layers: Int
  /// Attention heads in a layer; they divide the width (`n_head`).
  public var heads: Int
  /// The width of the feed-forward layer; four times the width where none is given (`n_inner`).
  public var inner: Int
  /// The activation (`activation_function`).
  public var activation = Activation.geluTanh
  /// Added to the variance in a norm (`layer_norm_epsilon`).
  public var epsilon: Float = 1e-5
  /// Whether scores are divided by the root of the head's width (`scale_attn_weights`).
  public var scalesAttention = true
  /// Whether they are also divided by the number of the layer (`scale_attn_by_inverse_layer_idx`).
  public var scalesByLayer = false
  /// Whether the output uses the token embedding (`tie_word_embeddings`).
  public var isTied = true

  /// Describes a model as the released ones are.
  public init(vocabulary: Int, positions: Int, width: Int, layers: Int, heads: Int) {
    precondition(width.isMultiple(of: heads), "heads that do not divide the width")
    self.vocabulary = vocabulary
    self.positions = positions
    self.width = width
    self.layers = layers
    self.heads = heads
    inner = 4 * width
  }

  /// The classes whose tensors the inventory knows.
  static let classes: Set = ["GPT2LMHeadModel", "GPT2Model"]

  init(_ reader: inout ConfigurationReader) throws(Malformed) {
    let width = try reader.count("n_embd", default: 768)
    let heads = try reader.count("n_head", default: 12)
    guard width.isMultiple(of: heads) else {
      throw reader.fault("n_head", "must divide n_embd = \(width)")
    }
    self.init(
      vocabulary: try reader.count("vocab_size", default: 50_257, limit: 1 << 28),
      positions: try reader.count(
        reader.has("n_positions") ? "n_positions" : "n_ctx",
        default: 1024
      ),
      width: width,
      layers: try reader.count("n_layer", default: 12, limit: 4096),
      heads: heads
    )
    inner = try reader.count("n_inner", default: 4 * width)
    activation = try reader.activation("activation_function", default: "gelu_new")
    epsilon = try reader.number("layer_norm_epsilon", default: 1e-5)
    scalesAttention = try reader.flag("scale_attn_weights", default: true)
    scalesByLayer = try reader.flag("scale_attn_by_inverse_layer_idx", default: false)
    isTied = try reader.flag("tie_word_embeddings", default: true)
  }

  /// Trained numbers, from the configuration alone: V·H + P·H + L(…) + 2H, and V·H if untied.
  public var parameterCount: Int {
    let attention = 4 * width * width + 4 * width
    let feedForward = 2 * width * inner + inner + width
    let layer = attention + feedForward + 4 * width
    let embeddings = (vocabulary + positions) * width
    return embeddings + layers * layer + 2 * width + (isTied ? 0 : vocabulary * width)
  }
}
