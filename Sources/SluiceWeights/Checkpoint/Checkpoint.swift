internal import Foundation

/// A directory with a model: all its shards open, its index checked, its configuration read.
public struct Checkpoint: Sendable {
  /// The directory.
  public let directory: String
  /// What `config.json` says; `nil` where there is none.
  public let configuration: Configuration?
  /// The file or the shards, in the order of their names.
  public let files: [TensorFile]
  /// Every tensor of the model by its name.
  public let tensors: [TensorName: Tensor]
  /// What should be known about the index.
  public let warnings: [ShardIndex.Warning]

  /// The name of weights that are in one file.
  public static let singleFileName = "model.safetensors"

  /// Opens the model in `directory`.
  ///
  /// The weights are the shards of the index, or `model.safetensors`, or the only safetensors file
  /// there is. An index beside a `model.safetensors` is refused: clients differ in which they load.
  ///
  /// - Parameters:
  ///   - directory: The directory.
  ///   - files: The names that count as there; all of them, if not given.
  /// - Throws: A `WeightsFault` for the first thing that is wrong, else what the system threw.
  public init(opening directory: String, among files: Set<String>? = nil) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
      .filter { files?.contains($0) ?? true }
    self.directory = directory
    if names.contains(Configuration.fileName) {
      configuration = try Self.configuration(in: directory)
    } else {
      configuration = nil
    }
    if names.contains(ShardIndex.fileName) {
      guard !names.contains(Self.singleFileName) else {
        throw WeightsFault(ShardIndex.fileName, .index(.ambiguous))
      }
      let index = try ShardIndex(parsing: Self.bytes(of: ShardIndex.fileName, in: directory))
      for file in index.files where !names.contains(file) {
        throw WeightsFault(ShardIndex.fileName, .index(.missingFile(file)))
      }
      self.files = try index.files.map { try Self.open($0, in: directory) }
      warnings = try index.check(self.files)
    } else {
      let candidates = names.filter { $0.hasSuffix(TensorFile.suffix) }
      let isUsual = names.contains(Self.singleFileName)
      guard let name = isUsual ? Self.singleFileName : candidates.first,
        isUsual || candidates.count == 1
      else { throw WeightsFault(Self.singleFileName, .missing) }
      self.files = [try Self.open(name, in: directory)]
      warnings = []
    }
    let all = self.files.flatMap(\.tensors)
    tensors = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
  }

  private static func open(_ name: String, in directory: String) throws -> TensorFile {
    try TensorFile(path: "\(directory)/\(name)", name: name)
  }

  private static func bytes(of name: String, in directory: String) throws -> [UInt8] {
    let file = try MappedFile(path: "\(directory)/\(name)")
    return file.bytes(in: 0..<file.count)
  }

  static func configuration(in directory: String) throws -> Configuration {
    let bytes = try bytes(of: Configuration.fileName, in: directory)
    do {
      return try Configuration(parsing: bytes)
    } catch {
      throw WeightsFault(Configuration.fileName, .configuration(error))
    }
  }

  /// The tensors that the configuration implies; `nil` where that is not known.
  public var inventory: Inventory? {
    configuration.flatMap { Inventory.of($0, storedAs: tensors.keys) }
  }
}
