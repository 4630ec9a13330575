import SluiceEncoding
import SluiceWeights
import Testing

@Suite("A record")
struct RecordTests {
  let seed = SHA256Digest(of: Array("release".utf8))

  @Test func `probes the model as widely as it must`() throws {
    let folder = try Folder()
    let shape = GPT2Shape(vocabulary: 2000, positions: 96, width: 16, layers: 2, heads: 2)
    try RandomCheckpoint(seed: 1, shape: shape).write(to: folder.path)
    let probes = try Record(of: Checkpoint(opening: folder.path), seed: seed).probes
    #expect(probes.count >= 8)
    #expect(probes[0].hidden.count == 3)
    #expect(probes.dropFirst().allSatisfy { $0.hidden.isEmpty && $0.top.count == 16 })
    let lengths = probes.map(\.ids.count)
    #expect(lengths.filter { $0 == 1 }.count == 1)
    #expect(lengths.filter { $0 == 96 }.count == 1)
    #expect(lengths.filter { (32...64).contains($0) }.count == probes.count - 2)
    let touched = Set(probes.flatMap(\.ids))
    #expect(touched.count >= 512)
    #expect(touched.isSuperset(of: [0, 1999]))
  }

  @Test func `of a tiny vocabulary touches all of it`() throws {
    let record = try Record(of: Checkpoint(opening: Fixtures.golden("gpt2-f32")), seed: seed)
    #expect(Set(record.probes.flatMap(\.ids)) == Set(0..<151))
  }

  @Test func `has the probes that were asked for after its own`() throws {
    let checkpoint = try Checkpoint(opening: Fixtures.golden("gpt2-f32"))
    let seed = SHA256Digest(of: [1])
    let own = try Record(of: checkpoint, seed: seed)
    let more = try Record(of: checkpoint, seed: seed, beside: [[1, 2, 3], [4]])
    #expect(Array(more.probes.prefix(own.probes.count)) == own.probes)
    #expect(more.probes.dropFirst(own.probes.count).map(\.ids) == [[1, 2, 3], [4]])
    #expect(throws: Transformer.Fault.self) {
      try Record(of: checkpoint, seed: seed, beside: [[99_999_999]])
    }
  }

  @Test func `is the same for the same seed and another for another`() throws {
    let checkpoint = try Checkpoint(opening: Fixtures.golden("gpt2-untied-gelu-bf16"))
    let record = try Record(of: checkpoint, seed: seed, threads: 1)
    #expect(try Record(of: checkpoint, seed: seed, threads: 2) == record)
    let other = try Record(of: checkpoint, seed: SHA256Digest(of: [1, 2]))
    #expect(other.probes.map(\.ids) != record.probes.map(\.ids))
  }

  @Test func `reads back as it was written`() throws {
    let record = try Record(of: Checkpoint(opening: Fixtures.golden("gpt2-f32")), seed: seed)
    #expect(try Record(parsing: record.json.canonical) == record)
    #expect(!record.json.text.contains("." + "0,"))
  }

  @Test func `of a model that cannot be run says why`() throws {
    let record = try Record(of: Checkpoint(opening: Fixtures.golden("bert-f32")), seed: seed)
    #expect(
      record.json.text == #"{"contract":"SLUICE-F32-1","format":"sluice/record/1","probes":[],"#
        + #""reason":"model type bert is not executable by this version"}"#
    )
    #expect(try Record(parsing: record.json.canonical) == record)
  }

  @Test func `of all rows is checked over all of them`() throws {
    let checkpoint = try Checkpoint(opening: Fixtures.golden("gpt2-f32"))
    let logits = try Transformer(checkpoint).run([5, 9]).logits
    let text =
      #"{"format":"sluice/record/1","contract":"SLUICE-F32-1","probes":[{"ids":[5,9],"#
      + #""rows":"all","logits_sha256":"\#(logits.digest)","top":\#(top(logits))}],"#
      + #""tolerance":{"rms":"0.1","max":"0.5"}}"#
    let record = try Record(parsing: Array(text.utf8))
    #expect(try record.compare(with: checkpoint).verdict == .exact)
  }

  @Test(arguments: [
    (#""sluice/record/1""#, #""sluice/record/2""#), (#""rms":""#, #""rms":"0"#),
    (#""rms":""#, #""rms":" "#), (#""rows":"last""#, #""rows":"first""#),
    (#""max":"#, #""extra":1,"max":"#), (#""contract""#, #""more":0,"contract""#),
    (#""logits_sha256":""#, #""logits_sha256":"0"#), (#""ids":["#, #""ids":[1.5,"#),
    (#""ids":["#, #""ids":[-1,"#), (#""tolerance""#, #""reason":"x","tolerated""#),
  ])
  func `that is malformed is refused`(old: String, new: String) throws {
    let record = try Record(of: Checkpoint(opening: Fixtures.golden("gpt2-f32")), seed: seed)
    let text = record.json.text
    #expect(text.contains(old))
    #expect(throws: Malformed.self) {
      try Record(parsing: Array(text.replacing(old, with: new, maxReplacements: 1).utf8))
    }
  }

  @Test func `with neither probes nor a reason is refused`() {
    let text = #"{"format":"sluice/record/1","contract":"SLUICE-F32-1","probes":[]}"#
    #expect(throws: Malformed.self) { try Record(parsing: Array(text.utf8)) }
  }

  private func top(_ logits: Logits) -> String {
    let pairs = logits.top(16).map { #"[\#($0.id),"\#($0.logit)"]"# }
    return "[" + pairs.joined(separator: ",") + "]"
  }
}

@Suite("Logits")
struct LogitsTests {
  @Test func `list the likeliest tokens, the first of equals first`() throws {
    let folder = try Folder()
    let shape = GPT2Shape(vocabulary: 300, positions: 8, width: 16, layers: 1, heads: 2)
    try RandomCheckpoint(seed: 5, shape: shape).write(to: folder.path)
    let logits = try Transformer(Checkpoint(opening: folder.path)).run([3, 4]).logits
    let row = Array(logits[1])
    let sorted = row.indices.sorted { (-row[$0], $0) < (-row[$1], $1) }
    #expect(logits.top(16).map(\.id) == Array(sorted.prefix(16)))
    #expect(logits.top(1000).map(\.id) == sorted)
  }

  @Test func `have no negative zero`() throws {
    let folder = try Folder()
    let shape = GPT2Shape(vocabulary: 300, positions: 8, width: 16, layers: 1, heads: 2)
    try RandomCheckpoint(seed: 5, shape: shape).write(to: folder.path)
    let tensors = try Checkpoint(opening: folder.path).tensors
    // So small a norm that every product underflows, half of them from below.
    let weight = try #require(tensors["transformer.ln_f.weight"])
    let bias = try #require(tensors["transformer.ln_f.bias"])
    try folder.change("model.safetensors") { bytes in
      for place in weight.range { bytes[place] = place.isMultiple(of: 4) ? 1 : 0 }
      for place in bias.range { bytes[place] = 0 }
    }
    let logits = try Transformer(Checkpoint(opening: folder.path)).run([3, 4]).logits
    #expect(logits.values.allSatisfy { $0.bitPattern == 0 })
    #expect(logits.digest == SHA256Digest(of: [UInt8](repeating: 0, count: 2 * 300 * 4)))
  }
}
