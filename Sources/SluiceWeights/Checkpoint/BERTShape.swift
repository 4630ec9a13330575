internal import SluiceEncoding

/// The numbers of a BERT, by the names of its `config.json`.
public struct BERTShape: Hashable, Sendable {
  /// Tokens in the vocabulary (`vocab_size`).
  public let vocabulary: Int
  /// Positions that were trained (`max_position_embeddings`).
  public let positions: Int
  /// Kinds of segment (`type_vocab_size`).
  public let segments: Int
  /// The width of a hidden state (`hidden_size`).
  public let width: Int
  /// Layers (`num_hidden_layers`).
  public let layers: Int
  /// Attention heads in a layer; they divide the width (`num_attention_heads`).
  public let heads: Int
  /// The width of the feed-forward layer (`intermediate_size`).
  public let inner: Int
  /// The activation (`hidden_act`).
  public let activation: Activation

  /// The classes whose tensors the inventory knows.
  static let classes: Set = [
    "BertModel", "BertForPreTraining", "BertForMaskedLM", "BertForNextSentencePrediction",
  ]

  init(_ reader: inout ConfigurationReader) throws(Malformed) {
    width = try reader.count("hidden_size", default: 768)
    heads = try reader.count("num_attention_heads", default: 12)
    guard width.isMultiple(of: heads) else {
      throw reader.fault("num_attention_heads", "must divide hidden_size = \(width)")
    }
    vocabulary = try reader.count("vocab_size", default: 30_522, limit: 1 << 28)
    positions = try reader.count("max_position_embeddings", default: 512)
    segments = try reader.count("type_vocab_size", default: 2)
    layers = try reader.count("num_hidden_layers", default: 12, limit: 4096)
    inner = try reader.count("intermediate_size", default: 3072)
    activation = try reader.activation("hidden_act", default: "gelu")
    reader.refuse("position_embedding_type", unless: "absolute")
    reader.refuse("is_decoder", unless: .bool(false))
  }
}
