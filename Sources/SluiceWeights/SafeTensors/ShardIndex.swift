public import SluiceEncoding

/// Which shard holds which tensor: `model.safetensors.index.json`.
public struct ShardIndex: Hashable, Sendable {
  /// The sum of tensor bytes that the publisher declared; `nil` where none is declared.
  public let totalSize: Int?
  /// The shard of each tensor.
  public let map: [TensorName: String]

  /// The name under which every client looks for it.
  public static let fileName = "model.safetensors.index.json"

  /// Makes an index.
  public init(totalSize: Int?, map: [TensorName: String]) {
    self.totalSize = totalSize
    self.map = map
  }

  /// Reads an index of at most 64 MiB; other members than the two that count are ignored.
  public init(parsing bytes: [UInt8]) throws(WeightsFault) {
    do throws(Malformed) {
      let rules = JSONRules.document.limited(to: 64 << 20)
      let value = try JSONValue(parsing: bytes, rules, format: "shard index")
      var fields = try JSONFields(value, format: "shard index")
      let metadata = try fields.optionalObject("metadata")
      var map: [TensorName: String] = [:]
      for member in try fields.object("weight_map").members {
        guard let file = member.value.stringValue else {
          throw Malformed("shard index", "weight_map: a file name that is not text")
        }
        map[TensorName(member.name)] = file
      }
      self.init(totalSize: metadata?["total_size"]?.integerValue, map: map)
    } catch {
      throw WeightsFault(Self.fileName, .index(.malformed(error)))
    }
    for file in map.values where !Self.isFileName(file) {
      throw WeightsFault(Self.fileName, .index(.fileName(file)))
    }
  }

  /// The shards, each once, by their names.
  public var files: [String] {
    Set(map.values).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The index as it is written beside the shards.
  public var json: JSONValue {
    let members = map.map { JSONObject.Member(name: $0.key.text, value: .string($0.value)) }
    var object: JSONObject = ["weight_map": .object(JSONObject(members))]
    if let totalSize { object["metadata"] = ["total_size": .integer(totalSize)] }
    return .object(object)
  }

  // Letters, digits, dot, underscore and hyphen: never a separator, never a directory.
  private static func isFileName(_ name: String) -> Bool {
    let allowed = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
    return allowed && !["", ".", ".."].contains(name)
  }
}

extension ShardIndex {
  /// How an index and its shards disagree.
  public enum Fault: Error, Hashable, Sendable {
    /// The text is not an index.
    case malformed(Malformed)
    /// A shard's name could leave the directory.
    case fileName(String)
    /// A shard is not there: not downloaded yet, or never published.
    case missingFile(String)
    /// The shard that should hold a tensor does not.
    case missingTensor(TensorName, file: String)
    /// A shard holds a tensor that the index does not place in it.
    case unmappedTensor(TensorName, file: String)
    /// There is a `model.safetensors` as well, and clients differ in which they load.
    case ambiguous
  }

  /// What should be known, and refuses nothing.
  public enum Warning: Hashable, Sendable {
    /// The declared sum is not the real one; some publishers count shared tensors twice.
    case totalSize(declared: Int, actual: Int)
  }

  /// Checks that the open shards hold exactly the tensors that the index places in them.
  ///
  /// As each tensor has one place in the index, this also finds a name that is in two shards.
  public func check(_ shards: [TensorFile]) throws(WeightsFault) -> [Warning] {
    for shard in shards {
      for tensor in shard.tensors
      where map[tensor.name]?.utf8.elementsEqual(shard.name.utf8) != true {
        throw WeightsFault(Self.fileName, .index(.unmappedTensor(tensor.name, file: shard.name)))
      }
    }
    let present = Set(shards.flatMap { $0.tensors.map(\.name) })
    for name in map.keys.sorted() where !present.contains(name) {
      let file = map[name] ?? ""
      throw WeightsFault(Self.fileName, .index(.missingTensor(name, file: file)))
    }
    let actual = shards.reduce(0) { $0 + $1.tensorBytes }
    guard let totalSize, totalSize != actual else { return [] }
    return [.totalSize(declared: totalSize, actual: actual)]
  }
}
