import CSluiceKernels
import Foundation
import SluiceEncoding
import SluiceWeights
import Testing

@Suite("The reference transformer")
struct TransformerTests {
  static let cases = ["gpt2-f32", "gpt2-f16-sharded-legacy", "gpt2-untied-gelu-bf16"]
  static let paths = Kernels.Path.allCases.filter(\.isAvailable)

  @Test(arguments: cases)
  func `agrees with the golden logits and hidden states`(name: String) throws {
    let golden = try Golden(name)
    for path in Self.paths {
      let transformer = try Transformer(golden.checkpoint, path: path, threads: 1)
      for run in golden.runs {
        let output = try transformer.run(run.ids, keepingHidden: true)
        #expect(output.logits.rowCount == run.logits.count)
        for (row, expected) in run.logits.enumerated() {
          expect(output.logits[row], near: expected, "\(name) \(path) row \(row)")
        }
        #expect(output.hiddenLast.count == run.hidden.count)
        for (layer, expected) in run.hidden.enumerated() {
          expect(output.hiddenLast[layer], near: expected, "\(name) \(path) hidden \(layer)")
        }
      }
    }
  }

  @Test(arguments: cases)
  func `gives the same bits on every path, on 1 to 3 threads, in one piece or token by token`(
    name: String
  ) throws {
    let golden = try Golden(name)
    let positions = try Transformer(golden.checkpoint).positions
    let ids = (0..<positions).map { $0 * 37 % 90 }
    var digests: Set<SHA256Digest> = []
    for path in Self.paths {
      for threads in 1...3 {
        let transformer = try Transformer(golden.checkpoint, path: path, threads: threads)
        let whole = try transformer.run(ids).logits
        digests.insert(whole.digest)
        digests.insert(try inPieces([1], ids, transformer).digest)
        digests.insert(try inPieces([7, 1, 11, 2], ids, transformer).digest)
        let last = try transformer.run(ids, rows: .last(3)).logits
        #expect(last.values.elementsEqual(whole.values.suffix(3 * whole.vocabulary)))
      }
    }
    #expect(digests.count == 1)
  }

  /// The bits of one machine, so that another machine, or a change of a kernel, is noticed.
  @Test func `gives the bits that were recorded`() throws {
    let folder = try Folder()
    try small.write(to: folder.path)
    let transformer = try Transformer(Checkpoint(opening: folder.path))
    let digest = try transformer.run(Array(0..<50)).logits.digest
    #expect(digest.hex == Self.recorded)
  }

  static let recorded = "2a2c79af74490d3acb65997f328af98bc501b59a7ff15ff17b6376901aa3a185"

  @Test func `keeps subnormals whatever its thread was set to`() throws {
    let golden = try Golden("gpt2-f32")
    let transformer = try Transformer(golden.checkpoint, threads: 1)
    let expected = try transformer.run([1, 2, 3]).logits.digest
    let before = sluice_environment_enter()
    defer { sluice_environment_leave(before) }
    #if arch(x86_64)
      sluice_environment_leave(0xffc0)  // flush to zero, denormals are zero, rounding towards zero
    #else
      sluice_environment_leave(0x1c0_0000)
    #endif
    let rebuilt = try Transformer(golden.checkpoint, threads: 1)
    let found = [try transformer.run([1, 2, 3]), try rebuilt.run([1, 2, 3])]
    _ = sluice_environment_enter()
    #expect(found.map(\.logits.digest) == [expected, expected])
  }

  @Test func `refuses tokens that the model does not have`() throws {
    let transformer = try Transformer(Golden("gpt2-untied-gelu-bf16").checkpoint)
    #expect(throws: Transformer.Fault.empty) { try transformer.run([]) }
    #expect(throws: Transformer.Fault.unknownToken(97, vocabulary: 97)) {
      try transformer.run([0, 97])
    }
    #expect(throws: Transformer.Fault.unknownToken(-1, vocabulary: 97)) {
      try transformer.run([-1])
    }
    #expect(throws: Transformer.Fault.tooLong(count: 33, positions: 32)) {
      try transformer.run(Array(repeating: 1, count: 33))
    }
  }

  @Test func `fails on logits that are not finite`() throws {
    let folder = try Folder(copying: "gpt2-f32")
    try folder.change("model.safetensors") { bytes in
      bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0x80, 0x7f])
    }
    let transformer = try Transformer(Checkpoint(opening: folder.path))
    #expect(throws: Transformer.Fault.nonFinite(position: 0)) { try transformer.run([1, 2]) }
  }

  @Test func `runs weights that are stored in 64 bits`() throws {
    let folder = try Folder()
    try small.write(to: folder.path)
    let narrow = try Checkpoint(opening: folder.path)
    let wide = try Folder()
    try wide.write(folder.bytes("config.json"), to: "config.json")
    let tensors = narrow.files.flatMap(\.tensors)
    var writer = try Writer(
      creating: "\(wide.path)/model.safetensors",
      entries: tensors.map { .init($0.name, .f64, $0.shape) }
    )
    for tensor in tensors {
      let values = tensor.withUnsafeBytes { bytes in
        stride(from: 0, to: bytes.count, by: 4).map {
          Double(bytes.loadUnaligned(fromByteOffset: $0, as: Float.self))
        }
      }
      try values.withUnsafeBytes { try writer.append($0) }
    }
    try writer.finish()
    let digests = try [narrow, Checkpoint(opening: wide.path)].map {
      try Transformer($0).run([1, 2, 3]).logits.digest
    }
    #expect(digests[0] == digests[1])
  }

  @Test func `says which stored type it cannot run`() throws {
    let folder = try Folder(copying: "gpt2-untied-gelu-bf16")
    try folder.change("model.safetensors") { bytes in
      let text = String(decoding: bytes[8..<2696], as: UTF8.self)
      bytes.replaceSubrange(
        8..<2696,
        with: Array(text.replacing("\"BF16\"", with: "\"U16\" ").utf8)
      )
    }
    let reason = #expect(throws: NotExecutable.self) {
      try Transformer(Checkpoint(opening: folder.path))
    }
    #expect(reason == .elementType("transformer.wte.weight", .u16))
  }

  private var small: RandomCheckpoint {
    let shape = GPT2Shape(vocabulary: 300, positions: 64, width: 48, layers: 2, heads: 3)
    return RandomCheckpoint(seed: 2019, shape: shape, shards: 3)
  }

  private func inPieces(
    _ sizes: [Int],
    _ ids: [Int],
    _ transformer: Transformer
  ) throws -> Pieces {
    var session = transformer.session(capacity: ids.count)
    var (values, start, turn) = ([Float](), 0, 0)
    while start < ids.count {
      let end = min(start + sizes[turn % sizes.count], ids.count)
      values += try session.append(Array(ids[start..<end]), rows: .all).logits.values
      (start, turn) = (end, turn + 1)
    }
    return Pieces(values: values)
  }

  private struct Pieces {
    let values: [Float]
    var digest: SHA256Digest { values.withUnsafeBytes { SHA256Digest(of: $0) } }
  }

  private func expect(_ found: some Collection<Float>, near expected: [Double], _ what: String) {
    #expect(found.count == expected.count)
    let worst = zip(found, expected).map { found, expected in
      abs(Double(found) - expected) - (2e-4 + 2e-5 * abs(expected))
    }.max()
    #expect((worst ?? 1) <= 0, "\(what): \(worst ?? 0) beyond the tolerance")
  }
}

/// A golden case: the model, and what torch computed with it.
private struct Golden {
  struct Run {
    let ids: [Int]
    let logits: [[Double]]
    let hidden: [[Double]]
  }

  let checkpoint: Checkpoint
  let runs: [Run]

  init(_ name: String) throws {
    let folder = Fixtures.golden(name)
    checkpoint = try Checkpoint(opening: folder)
    let cases = try #require(
      Fixtures.json("\(folder)/golden.json").objectValue?["cases"]?.arrayValue
    )
    runs = try cases.map { value in
      let input = try #require(value.objectValue?["input"]?.objectValue)
      let expected = try #require(value.objectValue?["expected"]?.objectValue)
      return Run(
        ids: try #require(input["input_ids"]?.arrayValue).compactMap(\.integerValue),
        logits: try Self.rows(expected["logits"]),
        hidden: try Self.rows(expected["hidden_last"])
      )
    }
  }

  private static func rows(_ value: JSONValue?) throws -> [[Double]] {
    try #require(value?.arrayValue).map { row in
      try #require(row.arrayValue).map { number in
        switch number {
        case .integer(let integer): Double(integer)
        case .decimal(let text): try #require(Double(text))
        default: .nan
        }
      }
    }
  }
}
