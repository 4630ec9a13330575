/// What publishing wants to know about the weights in a directory before it binds them.
///
/// All faults are found, not the first only. Nothing is written.
public struct Inspection: Sendable {
  /// What should be known, and refuses nothing.
  public enum Warning: Hashable, Sendable {
    /// The reference transformer cannot run this model, so nobody can verify what it computes.
    case notExecutable(NotExecutable)
    /// The index declares another sum of bytes than its shards have.
    case index(ShardIndex.Warning)
    /// The configuration names code of the publisher's own, which Sluice never runs.
    case namesCode
  }

  /// What must be mended first; empty where the directory can be published.
  public private(set) var faults: [WeightsFault] = []
  /// What should be known.
  public private(set) var warnings: [Warning] = []
  /// Trained numbers in the model; `nil` where there is no model or its tensors are not known.
  public private(set) var parameters: Int?

  /// Reads every file that will be published, and the model if there is one.
  ///
  /// - Parameters:
  ///   - directory: The directory to be published.
  ///   - files: Paths relative to it; all files, if not given.
  ///   - allowsNonFinite: Whether NaN and infinity in weights are let pass.
  /// - Throws: What the system threw, or `CancellationError` between two tensors.
  public init(
    of directory: String,
    files: [String]? = nil,
    allowsNonFinite: Bool = false
  ) throws {
    let files = try files ?? Listing.files(in: directory)
    for name in files {
      do {
        try Self.inspect(name, in: directory, allowsNonFinite: allowsNonFinite)
      } catch let fault as WeightsFault {
        faults.append(fault)
      }
    }
    guard faults.isEmpty else { return }
    do {
      try inspectModel(in: directory, files: Set(files))
    } catch let fault as WeightsFault {
      faults.append(fault)
    }
  }

  private static func inspect(
    _ name: String,
    in directory: String,
    allowsNonFinite: Bool
  ) throws {
    try Task.checkCancellation()
    let path = "\(directory)/\(name)"
    guard !Pickle.isPickle(try MappedFile(path: path)) else {
      throw WeightsFault(name, .pickle)
    }
    guard name.hasSuffix(TensorFile.suffix) else { return }
    for tensor in try TensorFile(path: path, name: name).tensors where !allowsNonFinite {
      try Task.checkCancellation()
      guard let element = tensor.firstNonFinite else { continue }
      throw WeightsFault(name, .nonFinite(tensor.name, element: element))
    }
  }

  // A tier without weights may well hold a configuration; it is read, and that is all.
  private mutating func inspectModel(in directory: String, files: Set<String>) throws {
    let isModel = files.contains { $0.hasSuffix(TensorFile.suffix) && !$0.contains("/") }
    guard isModel || files.contains(ShardIndex.fileName) else {
      guard files.contains(Configuration.fileName) else { return }
      _ = try Checkpoint.configuration(in: directory)
      return
    }
    let checkpoint = try Checkpoint(opening: directory, among: files)
    warnings += checkpoint.warnings.map { .index($0) }
    if checkpoint.configuration?.namesCode == true { warnings.append(.namesCode) }
    do throws(NotExecutable) {
      _ = try checkpoint.executableShape()
    } catch {
      warnings.append(.notExecutable(error))
    }
    guard let comparison = checkpoint.inventory?.compare(with: checkpoint.tensors.values) else {
      return
    }
    guard comparison.isEqual else {
      throw WeightsFault(Configuration.fileName, .inventory(comparison))
    }
    parameters = comparison.parameters
  }
}

extension Inspection.Warning: CustomStringConvertible {
  /// The warning in words.
  public var description: String {
    switch self {
    case .notExecutable(let reason): "verify cannot run this model: \(reason)"
    case .index(.totalSize(let declared, let actual)):
      "\(ShardIndex.fileName) declares \(declared) bytes of tensors, there are \(actual)"
    case .namesCode: "config.json names code of its own, which Sluice neither reads nor runs"
    }
  }
}
