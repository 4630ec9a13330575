import Foundation
import SluiceEncoding
import SluiceWeights
import Testing

@Suite("A file's hash")
struct FileHashTests {
  @Test func `is that of its bytes, whatever the pieces`() throws {
    let folder = try Folder()
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
    try folder.write(bytes, to: "f")
    var seen: [Int] = []
    let result = try FileHash.sha256(of: "\(folder.path)/f") { seen.append($0) }
    #expect(result.digest == SHA256Digest(of: bytes))
    #expect(result.size == 3_000_000)
    #expect(seen == [1 << 20, 2 << 20, 3_000_000])
    try folder.write([], to: "empty")
    #expect(try FileHash.sha256(of: "\(folder.path)/empty").digest == SHA256Digest(of: [UInt8]()))
  }

  @Test func `is refused for what is no regular file`() throws {
    let folder = try Folder()
    #expect(throws: POSIXError.self) { try FileHash.sha256(of: folder.path) }
    #expect(throws: POSIXError.self) { try FileHash.sha256(of: "\(folder.path)/none") }
    #expect(throws: POSIXError.self) { try FileHash.sha256(of: "/dev/null") }
  }

  @Test func `stops between two pieces when its task is cancelled`() async throws {
    let folder = try Folder()
    try folder.write([UInt8](repeating: 1, count: 2 << 20), to: "f")
    let path = "\(folder.path)/f"
    let task = Task {
      try FileHash.sha256(of: path) { _ in withUnsafeCurrentTask { $0?.cancel() } }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}

@Suite("A mapped file")
struct MappedFileTests {
  @Test func `has the bytes of its file`() throws {
    let folder = try Folder()
    try folder.write([1, 2, 3, 4], to: "f")
    let file = try MappedFile(path: "\(folder.path)/f")
    #expect(file.count == 4)
    #expect(file.bytes(in: 1..<9) == [2, 3, 4])
    try folder.write([], to: "empty")
    #expect(try MappedFile(path: "\(folder.path)/empty").count == 0)
  }

  @Test func `is never a folder, a device or nothing`() throws {
    let folder = try Folder()
    for path in [folder.path, "/dev/zero", "\(folder.path)/none"] {
      #expect(throws: POSIXError.self) { try MappedFile(path: path) }
    }
  }
}

@Suite("A written safetensors file")
struct WriterTests {
  @Test func `reads back, its data aligned`() throws {
    let folder = try Folder()
    let path = "\(folder.path)/w.safetensors"
    var writer = try Writer(
      creating: path,
      entries: [.init("ä", .f32, [1, 2]), .init("s", .u8, []), .init("none", .f64, [0])],
      metadata: ["made": "here"]
    )
    try [UInt8](0..<9).withUnsafeBytes { bytes in
      try writer.append(UnsafeRawBufferPointer(rebasing: bytes[..<3]))
      try writer.append(UnsafeRawBufferPointer(rebasing: bytes[3...]))
    }
    try writer.finish()
    let file = try TensorFile(path: path, name: "w.safetensors")
    #expect(file.header.dataStart.isMultiple(of: 8))
    #expect(file.header.metadata == ["made": "here"])
    #expect(file.tensors.map(\.name) == ["ä", "s", "none"])
    #expect(file.tensors.map { $0.withUnsafeBytes { Array($0) } } == [Array(0..<8), [8], []])
  }

  @Test func `never replaces another file`() throws {
    let folder = try Folder()
    try folder.write([7], to: "w")
    #expect(throws: POSIXError.self) { _ = try Writer(creating: "\(folder.path)/w", entries: []) }
    #expect(try folder.bytes("w") == [7])
  }
}

@Suite("A random checkpoint")
struct RandomCheckpointTests {
  let shape = GPT2Shape(vocabulary: 100, positions: 16, width: 16, layers: 2, heads: 2)

  @Test(arguments: [1, 2, 5])
  func `is a whole model in as many files`(shards: Int) throws {
    let folder = try Folder()
    try RandomCheckpoint(seed: 3, shape: shape, shards: shards).write(to: folder.path)
    let checkpoint = try Checkpoint(opening: folder.path)
    #expect(checkpoint.files.count == shards)
    let inspection = try Inspection(of: folder.path)
    #expect(inspection.faults == [])
    #expect(inspection.warnings == [])
    #expect(inspection.parameters == shape.parameterCount)
  }

  @Test func `is decided by its seed alone`() throws {
    let folders = try [Folder(), Folder(), Folder()]
    for (folder, seed) in zip(folders, [3, 3, 4]) {
      try RandomCheckpoint(seed: UInt64(seed), shape: shape, shards: 2).write(to: folder.path)
    }
    let name = "model-00001-of-00002.safetensors"
    #expect(try folders[0].bytes(name) == folders[1].bytes(name))
    #expect(try folders[0].bytes(name) != folders[2].bytes(name))
    #expect(
      try SHA256Digest(of: folders[0].bytes(name)).hex == Self.recorded,
      "the same bytes on every machine"
    )
  }

  static let recorded = "7c6b0e3def6256c14e42fc86a7b1cbf4945352f05d99cfee6978382bfafc1395"

  @Test func `has weights of the deviation of a new GPT-2`() throws {
    let folder = try Folder()
    try RandomCheckpoint(seed: 9, shape: shape).write(to: folder.path)
    let tensor = try #require(
      Checkpoint(opening: folder.path).tensors["transformer.h.0.mlp.c_fc.weight"]
    )
    let values = tensor.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 4).map {
        Double(bytes.loadUnaligned(fromByteOffset: $0, as: Float.self))
      }
    }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    #expect(abs(mean) < 0.003)
    #expect(abs(variance.squareRoot() - 0.02) < 0.002)
  }
}
