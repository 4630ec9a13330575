/// Why the reference transformer cannot run a model: an outcome of its own, never a failure.
public enum NotExecutable: Error, Hashable, Sendable {
  /// There is no `config.json`, or it names an architecture that is not built.
  case architecture(String)
  /// The configuration asks for something that is not implemented.
  case configuration(Configuration.Unsupported)
  /// A tensor that is needed is stored in a form that is not read.
  case elementType(TensorName, ElementType)
  /// The record was made under an arithmetic contract that is not this program's.
  case contract(String)
  /// Whoever made the record could not run the model, and said why.
  case recorded(String)
}

extension NotExecutable: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .architecture(let title): "\(title) is not executable by this version"
    case .configuration(let unsupported): unsupported.description
    case .elementType(let name, let type):
      "\(name.text.debugDescription) is stored as \(type.rawValue)"
    case .contract(let name): "recorded under \(name), this version has \(Kernels.contract)"
    case .recorded(let reason): reason
    }
  }
}

extension Checkpoint {
  /// The shape of a model that the reference transformer runs.
  func executableShape() throws(NotExecutable) -> GPT2Shape {
    guard let configuration else { throw .architecture("a model without config.json") }
    guard case .gpt2(let shape) = configuration.architecture else {
      throw .architecture(configuration.title)
    }
    if let unsupported = configuration.unsupported.first { throw .configuration(unsupported) }
    let needed = inventory?.entries.filter { $0.presence == .required }.flatMap(\.names) ?? []
    for name in needed {
      guard let tensor = tensors[name], tensor.elementType.element == nil else { continue }
      throw .elementType(name, tensor.elementType)
    }
    return shape
  }
}
