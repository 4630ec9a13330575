internal import Foundation
internal import SluiceEncoding

/// A GPT-2 with random weights, sharded as publishers do: for the demonstration, tests and benches.
///
/// The same seed gives the same files, byte for byte, on every machine.
public struct RandomCheckpoint: Hashable, Sendable {
  /// What decides every weight.
  public var seed: UInt64
  /// The size of the model.
  public var shape: GPT2Shape
  /// How many shards; one gives `model.safetensors` without an index.
  public var shards: Int

  /// Describes a checkpoint.
  public init(seed: UInt64, shape: GPT2Shape, shards: Int = 1) {
    precondition(shards > 0, "weights in no file")
    self.seed = seed
    self.shape = shape
    self.shards = shards
  }

  /// Writes `config.json`, the shards and their index into an existing directory.
  ///
  /// - Throws: What the system threw; a file that is already there is an error.
  public func write(to directory: String) throws {
    let tensors = Inventory.gpt2(shape, prefix: "transformer.").entries
      .filter { $0.presence == .required }
      .map { Writer.Entry($0.names[0], .f32, $0.shape) }
    let files = Self.divide(tensors, into: shards)
    var map: [TensorName: String] = [:]
    var index: UInt64 = 0
    for (number, entries) in files.enumerated() {
      let name = Self.fileName(number + 1, of: files.count)
      var writer = try Writer(creating: "\(directory)/\(name)", entries: entries)
      for entry in entries {
        map[entry.name] = name
        try append(entry, stream: index, to: &writer)
        index += 1
      }
      try writer.finish()
    }
    let total = tensors.reduce(0) { $0 + $1.byteCount }
    if files.count > 1 {
      try Self.write(
        ShardIndex(totalSize: total, map: map).json,
        to: "\(directory)/\(ShardIndex.fileName)"
      )
    }
    try Self.write(configuration, to: "\(directory)/\(Configuration.fileName)")
  }

  // About normal with deviation 0.02, as GPT-2 begins; what scales a norm is about 1.
  private func append(_ entry: Writer.Entry, stream: UInt64, to writer: inout Writer) throws {
    let isNorm = entry.name.text.contains("ln_") && entry.name.text.hasSuffix(".weight")
    let middle: Float = isNorm ? 1 : 0
    var generator = SplitMix64(state: seed &+ stream &* 0xd1b5_4a32_d192_ed03)
    var rest = entry.shape.reduce(1, *)
    while rest > 0 {
      let count = min(rest, 1 << 16)
      let values = [Float](unsafeUninitializedCapacity: count) { buffer, written in
        for place in 0..<count {
          buffer.initializeElement(at: place, to: middle + generator.nextDeviate() * 0.02)
        }
        written = count
      }
      try values.withUnsafeBytes { try writer.append($0) }
      rest -= count
    }
  }

  // Whole tensors, in order, so that no shard is much larger than its share.
  private static func divide(_ tensors: [Writer.Entry], into shards: Int) -> [[Writer.Entry]] {
    let total = tensors.reduce(0) { $0 + $1.byteCount }
    var (files, done) = ([[Writer.Entry]](repeating: [], count: shards), 0)
    for tensor in tensors {
      files[min(shards - 1, done * shards / total)].append(tensor)
      done += tensor.byteCount
    }
    return files.filter { !$0.isEmpty }
  }

  private static func fileName(_ number: Int, of count: Int) -> String {
    guard count > 1 else { return Checkpoint.singleFileName }
    func five(_ number: Int) -> String {
      String(repeating: "0", count: max(0, 5 - String(number).count)) + String(number)
    }
    return "model-\(five(number))-of-\(five(count)).safetensors"
  }

  private var configuration: JSONValue {
    [
      "activation_function": .string(shape.activation.rawValue),
      "architectures": ["GPT2LMHeadModel"],
      "layer_norm_epsilon": .decimal(shape.epsilon.description),
      "model_type": "gpt2", "n_embd": .integer(shape.width), "n_head": .integer(shape.heads),
      "n_inner": .integer(shape.inner), "n_layer": .integer(shape.layers),
      "n_positions": .integer(shape.positions),
      "scale_attn_by_inverse_layer_idx": .bool(shape.scalesByLayer),
      "scale_attn_weights": .bool(shape.scalesAttention),
      "tie_word_embeddings": .bool(shape.isTied), "torch_dtype": "float32",
      "vocab_size": .integer(shape.vocabulary),
    ]
  }

  private static func write(_ value: JSONValue, to path: String) throws {
    try Data(value.canonical + [UInt8(ascii: "\n")]).write(
      to: URL(filePath: path),
      options: .withoutOverwriting
    )
  }
}
