import Foundation
import SluiceEncoding
import SluiceWeights
import Testing

@Suite("An inventory")
struct InventoryTests {
  /// The released sizes.
  static let released: [(layers: Int, width: Int, heads: Int, parameters: Int)] = [
    (12, 768, 12, 124_439_808), (24, 1024, 16, 354_823_168), (36, 1280, 20, 774_030_080),
    (48, 1600, 25, 1_557_611_200),
  ]

  @Test(arguments: released)
  func `counts the parameters of every released GPT-2`(
    size: (layers: Int, width: Int, heads: Int, parameters: Int)
  ) throws {
    let text =
      #"{"model_type":"gpt2","n_layer":\#(size.layers),"n_embd":\#(size.width),"n_head":\#(size.heads)}"#
    let configuration = try Configuration(parsing: Array(text.utf8))
    let inventory = try #require(Inventory.of(configuration, storedAs: []))
    let required = inventory.entries.filter { $0.presence == .required }
    #expect(required.reduce(0) { $0 + $1.shape.reduce(1, *) } == size.parameters)
    guard case .gpt2(let shape) = configuration.architecture else { return }
    #expect(shape.parameterCount == size.parameters)
  }

  @Test(arguments: ["gpt2-f32", "gpt2-f16-sharded-legacy", "gpt2-untied-gelu-bf16", "bert-f32"])
  func `finds every golden model complete`(name: String) throws {
    let checkpoint = try Checkpoint(opening: Fixtures.golden(name))
    let comparison = try #require(checkpoint.inventory).compare(with: checkpoint.tensors.values)
    #expect(comparison.isEqual, "\(comparison)")
    let golden = try Fixtures.json("\(Fixtures.golden(name))/golden.json").objectValue
    #expect(comparison.parameters == golden?["stored_parameters"]?.integerValue)
    #expect(comparison.buffers == (name.contains("legacy") ? 6 : 0))
  }

  @Test func `names what is missing, extra and misshapen`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.changeHeader { text in
      text = text.replacing("transformer.h.1.ln_2.bias", with: "transformer.h.1.ln_2.bogo")
      text = text.replacing(#""shape":[32,96]"#, with: #""shape":[96,32]"#)
    }
    let comparison = try compare(folder)
    #expect(comparison.missing == ["transformer.h.1.ln_2.bias"])
    #expect(comparison.extra == ["transformer.h.1.ln_2.bogo"])
    #expect(
      comparison.misshapen == [
        .init(name: "transformer.h.0.attn.c_attn.weight", expected: [32, 96], found: [96, 32]),
        .init(name: "transformer.h.1.attn.c_attn.weight", expected: [32, 96], found: [96, 32]),
      ]
    )
  }

  @Test func `finds nothing wrong with a head that a base model leaves out`() throws {
    let folder = try Folder(copying: "bert-f32")
    try folder.keepTensors { !$0.hasPrefix("cls.") && !$0.contains("pooler") }
    #expect(try compare(folder).isEqual)
    try folder.keepTensors { _ in true }
  }

  @Test func `wants the whole of a head that is there in part`() throws {
    let folder = try Folder(copying: "bert-f32")
    try folder.keepTensors { $0 != "bert.pooler.dense.bias" && $0 != "cls.seq_relationship.weight" }
    #expect(
      try compare(folder).missing == ["bert.pooler.dense.bias", "cls.seq_relationship.weight"]
    )
  }

  @Test func `reads the names of old checkpoints`() throws {
    let folder = try Folder(copying: "bert-f32")
    try folder.changeHeader { text in
      text = text.replacing("LayerNorm.weight", with: "LayerNorm.gamma")
      text = text.replacing("LayerNorm.bias", with: "LayerNorm.beta")
      text = text.replacing("\"cls.predictions.bias\"", with: "\"cls.predictions.decoder.bias\"")
      text = text.replacing("\"bert.", with: "\"")
    }
    #expect(try compare(folder).isEqual)
  }

  private func compare(_ folder: Folder) throws -> Inventory.Comparison {
    let checkpoint = try Checkpoint(opening: folder.path)
    return try #require(checkpoint.inventory).compare(with: checkpoint.tensors.values)
  }
}

extension Folder {
  /// Rewrites the header of `model.safetensors`; its data stays.
  func changeHeader(_ body: (inout String) -> Void) throws {
    try change("model.safetensors") { bytes in
      let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
      var text = String(decoding: bytes[8..<8 + length], as: UTF8.self)
      body(&text)
      bytes = safetensors(text, Array(bytes[(8 + length)...]))
    }
  }

  /// Writes `model.safetensors` anew with some of its tensors.
  func keepTensors(_ isKept: (String) -> Bool) throws {
    let file = try TensorFile(path: "\(path)/model.safetensors", name: "model.safetensors")
    let kept = file.tensors.filter { isKept($0.name.text) }
    let data = kept.flatMap { tensor in tensor.withUnsafeBytes { Array($0) } }
    try remove("model.safetensors")
    var writer = try Writer(
      creating: "\(path)/model.safetensors",
      entries: kept.map { .init($0.name, $0.elementType, $0.shape) }
    )
    try data.withUnsafeBytes { try writer.append($0) }
    try writer.finish()
  }
}
