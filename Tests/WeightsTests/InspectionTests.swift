import Foundation
import SluiceEncoding
import SluiceWeights
import Testing

@Suite("An inspection before binding")
struct InspectionTests {
  @Test func `lets a whole model pass and counts it`() throws {
    let inspection = try Inspection(of: Fixtures.golden("gpt2-f16-sharded-legacy"))
    #expect(inspection.faults == [])
    #expect(inspection.warnings == [])
    #expect(inspection.parameters == 64_752)
  }

  @Test func `warns that a model cannot be run`() throws {
    let inspection = try Inspection(of: Fixtures.golden("bert-f32"))
    #expect(inspection.faults == [])
    #expect(inspection.warnings == [.notExecutable(.architecture("model type bert"))])
    let folder = try Folder(copying: "gpt2-f32")
    try folder.write(Array(#"{"model_type":"x","auto_map":{"a":"b"}}"#.utf8), to: "config.json")
    let unknown = try Inspection(of: folder.path)
    #expect(unknown.faults == [])
    #expect(unknown.warnings == [.namesCode, .notExecutable(.architecture("model type x"))])
    #expect(unknown.parameters == nil)
  }

  @Test func `finds every fault at once`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.write([0x80, 2, 0x4e, 0x2e], to: "training_args.json")
    try folder.write([1, 2], to: "extra/tiny.safetensors")
    #expect(
      try Inspection(of: folder.path).faults == [
        WeightsFault("extra/tiny.safetensors", .safeTensors(.init(.headerTooSmall))),
        WeightsFault("training_args.json", .pickle),
      ]
    )
  }

  @Test func `looks only at the files that will be published`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.write([0x80, 2, 0x4e, 0x2e], to: "notes.bin")
    let files = ["config.json", "model.safetensors"]
    #expect(try Inspection(of: folder.path, files: files).faults == [])
    #expect(try Inspection(of: folder.path, files: ["notes.bin"]).faults.count == 1)
  }

  @Test func `does not compare with a configuration that will not be published`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.write(Array("{".utf8), to: "config.json")
    #expect(try Inspection(of: folder.path, files: ["model.safetensors"]).faults == [])
  }

  @Test func `refuses tensors that disagree with the configuration`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.change("config.json") { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      bytes = Array(text.replacing(#""n_layer": 2"#, with: #""n_layer": 1"#).utf8)
    }
    let faults = try Inspection(of: folder.path).faults
    guard case .inventory(let comparison) = faults.first?.problem else {
      return #expect(Bool(false), "\(faults)")
    }
    #expect(comparison.extra.count == 12)
  }

  @Test func `refuses a configuration that cannot be read, with or without weights`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.write(Array("{".utf8), to: "config.json")
    for files in [["config.json", "model.safetensors"], ["config.json"]] {
      let faults = try Inspection(of: folder.path, files: files).faults
      guard case .configuration = faults.first?.problem else {
        return #expect(Bool(false), "\(faults)")
      }
    }
  }

  @Test func `refuses an index without its shards`() throws {
    let folder = try Folder(copying: "gpt2-f16-sharded-legacy")
    try folder.remove("model-00003-of-00004.safetensors")
    #expect(
      try Inspection(of: folder.path).faults == [
        WeightsFault(ShardIndex.fileName, .index(.missingFile("model-00003-of-00004.safetensors")))
      ]
    )
  }

  @Test(arguments: [
    (ElementType.f32, [0, 0, 0x80, 0x3f, 0, 0, 0xc0, 0xff], 1),
    (.f32, [0xff, 0xff, 0x7f, 0x7f, 0, 0, 0x80, 0x7f], 1),
    (.f16, [0xff, 0x7b, 0, 0x7c], 1), (.bf16, [0x7f, 0x7f, 0x80, 0xff], 1),
    (.f64, [0, 0, 0, 0, 0, 0, 0xf0, 0x7f], 0), (.c64, [0, 0, 0, 0, 0, 0, 0x80, 0x7f], 0),
    (.f8E5M2, [0x7b, 0xfc], 1), (.f8E4M3, [0x7e, 0xff], 1), (.f8E4M3FNUZ, [0x7f, 0x80], 1),
    (.f8E8M0, [0xfe, 0xff], 1),
  ])
  func `refuses what is not finite, unless it is let pass`(
    type: ElementType,
    bytes: [UInt8],
    element: Int
  ) throws {
    let folder = try Folder()
    let count = bytes.count * 8 / type.bits
    var writer = try Writer(
      creating: "\(folder.path)/w.safetensors",
      entries: [.init("w", type, [count])]
    )
    try bytes.withUnsafeBytes { try writer.append($0) }
    try writer.finish()
    #expect(
      try Inspection(of: folder.path).faults == [
        WeightsFault("w.safetensors", .nonFinite("w", element: element))
      ]
    )
    #expect(try Inspection(of: folder.path, allowsNonFinite: true).faults == [])
  }

  @Test func `finds the one infinity in a large tensor`() throws {
    let folder = try Folder()
    var values = [Float](repeating: .greatestFiniteMagnitude, count: 5000)
    values[4321] = -.infinity
    var writer = try Writer(
      creating: "\(folder.path)/w.safetensors",
      entries: [.init("w", .f32, [50, 100])]
    )
    try values.withUnsafeBytes { try writer.append($0) }
    try writer.finish()
    let fault = try Inspection(of: folder.path).faults.first
    #expect(fault?.problem == .nonFinite("w", element: 4321))
  }

  @Test func `does not look for what integers cannot be`() throws {
    let folder = try Folder()
    var writer = try Writer(
      creating: "\(folder.path)/i.safetensors",
      entries: [.init("i", .i32, [2])]
    )
    try [Int32](repeating: -1, count: 2).withUnsafeBytes { try writer.append($0) }
    try writer.finish()
    #expect(try Inspection(of: folder.path).faults == [])
  }
}
