/// The tensors that a configuration implies: names and shapes.
///
/// Computed from the configuration alone, but for a prefix that some publishers leave out.
public struct Inventory: Hashable, Sendable {
  /// One expected tensor.
  public struct Entry: Hashable, Sendable {
    /// Its name, and others under which it is also stored.
    public let names: [TensorName]
    /// Its dimensions.
    public let shape: [Int]
    /// Whether it has to be there.
    public let presence: Presence
  }

  /// Whether a tensor has to be there.
  public enum Presence: Hashable, Sendable {
    /// Always.
    case required
    /// If any tensor of the group is: a head that a base model lacks.
    case together(String)
    /// No part of the model: a mask or a table that old libraries stored; not counted.
    case buffer
  }

  /// What is expected, in no order.
  public private(set) var entries: [Entry] = []

  /// Expects nothing yet.
  init() {}

  /// Expects a tensor of that name and shape.
  mutating func expect(
    _ name: String,
    _ shape: [Int],
    _ presence: Presence = .required,
    or others: [String] = []
  ) {
    let names = [name] + others
    entries.append(Entry(names: names.map { TensorName($0) }, shape: shape, presence: presence))
  }

  /// Expects `NAME.weight` and `NAME.bias`.
  mutating func expect(
    _ name: String,
    weight: [Int],
    bias: Int,
    _ presence: Presence = .required
  ) {
    expect("\(name).weight", weight, presence)
    expect("\(name).bias", [bias], presence)
  }

  /// The inventory of `configuration`, in the spelling that the stored `names` use.
  ///
  /// - Returns: `nil` for an architecture whose tensors are not known here.
  public static func of(
    _ configuration: Configuration,
    storedAs names: some Sequence<TensorName>
  ) -> Inventory? {
    let names = Set(names)
    return switch configuration.architecture {
    case .gpt2(let shape): gpt2(shape, prefix: names.contains("wte.weight") ? "" : "transformer.")
    case .bert(let shape):
      bert(
        shape,
        prefix: names.contains("embeddings.word_embeddings.weight") ? "" : "bert."
      )
    case .unknown: nil
    }
  }
}
