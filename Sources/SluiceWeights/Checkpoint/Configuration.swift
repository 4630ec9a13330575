public import SluiceEncoding

/// A model's `config.json`: which architecture, and its numbers.
///
/// The one reader of it. What it says about code (`auto_map`) is never acted on.
public struct Configuration: Hashable, Sendable {
  /// The architectures that Sluice knows, with their numbers.
  public enum Architecture: Hashable, Sendable {
    /// The decoder of 2019, which the reference transformer runs.
    case gpt2(GPT2Shape)
    /// The encoder of 2018, whose names and shapes are checked.
    case bert(BERTShape)
    /// Anything else: neither names nor shapes are known.
    case unknown
  }

  /// The member `model_type`, by which everything is dispatched; `nil` where there is none.
  public let modelType: String?
  /// The classes that the publisher names, such as `GPT2LMHeadModel`.
  public let classes: [String]
  /// What is known of the architecture.
  public let architecture: Architecture
  /// Members that change the computation in a way that Sluice does not implement.
  public let unsupported: [Unsupported]
  /// Whether the publisher names code of their own, which no reader here runs.
  public let namesCode: Bool

  /// The name under which every client looks for it.
  public static let fileName = "config.json"

  /// A member whose value is not implemented.
  public struct Unsupported: Error, Hashable, Sendable, CustomStringConvertible {
    /// The member.
    public let key: String
    /// Its value, as JSON.
    public let value: String

    /// The sentence for people.
    public var description: String { "config key \(key) = \(value) not supported" }
  }

  /// Reads a configuration of at most 1 MiB: strict JSON, decimals allowed.
  public init(parsing bytes: [UInt8]) throws(Malformed) {
    let value = try JSONValue(parsing: bytes, .document, format: "config.json")
    var reader = try ConfigurationReader(value)
    modelType = try reader.text("model_type")
    classes = try reader.texts("architectures")
    namesCode = reader.has("auto_map") || reader.has("custom_pipelines")
    reader.refuse("quantization_config", unless: .null)
    reader.refuse("pruned_heads", unless: .null, [:], [])
    reader.refuse("add_cross_attention", unless: .bool(false))
    reader.refuse("is_encoder_decoder", unless: .bool(false))
    switch modelType {
    case "gpt2" where Self.isKnown(classes, GPT2Shape.classes):
      architecture = .gpt2(try GPT2Shape(&reader))
    case "bert" where Self.isKnown(classes, BERTShape.classes):
      architecture = .bert(try BERTShape(&reader))
    default: architecture = .unknown
    }
    unsupported = reader.unsupported
  }

  // A class with a head of its own has tensors that no table here lists.
  private static func isKnown(_ classes: [String], _ known: Set<String>) -> Bool {
    classes.isEmpty || !known.isDisjoint(with: classes)
  }

  /// The architecture as reports name it.
  public var title: String {
    guard let modelType else { return "config.json without model_type" }
    guard case .unknown = architecture, let first = classes.first else {
      return "model type \(modelType)"
    }
    return "model type \(modelType), class \(first)"
  }
}
