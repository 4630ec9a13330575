internal import SluiceEncoding

/// The levels of verification that look at weights alone: container, inventory and function.
///
/// Level 1, signatures and digests, needs a manifest, and is composed where that is known.
public struct CheckpointCheck: Sendable {
  /// The directory with what was received.
  public let directory: String

  /// Checks what is in `directory`.
  public init(_ directory: String) { self.directory = directory }

  /// Level 0: every safetensors file is well formed, and no file is a pickle, whatever its name.
  ///
  /// - Throws: What the system threw.
  public func container() throws -> LevelReport {
    var (files, weights) = (0, 0)
    for name in try Listing.files(in: directory) {
      try Task.checkCancellation()
      files += 1
      do {
        guard !Pickle.isPickle(try MappedFile(path: "\(directory)/\(name)")) else {
          throw WeightsFault(name, .pickle)
        }
        guard name.hasSuffix(TensorFile.suffix) else { continue }
        _ = try TensorFile(path: "\(directory)/\(name)", name: name)
        weights += 1
      } catch let fault as WeightsFault {
        return LevelReport(level: 0, .different, fault.description)
      }
    }
    guard weights > 0 else { return LevelReport(level: 0, .notRun, "no safetensors file") }
    return LevelReport(
      level: 0,
      .exact,
      "\(Self.count(weights, "safetensors file")) well formed, no pickle in \(files) files"
    )
  }

  /// Level 2: the shards hold what the index says, and names and shapes are those that the
  /// configuration implies.
  ///
  /// - Throws: What the system threw.
  public func inventory() throws -> LevelReport {
    try withCheckpoint(level: 2) { checkpoint in
      let stored =
        "\(Self.count(checkpoint.tensors.count, "tensor")) in "
        + Self.count(checkpoint.files.count, "file")
      let notes = checkpoint.warnings.map { "; \(Inspection.Warning.index($0))" }.joined()
      guard let configuration = checkpoint.configuration else {
        return LevelReport(level: 2, .notRun, "no config.json; \(stored)\(notes)")
      }
      guard let inventory = checkpoint.inventory else {
        let detail = "names and shapes not checked: \(configuration.title); \(stored)\(notes)"
        return LevelReport(level: 2, .notExecutable, detail)
      }
      let comparison = inventory.compare(with: checkpoint.tensors.values)
      return LevelReport(
        level: 2,
        comparison.isEqual ? .exact : .different,
        comparison.isEqual ? "\(stored), \(comparison)\(notes)" : comparison.description
      )
    }
  }

  /// Level 4: the model computes what its record says.
  ///
  /// - Parameters:
  ///   - path: How to compute.
  ///   - threads: How many threads share the work.
  /// - Returns: `exact`, `close`, `different` or `not executable`, with the figures.
  /// - Throws: What the system threw, or `CancellationError`.
  public func function(
    path: Kernels.Path = .best,
    threads: Int = Transformer.availableThreads
  ) throws -> LevelReport {
    try withCheckpoint(level: 4) { checkpoint in
      _ = try checkpoint.executableShape()
      guard try Listing.files(in: directory).contains(Record.fileName) else {
        return LevelReport(level: 4, .notRun, "no \(Record.fileName)")
      }
      let file = try MappedFile(path: "\(directory)/\(Record.fileName)")
      let record = try Record(parsing: file.bytes(in: 0..<file.count))
      let comparison = try record.compare(with: checkpoint, path: path, threads: threads)
      return LevelReport(level: 4, comparison.verdict, comparison.description)
    }
  }

  // A shard that is missing keeps a level from running; anything else that is wrong is a difference.
  private func withCheckpoint(
    level: Int,
    _ check: (Checkpoint) throws -> LevelReport
  ) throws -> LevelReport {
    do {
      return try check(Checkpoint(opening: directory))
    } catch let fault as WeightsFault {
      switch fault.problem {
      case .missing, .index(.missingFile):
        return LevelReport(level: level, .notRun, fault.description)
      default: return LevelReport(level: level, .different, fault.description)
      }
    } catch let reason as NotExecutable {
      return LevelReport(level: level, .notExecutable, reason.description)
    } catch let fault as Transformer.Fault {
      return LevelReport(level: level, .different, fault.description)
    } catch let fault as Malformed {
      return LevelReport(level: level, .different, "\(Record.fileName): \(fault)")
    }
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
