import Foundation
import SluiceEncoding
import SluiceWeights
import Testing

@Suite("A check of a checkpoint")
struct CheckpointCheckTests {
  @Test(arguments: ["gpt2-f32", "gpt2-f16-sharded-legacy", "gpt2-untied-gelu-bf16"])
  func `finds what was recorded`(name: String) throws {
    let folder = try Folder(copying: name)
    let check = CheckpointCheck(folder.path)
    #expect(try check.function().verdict == .notRun)
    try folder.record()
    #expect(try check.container().verdict == .exact)
    #expect(try check.inventory().verdict == .exact)
    for path in Kernels.Path.allCases where path.isAvailable {
      let report = try check.function(path: path, threads: 2)
      #expect(report.verdict == .exact)
      #expect(report.name == "function")
    }
  }

  @Test func `counts parameters, tensors and files`() throws {
    let report = try CheckpointCheck(Fixtures.golden("gpt2-f16-sharded-legacy")).inventory()
    #expect(report.detail == "46 tensors in 4 files, 64752 parameters as config.json declares")
    #expect(
      report.json.text == #"{"detail":"46 tensors in 4 files, 64752 parameters as config.json "#
        + #"declares","level":2,"name":"inventory","verdict":"exact"}"#
    )
  }

  @Test func `of a BERT is exact but for the function`() throws {
    let folder = try Folder(copying: "bert-f32")
    try folder.record()
    let check = CheckpointCheck(folder.path)
    #expect(try check.container().verdict == .exact)
    #expect(try check.inventory().verdict == .exact)
    let report = try check.function()
    #expect(report.verdict == .notExecutable)
    #expect(report.detail == "model type bert is not executable by this version")
  }

  @Test func `of an unknown architecture says what was not checked`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.write(
      Array(#"{"model_type":"llama","architectures":["L"]}"#.utf8),
      to: "config.json"
    )
    let report = try CheckpointCheck(folder.path).inventory()
    #expect(report.verdict == .notExecutable)
    #expect(
      report.detail
        == "names and shapes not checked: model type llama, class L; 28 tensors in 1 file"
    )
  }

  @Test func `finds a pickle whatever it is called`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.write([0x80, 4, 0x4e, 0x2e], to: "sub/README.md")
    let report = try CheckpointCheck(folder.path).container()
    #expect(report.verdict == .different)
    #expect(report.detail.hasPrefix("sub/README.md: a pickle"))
  }

  @Test func `finds a truncated shard, and runs no further level on it`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.change("model.safetensors") { $0.removeLast() }
    let check = CheckpointCheck(folder.path)
    let reports = try [check.container(), check.inventory(), check.function()]
    #expect(reports.map(\.verdict) == [.different, .different, .different])
    #expect(reports[0].detail.contains("metadataIncompleteBuffer"))
  }

  @Test func `of a partial download runs what it can`() throws {
    let folder = try Folder(copying: "gpt2-f16-sharded-legacy")
    try folder.remove("model-00002-of-00004.safetensors")
    let check = CheckpointCheck(folder.path)
    #expect(try check.container().verdict == .exact)
    #expect(try check.inventory().verdict == .notRun)
    #expect(try check.function().verdict == .notRun)
  }

  @Test func `finds two layers that were swapped`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.record()
    try folder.changeHeader { text in
      text = text.replacing(".h.0.mlp", with: ".h.X.mlp").replacing(".h.1.mlp", with: ".h.0.mlp")
      text = text.replacing(".h.X.mlp", with: ".h.1.mlp")
    }
    let check = CheckpointCheck(folder.path)
    #expect(try check.inventory().verdict == .exact)
    let report = try check.function()
    #expect(report.verdict == .different)
    #expect(report.detail.contains("from layer 0 on"))
  }

  @Test func `finds a change of the configuration alone`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.record()
    try folder.change("config.json") { bytes in
      bytes = Array(String(decoding: bytes, as: UTF8.self).replacing("1e-05", with: "1e-02").utf8)
    }
    #expect(try CheckpointCheck(folder.path).function().verdict == .different)
  }

  @Test func `takes a slightly moved copy for close, and says how far it is`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.record()
    try folder.change("model.safetensors") { bytes in
      for place in stride(from: 2600, to: bytes.count, by: 4) { bytes[place] ^= 0x40 }
    }
    let report = try CheckpointCheck(folder.path).function()
    #expect(report.verdict == .close)
    #expect(report.detail.contains("r.m.s."))
  }

  @Test func `does not run a record of another contract`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.record()
    try folder.change(Record.fileName) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      bytes = Array(text.replacing("SLUICE-F32-1", with: "SLUICE-F32-2").utf8)
    }
    let report = try CheckpointCheck(folder.path).function()
    #expect(report.verdict == .notExecutable)
    #expect(report.detail == "recorded under SLUICE-F32-2, this version has SLUICE-F32-1")
  }

  @Test func `calls a record that is malformed different`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.write(Array("{}".utf8), to: Record.fileName)
    #expect(try CheckpointCheck(folder.path).function().verdict == .different)
  }

  @Test func `of a folder without weights runs nothing`() throws {
    let folder = try Folder()
    let check = CheckpointCheck(folder.path)
    let reports = try [check.container(), check.inventory(), check.function()]
    #expect(reports.map(\.verdict) == [.notRun, .notRun, .notRun])
  }
}

extension Folder {
  /// Records what the model in the folder computes.
  func record() throws {
    let checkpoint = try Checkpoint(opening: path)
    let record = try Record(of: checkpoint, seed: SHA256Digest(of: Array("seed".utf8)), threads: 1)
    try write(record.json.canonical, to: Record.fileName)
  }
}
