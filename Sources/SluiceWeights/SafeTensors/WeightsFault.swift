public import SluiceEncoding

/// What is wrong with the weights in a directory, and in which of its files.
public struct WeightsFault: Error, Hashable, Sendable {
  /// The rule that was broken.
  public enum Problem: Hashable, Sendable {
    /// The file is a pickle, or an archive that holds one.
    case pickle
    /// The file is not a valid safetensors file.
    case safeTensors(SafeTensorsFault)
    /// The file is not there, and nothing else says where the weights are.
    case missing
    /// The index and the shards disagree.
    case index(ShardIndex.Fault)
    /// The file is not a `config.json` that can be read.
    case configuration(Malformed)
    /// The tensors are not those that the configuration declares.
    case inventory(Inventory.Comparison)
    /// A tensor holds a NaN or an infinity at this element.
    case nonFinite(TensorName, element: Int)
  }

  /// The file, relative to the directory.
  public let file: String
  /// The rule that was broken.
  public let problem: Problem

  /// Names a fault.
  public init(_ file: String, _ problem: Problem) {
    self.file = file
    self.problem = problem
  }
}

extension WeightsFault: CustomStringConvertible {
  /// The file and the fault in one line.
  public var description: String { "\(file): \(problem)" }
}

extension WeightsFault.Problem: CustomStringConvertible {
  /// The fault in words, with what to do where that is known.
  public var description: String {
    switch self {
    case .pickle: "a pickle is a program and is refused; convert the weights to safetensors"
    case .safeTensors(let fault): "no safetensors file: \(fault)"
    case .missing: "is missing, and there is no index and no single other safetensors file"
    case .index(let fault): fault.description
    case .configuration(let fault): fault.description
    case .inventory(let comparison): comparison.description
    case .nonFinite(let name, let element):
      "NaN or infinity in \(name.text.debugDescription), element \(element)"
    }
  }
}

extension ShardIndex.Fault: CustomStringConvertible {
  /// The fault in words.
  public var description: String {
    switch self {
    case .malformed(let fault): fault.description
    case .fileName(let name): "\(name.debugDescription) is not a plain file name"
    case .missingFile(let file): "\(file) is missing"
    case .missingTensor(let name, let file): "\(file) does not hold \(name.text.debugDescription)"
    case .unmappedTensor(let name, let file):
      "\(file) holds \(name.text.debugDescription), which the index does not place there"
    case .ambiguous: "there is a model.safetensors as well; remove one of the two"
    }
  }
}
