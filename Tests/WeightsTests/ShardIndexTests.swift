import SluiceEncoding
import SluiceWeights
import Testing

@Suite("A shard index")
struct ShardIndexTests {
  static let name = "gpt2-f16-sharded-legacy"
  static let first = "model-00001-of-00004.safetensors"

  @Test func `that is right opens all shards`() throws {
    let checkpoint = try Checkpoint(opening: Fixtures.golden(Self.name))
    #expect(checkpoint.files.count == 4)
    #expect(checkpoint.tensors.count == 46)
    #expect(checkpoint.warnings == [])
  }

  @Test(arguments: ["../a", "a/b", "..", ".", "", "a b", "ä.safetensors", #"a\\b"#])
  func `does not lead out of its directory`(file: String) {
    let text = #"{"weight_map":{"a":"\#(file)"}}"#
    let fault = #expect(throws: WeightsFault.self) { try ShardIndex(parsing: Array(text.utf8)) }
    guard case .index(.fileName) = fault?.problem else { return #expect(Bool(false), "\(fault)") }
  }

  @Test(arguments: [
    #"{"weight_map":{"a":"x","a":"y"}}"#, #"{"weight_map":{"a":"x","\u0061":"x"}}"#,
    #"{"weight_map":{"a":1}}"#, #"{"weight_map":[]}"#, #"{}"#, "[]", "",
  ])
  func `that is malformed is refused`(text: String) {
    let fault = #expect(throws: WeightsFault.self) { try ShardIndex(parsing: Array(text.utf8)) }
    guard case .index(.malformed) = fault?.problem else { return #expect(Bool(false), "\(fault)") }
  }

  @Test func `that places a tensor in another shard is refused`() throws {
    let fault = try fault { folder in
      try folder.replace("ln_f.bias\": \"model-00004", with: "ln_f.bias\": \"model-00003")
    }
    #expect(
      fault == .index(.unmappedTensor("ln_f.bias", file: "model-00004-of-00004.safetensors"))
    )
  }

  @Test func `that leaves a stored tensor out is refused`() throws {
    let fault = try fault { folder in
      try folder.replace("  \"wpe.weight\": \"\(Self.first)\",\n", with: "")
    }
    #expect(fault == .index(.unmappedTensor("wpe.weight", file: Self.first)))
  }

  @Test func `that names a tensor which is not there is refused`() throws {
    let fault = try fault { folder in
      try folder.replace(
        "\"weight_map\": {",
        with: "\"weight_map\": {\"ghost\": \"\(Self.first)\","
      )
    }
    #expect(fault == .index(.missingTensor("ghost", file: Self.first)))
  }

  @Test func `without one of its shards is refused`() throws {
    let fault = try fault { try $0.remove(Self.first) }
    #expect(fault == .index(.missingFile(Self.first)))
  }

  @Test func `beside a single file is ambiguous`() throws {
    let fault = try fault { folder in
      try folder.write(folder.bytes(Self.first), to: "model.safetensors")
    }
    #expect(fault == .index(.ambiguous))
  }

  @Test func `with another sum of bytes is only warned about`() throws {
    let folder = try Folder(copying: Self.name)
    try folder.replace("136428", with: "200000")
    let warnings = try Checkpoint(opening: folder.path).warnings
    #expect(warnings == [.totalSize(declared: 200_000, actual: 136_428)])
  }

  private func fault(_ change: (Folder) throws -> Void) throws -> WeightsFault.Problem? {
    let folder = try Folder(copying: Self.name)
    try change(folder)
    return #expect(throws: WeightsFault.self) { try Checkpoint(opening: folder.path) }?.problem
  }
}

extension Folder {
  fileprivate func replace(_ old: String, with new: String) throws {
    try change(ShardIndex.fileName) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.contains(old))
      bytes = Array(text.replacing(old, with: new).utf8)
    }
  }
}
