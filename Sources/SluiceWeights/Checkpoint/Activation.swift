/// The function between the two halves of a feed-forward layer.
public enum Activation: String, CaseIterable, Hashable, Sendable {
  /// x / 2 · (1 + erf(x / √2)).
  case geluErf = "gelu"
  /// x / 2 · (1 + tanh(√(2/π) (x + 0.044715 x³))).
  case geluTanh = "gelu_new"
  /// x / (1 + e^−x).
  case silu
  /// The larger of x and 0.
  case relu

  /// The activation of that name in a `config.json`; `nil` for one that is not implemented.
  public init?(configured name: String) {
    switch name {
    case "gelu", "gelu_python": self = .geluErf
    case "gelu_new", "gelu_pytorch_tanh", "gelu_fast": self = .geluTanh
    case "silu", "swish": self = .silu
    case "relu": self = .relu
    default: return nil
    }
  }
}
